import { trimEndOf } from './mime/scan.ts';

/** Plain text of an HTML document: paragraphs, lists, tables, quotes and link targets stay readable. Linear in its length. */
export function textFromHtml(html: string): string {
  const out = new TextLines();
  let link: { href: string; at: number } | null = null;
  const lists: { ordered: boolean; count: number }[] = [];
  let preformatted = 0;
  let pos = 0;
  const end = Math.min(html.length, maximumLength);
  while (pos < end) {
    const open = html.indexOf('<', pos);
    if (open !== pos) out.text(decodeEntities(html.slice(pos, open < 0 ? end : open)), preformatted > 0);
    if (open < 0) break;
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4);
      pos = close < 0 ? end : close + 3;
      continue;
    }
    if (!/[a-z!?/]/i.test(html[open + 1] ?? '')) {
      // "a < b" in sloppy HTML is text; "<?xml" and "<!DOCTYPE" are not.
      out.text('<', preformatted > 0);
      pos = open + 1;
      continue;
    }
    const close = tagEnd(html, open, end);
    if (close < 0) {
      out.text(decodeEntities(html.slice(open)), preformatted > 0);
      break;
    }
    const tag = /^<(\/?)([a-z][a-z0-9:]*)/i.exec(html.slice(open, Math.min(close, open + 60)));
    pos = close + 1;
    if (!tag) continue;
    const name = (tag[2] ?? '').toLowerCase();
    const isClosing = tag[1] === '/';
    if (!isClosing && skipped.has(name)) {
      const stop = html.slice(pos).search(new RegExp(`</${name}\\b`, 'i'));
      if (stop < 0) break;
      pos = tagEnd(html, pos + stop, end) + 1;
      if (pos === 0) break;
      continue;
    }
    switch (name) {
      case 'br':
        out.lineBreak();
        break;
      case 'p':
        out.block(2);
        break;
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        out.block(2);
        break;
      case 'hr':
        out.block(1);
        out.text('---', true);
        out.block(1);
        break;
      case 'blockquote':
        out.block(1);
        out.quote(isClosing ? -1 : 1);
        break;
      case 'pre':
      case 'textarea':
        out.block(1);
        preformatted = Math.max(0, preformatted + (isClosing ? -1 : 1));
        break;
      case 'ul':
      case 'ol':
        out.block(1);
        if (isClosing) lists.pop();
        else if (lists.length < 100) lists.push({ ordered: name === 'ol', count: 0 });
        break;
      case 'li': {
        out.block(1);
        const list = lists.at(-1);
        if (!isClosing) out.text(`${'  '.repeat(Math.max(0, lists.length - 1))}${list?.ordered ? `${++list.count}.` : '-'} `, true);
        break;
      }
      case 'td':
      case 'th':
        if (isClosing) out.cell();
        break;
      case 'a':
        if (isClosing) {
          if (link) out.link(link.href, link.at);
          link = null;
          // Links do not nest: a second one ends the first (HTML, 13.2.6.4.7).
        } else link = { href: attribute(html.slice(open, close), 'href'), at: out.mark() };
        break;
      case 'img': {
        const alt = attribute(html.slice(open, close), 'alt').trim();
        if (alt) out.text(`[${alt}]`, false);
        break;
      }
      default:
        if (blocks.has(name)) out.block(1);
    }
  }
  return out.finish();
}

/** Simple HTML of a plain text: paragraphs at empty lines, line breaks kept, web addresses clickable. */
export function htmlFromText(text: string): string {
  const paragraphs = trimEndOf(text.replace(/\r\n?/g, '\n'), '\n').split(/\n{2,}/);
  return paragraphs.map((paragraph) => `<p>${linkify(paragraph).replaceAll('\n', '<br>\n')}</p>`).join('\n');
}

// Two million characters are a hundred times the longest newsletter.
const maximumLength = 2_000_000;
const skipped = new Set(['script', 'style', 'title', 'head', 'template', 'noscript', 'svg', 'math', 'object', 'iframe']);
const blocks = new Set([
  'div',
  'table',
  'tr',
  'thead',
  'tbody',
  'tfoot',
  'section',
  'article',
  'header',
  'footer',
  'address',
  'center',
  'form',
  'fieldset',
  'dl',
  'dt',
  'dd',
  'caption',
  'figure',
  'figcaption',
  'main',
  'nav',
  'aside',
  'body',
  'html',
]);

/** Collects text the way a browser lays it out: blanks collapse, blocks start new lines, at most one empty line between. */
class TextLines {
  private parts: string[] = [];
  private length = 0;
  private breaks = 0;
  private isEmpty = true;
  private endsWithSpace = true;
  private depth = 0;

  text(piece: string, keepsBlanks: boolean): void {
    if (keepsBlanks) {
      if (piece === '') return;
      this.flushBreaks();
      this.push(this.depth > 0 ? piece.replaceAll('\n', `\n${this.prefix()}`) : piece);
      this.endsWithSpace = /\s$/.test(piece);
      return;
    }
    let flat = piece.replace(/[ \t\r\n\f]+/g, ' ');
    if (flat === '') return;
    if (flat.startsWith(' ') && (this.endsWithSpace || this.breaks > 0)) flat = flat.slice(1);
    if (flat === '') return;
    this.flushBreaks();
    this.push(flat);
    this.endsWithSpace = flat.endsWith(' ');
  }

  lineBreak(): void {
    this.breaks = this.breaks < 0 ? this.breaks : this.breaks;
    if (this.breaks > 0) this.breaks = Math.min(this.breaks + 1, 3);
    else this.breaks = 1;
    this.isHard = true;
    this.endsWithSpace = true;
  }

  private isHard = false;

  block(count: number): void {
    if (this.isEmpty) return;
    // A <br> at the end of a block is the block's own line end, not an empty line.
    if (this.isHard && count === 1) {
      this.isHard = false;
      return;
    }
    this.isHard = false;
    this.breaks = Math.max(this.breaks, count);
    this.endsWithSpace = true;
  }

  quote(change: number): void {
    this.flushPrefix();
    this.depth = Math.max(0, Math.min(50, this.depth + change));
  }

  cell(): void {
    if (this.breaks === 0 && !this.endsWithSpace) {
      this.push('\t');
      this.endsWithSpace = true;
    }
  }

  mark(): number {
    return this.parts.length;
  }

  /** Adds a link's target in brackets unless the text shows it already. */
  link(href: string, at: number): void {
    if (!/^(?:https?:|mailto:|tel:)/i.test(href) || this.parts.length === at) return;
    const shown = this.parts.slice(at).join('').trim();
    const bare = href.replace(/^(?:mailto:|tel:|https?:\/\/)/i, '').replace(/\/$/, '');
    if (shown === '' || shown.replace(/\s+/g, '').includes(bare.replace(/\?.*$/, '')) || shown.includes(href)) return;
    this.text(` <${href}>`, false);
  }

  finish(): string {
    const lines = this.parts.join('').split('\n');
    return trimEndOf(lines.map((line) => trimEndOf(line, ' \t')).join('\n'), ' \t\n').replace(/^\n+/, '');
  }

  private flushPrefix(): void {
    if (this.breaks === 0 && !this.isEmpty) this.breaks = 1;
  }

  private flushBreaks(): void {
    if (this.isEmpty) {
      if (this.depth > 0) this.push(this.prefix());
    } else if (this.breaks > 0) {
      const line = `\n${this.prefix()}`;
      this.push(line.repeat(this.breaks));
    }
    this.breaks = 0;
    this.isHard = false;
    this.isEmpty = false;
  }

  private prefix(): string {
    return '> '.repeat(this.depth);
  }

  private push(piece: string): void {
    // A hundred quotes around every line of a long mail would make a gigabyte of it.
    if (this.length > maximumLength) return;
    this.length += piece.length;
    this.parts.push(piece);
  }
}

/** End of a tag: a ">" outside quotes; within 1000 characters, else the quote was never closed and the first ">" counts. */
function tagEnd(html: string, open: number, end: number): number {
  let quote = '';
  const limit = Math.min(end, open + 1000);
  for (let i = open + 1; i < limit; i++) {
    const c = html[i] as string;
    if (quote) {
      if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && html[i - 1] === '=') quote = c;
    else if (c === '>') return i;
  }
  return html.indexOf('>', open);
}

function attribute(tag: string, name: string): string {
  const m = new RegExp(`[\\s"'/]${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return decodeEntities(m?.[1] ?? m?.[2] ?? m?.[3] ?? '');
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  euro: '€',
  copy: '©',
  reg: '®',
  trade: '™',
  bull: '•',
  middot: '·',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  sect: '§',
  deg: '°',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  ccedil: 'ç',
  oacute: 'ó',
  iacute: 'í',
  uacute: 'ú',
  ntilde: 'ñ',
  aring: 'å',
  aelig: 'æ',
  oslash: 'ø',
  shy: '',
  zwnj: '',
  zwj: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  rarr: '→',
  larr: '←',
  times: '×',
  pound: '£',
  frac12: '½',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  para: '¶',
  iexcl: '¡',
  iquest: '¿',
};

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text.includes('\u00a0') ? text.replaceAll('\u00a0', ' ') : text;
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,10}));?/gi, (all, decimal: string, hex: string, name: string) => {
      if (name) return entities[name] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
    })
    .replaceAll('\u00a0', ' ');
}

function linkify(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g)
    .map((piece, i) => (i % 2 === 1 ? `<a href="${escapeHtml(piece)}">${escapeHtml(piece)}</a>` : escapeHtml(piece)))
    .join('');
}

/** Text made safe for HTML content and attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
