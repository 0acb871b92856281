import { decodeEightBit, decodeHeaderText, type RawHeaderText } from './encoded-word.ts';
import { trimEndOf, withoutComments } from './scan.ts';

/** One mailbox of an address header. `address` is null where the header holds only a name ("To: undisclosed"). */
export interface MailAddress {
  name: string | null;
  address: string | null;
  /** Name of the RFC 5322 group it stood in. */
  group?: string;
}

type Token = { kind: 'text' | 'quoted' | 'comment' | 'angle' | 'mark'; text: string; glued: boolean };

/**
 * Reads an address list (RFC 5322, 3.4) in linear time, leniently: semicolons between mailboxes (Outlook), missing brackets,
 * doubled quotes, comments as names. Structure is found before encoded words are decoded, so an encoded "<" cannot forge one.
 */
export function parseAddresses(raw: RawHeaderText): MailAddress[] {
  const out: MailAddress[] = [];
  let current: Token[] = [];
  let group: string | null = null;
  const finish = () => {
    const mailbox = readMailbox(current);
    current = [];
    if (mailbox) out.push(group === null ? mailbox : { ...mailbox, group });
  };
  for (const token of tokenize(raw)) {
    if (token.kind !== 'mark') current.push(token);
    else if (token.text === ':' && group === null) {
      group = decodeHeaderText(joinWords(current)).trim();
      current = [];
    } else if (token.text === ':') current.push({ ...token, kind: 'text' });
    else {
      finish();
      if (token.text === ';') group = null;
    }
  }
  finish();
  return out;
}

function tokenize(raw: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  let glued = false;
  let hasClosingQuote = true;
  while (i < raw.length) {
    const c = raw[i] as string;
    if (c === ' ' || c === '\t' || c === '\r' || c === '\n') {
      i++;
      glued = false;
      continue;
    }
    if (c === '"') {
      const close = hasClosingQuote ? closingQuote(raw, i) : -1;
      // A quote that never closes is just a character.
      if (close < 0) {
        hasClosingQuote = false;
        i++;
        continue;
      }
      tokens.push({ kind: 'quoted', text: raw.slice(i + 1, close).replace(/\\(.)/g, '$1'), glued });
      i = close + 1;
    } else if (c === '(') {
      const end = closingParenthesis(raw, i);
      tokens.push({
        kind: 'comment',
        text: raw
          .slice(i + 1, end)
          .replace(/\\(.)/g, '$1')
          .trim(),
        glued,
      });
      i = end + 1;
    } else if (c === '<') {
      const next = raw.indexOf('<', i + 1);
      const inside = raw.slice(i + 1, next < 0 ? raw.length : next);
      const close = inside.indexOf('>');
      if (close < 0 && next >= 0) {
        // "Name <foo <foo@bar>": a bracket that never closes is just a character.
        i++;
        continue;
      }
      const end = close < 0 ? raw.length : i + 1 + close;
      tokens.push({ kind: 'angle', text: raw.slice(i + 1, end).trim(), glued });
      i = end + 1;
    } else if (c === ',' || c === ';' || (c === ':' && !isInsideAddress(raw, i))) {
      tokens.push({ kind: 'mark', text: c, glued });
      i++;
    } else if (c === '>') {
      i++;
    } else if (c === '[') {
      const end = raw.indexOf(']', i);
      const stop = end < 0 ? raw.length : end + 1;
      tokens.push({ kind: 'text', text: raw.slice(i, stop), glued });
      i = stop;
    } else {
      const start = i;
      i++;
      while (i < raw.length && !' \t\r\n"(<>,;:['.includes(raw[i] as string)) i++;
      tokens.push({ kind: 'text', text: raw.slice(start, i), glued });
    }
    glued = true;
  }
  return tokens;
}

function isInsideAddress(raw: string, i: number): boolean {
  return (
    /^:\/\//.test(raw.slice(i, i + 3)) ||
    raw
      .slice(Math.max(0, i - 6), i)
      .toLowerCase()
      .endsWith('mailto')
  );
}

function closingQuote(raw: string, start: number): number {
  for (let i = start + 1; i < raw.length; i++) {
    if (raw[i] === '\\') i++;
    else if (raw[i] === '"') return i;
  }
  return -1;
}

function closingParenthesis(raw: string, start: number): number {
  let depth = 0;
  for (let i = start; i < raw.length; i++) {
    if (raw[i] === '\\') i++;
    else if (raw[i] === '(') depth++;
    else if (raw[i] === ')' && --depth === 0) return i;
  }
  return raw.length;
}

function joinWords(tokens: Token[]): string {
  let out = '';
  for (const token of tokens) out += (out && !token.glued ? ' ' : '') + token.text;
  return out;
}

function readMailbox(tokens: Token[]): MailAddress | null {
  if (tokens.length === 0) return null;
  const comments = tokens.filter((t) => t.kind === 'comment').map((t) => decodeHeaderText(t.text));
  const angle = tokens.findLast((t) => t.kind === 'angle');
  let words = tokens.filter((t) => t.kind === 'text' || t.kind === 'quoted');
  let address: string | null = null;
  if (angle) {
    address = cleanAddress(angle.text);
    // An address before the bracket is the display name ("a@b.de <a@b.de>").
  } else {
    const at = words.findIndex((t) => t.kind === 'text' && t.text.includes('@'));
    if (at >= 0) {
      let from = at;
      let to = at;
      // Glue "local @ domain" and quoted local parts together.
      while (from > 0 && words[from]?.text.startsWith('@') && from === at && (words[from]?.glued || words[from - 1]?.kind === 'text'))
        from--;
      while (to + 1 < words.length && (words[to + 1]?.glued || words[to]?.text.endsWith('@'))) to++;
      const spoken = words.slice(from, to + 1);
      address = cleanAddress(spoken.map((t) => (t.kind === 'quoted' ? `"${t.text}"` : t.text)).join(''));
      words = [...words.slice(0, from), ...words.slice(to + 1)];
    }
  }
  let name: string | null = decodeHeaderText(joinWords(words)).replace(/\s+/g, ' ').trim() || null;
  if (name !== null && /^(['"]).+\1$/.test(name)) name = name.slice(1, -1).trim() || null;
  const comment = comments.filter(Boolean).join(' ');
  if (comment) name = name === null ? comment : `${name} (${comment})`;
  if (address === '' || address === null) return name === null ? null : { name, address: null };
  return { name, address };
}

/** Takes routes ("@a,@b:c@d"), "mailto:" and stray blanks out; the domain is folded to lower case, the local part is kept. */
function cleanAddress(raw: string): string {
  let text = raw.includes('=?') ? decodeHeaderText(raw) : decodeEightBit(raw);
  text = withoutComments(text.replace(/^mailto:/i, '').replace(/^@[^:]*:/, ''));
  if (!text.startsWith('"')) text = text.replace(/\s+/g, '');
  const at = text.lastIndexOf('@');
  return at < 0 ? text : text.slice(0, at + 1) + trimEndOf(text.slice(at + 1).toLowerCase(), '.');
}
