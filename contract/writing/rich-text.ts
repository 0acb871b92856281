/**
 * What an answer may be formatted with, where its channel carries HTML: bold, italic, lists, quotes, links, and lines. The plain text stays the truth for the
 * timeline and for search, and is always made from the HTML by this file, in the browser and on the server alike, so that the two cannot say different things.
 * A line is a paragraph of its own: what one sees while writing is what stands in either form.
 */
export const richTags = ['p', 'br', 'strong', 'em', 'ul', 'ol', 'li', 'blockquote', 'a'] as const;

/** Where a link may lead; anything else could do something when it is pressed. */
export const linkSchemes = ['http', 'https', 'mailto', 'tel'] as const;

/** How much one message holds, in UTF-16 units of its plain text: some seventy pages. */
export const longestText = 200_000;

/** Whether anything stands there that plain text would not show. */
export const isFormatted = (html: string): boolean => /<(?:strong|em|ul|ol|blockquote|a)[\s>]/.test(html);

/** A plain text as HTML, a paragraph a line. */
export const richOf = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('');

export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** HTML of the tags above, as a person without formatting reads it. */
export const plainTextOf = (html: string): string => linesOf(parse(html)).join('\n');

interface Element {
  tag: string;
  attributes: string;
  children: (Element | string)[];
}

function parse(html: string): Element {
  const root: Element = { tag: '', attributes: '', children: [] };
  const open = [root];
  for (const [, close, tag = '', attributes = '', words] of html.matchAll(/<(\/?)([a-z]+)((?:[^>"]|"[^"]*")*)>|([^<]+)/g)) {
    const here = open.at(-1) ?? root;
    if (words !== undefined) here.children.push(readEntities(words));
    else if (close) {
      const at = open.findLastIndex((element) => element.tag === tag);
      if (at > 0) open.length = at;
    } else {
      const element = { tag, attributes, children: [] };
      here.children.push(element);
      if (tag !== 'br') open.push(element);
    }
  }
  return root;
}

/** What stands in one element, line by line. Words beside paragraphs are a line of their own. */
function linesOf({ children }: Element): string[] {
  const lines: string[] = [];
  let words = '';
  const end = (): void => {
    if (words.trim()) lines.push(...words.split('\n'));
    words = '';
  };
  for (const child of children) {
    if (typeof child === 'string' || !blocks.has(child.tag)) {
      words += inline(child);
      continue;
    }
    end();
    if (child.tag === 'p') lines.push(...child.children.map(inline).join('').split('\n'));
    else if (child.tag === 'blockquote') lines.push(...linesOf(child).map((line) => (/^(?:>|$)/.test(line) ? `>${line}` : `> ${line}`)));
    else if (child.tag === 'li') lines.push(...linesOf(child));
    else lines.push(...itemsOf(child));
  }
  end();
  return lines;
}

const blocks = new Set(['p', 'ul', 'ol', 'li', 'blockquote']);

function itemsOf(list: Element): string[] {
  let number = Number(/start="(\d{1,6})"/.exec(list.attributes)?.[1] ?? 1);
  return list.children.flatMap((item) => {
    if (typeof item === 'string') return item.trim() ? [item.trim()] : [];
    const sign = list.tag === 'ol' ? `${number++}. ` : '- ';
    const [first = '', ...more] = linesOf(item.tag === 'li' ? item : { ...list, children: [item] });
    return [sign + first, ...more.map((line) => (line ? ' '.repeat(sign.length) + line : line))];
  });
}

function inline(part: Element | string): string {
  if (typeof part === 'string') return part;
  if (part.tag === 'br') return '\n';
  const words = part.children.map(inline).join('');
  const href = part.tag === 'a' ? readEntities(/href="([^"]*)"/.exec(part.attributes)?.[1] ?? '') : '';
  return !href || bare(href) === bare(words) ? words : `${words} (${href.replace(/^(?:mailto|tel):/i, '')})`;
}

const bare = (address: string): string =>
  address
    .trim()
    .replace(/^(?:https?:\/\/|mailto:|tel:)/i, '')
    .replace(/\/$/, '');

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const readEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (written: string, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : Number.NaN;
    return name ? (named[name.toLowerCase()] ?? written) : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
