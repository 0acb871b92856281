import { textFromHtml } from '../html-text.ts';

/** HTML of a reply in two pieces, so that the reader can fold the quote. Both are balanced only after sanitising. */
export interface SplitHtml {
  fresh: string;
  /** Empty where no quote was recognised: then everything is fresh. */
  quoted: string;
  /** What gave it away. */
  mark: string | null;
}

// What mail programs put where the quote begins. Order does not matter: the first in the document counts.
const marks: [name: string, pattern: RegExp][] = [
  ['gmail_quote', /<div[^<>]{0,300}\bclass\s*=\s*["']?[^"'<>]{0,200}\bgmail_(?:quote|quote_container|attr)\b/i],
  ['gmail_extra', /<div[^<>]{0,300}\bclass\s*=\s*["']?[^"'<>]{0,200}\bgmail_extra\b/i],
  [
    'outlook reply separator',
    /<div[^<>]{0,300}\bid\s*=\s*["']?(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION)\b/i,
  ],
  [
    'outlook border',
    /<div[^<>]{0,300}\bstyle\s*=\s*(?:"[^"<>]{0,300}|'[^'<>]{0,300})border:\s*none;\s*border-top:\s*solid\s+#?[\da-z]+\s+[\d.]+pt/i,
  ],
  ['outlook border', /<div[^<>]{0,300}\bstyle\s*=\s*(?:"[^"<>]{0,300}|'[^'<>]{0,300})border-top:\s*solid\s+#?(?:e1e1e1|b5c4df)/i],
  [
    'outlook rule',
    /<hr[^<>]{0,300}\b(?:id\s*=\s*["']?stopSpelling|tabindex\s*=\s*["']?-1["']?[^<>]{0,300}width:\s*98%|style\s*=\s*["'][^"'<>]{0,200}width:\s*98%)/i,
  ],
  ['moz-cite-prefix', /<div[^<>]{0,300}\bclass\s*=\s*["']?[^"'<>]{0,200}\bmoz-(?:cite-prefix|forward-container)\b/i],
  ['yahoo_quoted', /<div[^<>]{0,300}\b(?:class|id)\s*=\s*["']?[^"'<>]{0,200}\byahoo_(?:quoted|quote)/i],
  ['apple cite', /<(?:div|blockquote)[^<>]{0,300}\b(?:class\s*=\s*["']?[^"'<>]{0,200}\bAppleOriginalContents\b|type\s*=\s*["']?cite\b)/i],
  [
    'protonmail_quote',
    /<(?:div|blockquote)[^<>]{0,300}\bclass\s*=\s*["']?[^"'<>]{0,200}\b(?:protonmail_quote|tutanota_quote|zmail_extra|zoho_quote|ydp[\w-]*yahoo_quoted|gmx_quote|quote-pasted|mailbird_quote|em-quote|bloop_original_html|moz-txt-sig-quote|front-blockquote|sh-color-black-quote|implicit_quote|iQuote|freebirdQuote)/i,
  ],
  ['gmx or web.de quote', /<div[^<>]{0,300}\bname\s*=\s*["']?quote["']?[^<>]{0,300}>/i],
  [
    't-online or 1&1 quote',
    /<blockquote[^<>]{0,300}\b(?:style\s*=\s*["'][^"'<>]{0,200}(?:border-left|margin:\s*0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+0?\.?8ex))/i,
  ],
  [
    'android quote',
    /<(?:div|blockquote)[^<>]{0,300}\b(?:id\s*=\s*["']?(?:edo-original|composer_signature_quote|quoted_body)|class\s*=\s*["']?[^"'<>]{0,200}\b(?:quote|gmail_quote|k9mail|mail-quote|quotelevel)\b)/i,
  ],
  [
    'original message line',
    /-{2,}\s*(?:Urspr(?:ü|&uuml;|u)ngliche Nachricht|Original-Nachricht|Original Message|Weitergeleitete Nachricht|Forwarded message)\s*-{2,}/i,
  ],
  ['header block', /<(?:b|strong)>\s*(?:<span[^<>]{0,300}>)?\s*(?:Von|From|De|Da|Van|Od|Från|Fra)\s*:\s*(?:<\/span>)?\s*<\/(?:b|strong)>/i],
];

const attribution =
  /(?:schrieb|wrote|a écrit|a &eacute;crit|ha scritto|schreef|escribió|escribi&oacute;|escreveu|napisał|skrev|написал)(?:[^<>]|<(?!\/?(?:p|blockquote|table|ul)\b)[^>]*>){0,300}:(?:\s|<\/?(?:div|br|span|p|font)[^>]*>|&nbsp;)*$/i;

/**
 * Finds where the quote begins in a reply's HTML and cuts there. Text below the quote's end tag stays with the quote, as
 * mail programs put only footers there; a quote at the very top (answered below) is left unfolded.
 */
export function splitReplyHtml(html: string): SplitHtml {
  let at = -1;
  let name: string | null = null;
  for (const [candidate, pattern] of marks) {
    const found = pattern.exec(html);
    if (found && (at < 0 || found.index < at)) {
      at = found.index;
      name = candidate;
    }
  }
  if (at < 0) return { fresh: html, quoted: '', mark: null };
  if (name === 'header block' || name === 'original message line') at = blockStart(html, at);
  else at = withAttribution(html, at);
  const fresh = html.slice(0, at);
  // Nothing written above: folding would hide the whole mail.
  if (!/[\p{L}\p{N}]/u.test(textFromHtml(fresh)) && !/<img\b/i.test(fresh)) return { fresh: html, quoted: '', mark: name };
  return { fresh, quoted: html.slice(at), mark: name };
}

/**
 * The same, but nothing is cut off when new text would go with it, as where somebody answers between the quotes: what the text view shows as new has to
 * end above the cut. Letters and digits are compared, for the two forms of a mail differ in the rest.
 */
export function foldQuote(html: string, text: string): Pick<SplitHtml, 'fresh' | 'quoted'> {
  const split = splitReplyHtml(html);
  const letters = (of: string) => of.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  const end = letters(text.slice(-2_000)).slice(-40);
  return split.quoted === '' || letters(textFromHtml(split.fresh)).includes(end) ? split : { fresh: html, quoted: '' };
}

/** Start of the paragraph that holds the position, at most 2000 characters back. */
function blockStart(html: string, at: number): number {
  const before = html.slice(Math.max(0, at - 2000), at);
  const open = Math.max(before.lastIndexOf('<p'), before.lastIndexOf('<div'), before.lastIndexOf('<table'), before.lastIndexOf('<hr'));
  return open < 0 || visible(before.slice(open)).trim() !== '' ? at : at - before.length + open;
}

/** Takes the line "Am … schrieb …:" above the quote along. */
function withAttribution(html: string, at: number): number {
  const from = Math.max(0, at - 1500);
  const before = html.slice(from, at);
  if (!attribution.test(before)) return at;
  const openings = [...before.matchAll(/<(?:div|p|br)\b[^>]*>/gi)].reverse();
  for (const opening of openings) {
    const text = visible(before.slice(opening.index)).trim();
    if (/^(?:am|on|le|il|op|el|em|den|dnia|\d|["\p{Lu}].*<?\S+@)/iu.test(text) && text.length < 400) return from + opening.index;
    if (text.length > 400) break;
  }
  return at;
}

function visible(html: string): string {
  return html
    .replace(/<(head|style|script|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>');
}
