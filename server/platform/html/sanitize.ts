import sanitize from 'sanitize-html';

export interface SanitizedHtml {
  html: string;
  /** Pictures and backgrounds that would be fetched from elsewhere, shown or not. */
  remoteImages: number;
  /** The HTML was too big or too deep and is shown as plain text. */
  fellBack: boolean;
}

export interface SanitizeOptions {
  allowRemoteImages: boolean;
  /** Address of an inline picture by its Content-ID, or null if the mail does not hold it. */
  cidUrl: (contentId: string) => string | null;
  /** What is shown, as plain text, when the HTML is too big or too deep. */
  plainText: string;
}

// Newsletters stay below 500 kB; Gmail itself cuts at 102 kB. Beyond, rendering stalls the agent's browser.
const maximumLength = 2_000_000;
const maximumTags = 100_000;
const maximumDepth = 400;
const maximumDataPicture = 200_000;

/**
 * Makes a mail's HTML safe to show: nothing runs, nothing loads, nothing covers the page, no form asks for a password.
 * Applied to its own output it changes nothing but pictures of the mail itself, whose addresses only this pass may give. The result still belongs into a sandboxed frame: two locks on one door.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): SanitizedHtml {
  if (isBomb(html)) return { html: `<pre>${escapeHtml(options.plainText)}</pre>`, remoteImages: 0, fellBack: true };
  let remoteImages = 0;
  let clean = sanitize(stripComments(html), {
    ...structure,
    transformTags: {
      a: (tagName, attributes) => ({ tagName, attribs: safeLink(attributes) }),
      area: (_tagName, attributes) => ({ tagName: 'a', attribs: safeLink(attributes) }),
      img: (tagName, attributes) => {
        const picture = readPicture(attributes, options);
        if (picture.isRemote) remoteImages++;
        return { tagName, attribs: picture.attributes };
      },
      '*': (tagName, attributes) => {
        if (attributes['background'] || /url\s*\(/i.test(attributes['style'] ?? '')) {
          if (/https?:|\/\//i.test(`${attributes['background'] ?? ''}${attributes['style'] ?? ''}`)) remoteImages++;
        }
        return { tagName, attribs: attributes };
      },
    },
  });
  // What is left out may have kept apart what does not belong into each other, a cell in a cell. Read once more it stands as every reader will read it.
  for (let pass = 0, before = ''; before !== clean && pass < 5; pass += 1) {
    before = clean;
    clean = sanitize(before, structure);
  }
  return { html: clean, remoteImages, fellBack: false };
}

const allowedTags = [
  'a',
  'abbr',
  'address',
  'b',
  'big',
  'blockquote',
  'br',
  'caption',
  'center',
  'cite',
  'code',
  'col',
  'colgroup',
  'dd',
  'del',
  'details',
  'dfn',
  'div',
  'dl',
  'dt',
  'em',
  'figcaption',
  'figure',
  'font',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'i',
  'img',
  'ins',
  'kbd',
  'li',
  'mark',
  'ol',
  'p',
  'pre',
  'q',
  's',
  'samp',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'summary',
  'sup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'tt',
  'u',
  'ul',
  'var',
  'wbr',
];

const allowedAttributes: Record<string, string[]> = {
  '*': ['style', 'dir', 'lang', 'title', 'align', 'valign'],
  a: ['href', 'target', 'rel', 'data-target'],
  img: ['src', 'alt', 'width', 'height', 'data-remote-src', 'data-missing'],
  table: ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
  td: ['width', 'height', 'colspan', 'rowspan', 'bgcolor', 'nowrap'],
  th: ['width', 'height', 'colspan', 'rowspan', 'bgcolor', 'nowrap'],
  tr: ['bgcolor', 'height'],
  col: ['width', 'span'],
  ol: ['start', 'type'],
  font: ['color', 'face', 'size'],
  blockquote: ['type', 'cite'],
  div: ['data-quote'],
};

// Values are whitelisted too: no url(), no expression(), no position, and lengths small enough not to cover the page.
const length = /^-?(?:0|[\d.]{1,7}(?:px|pt|em|rem|%|cm|mm|in|ex)?|auto|normal|inherit|thin|medium|thick)$/i;
const positive = /^(?:0|[\d.]{1,7}(?:px|pt|em|rem|%|cm|mm|in|ex)?|auto|normal|inherit|thin|medium|thick)$/i;
const lengths = /^(?:(?:0|[\d.]{1,7}(?:px|pt|em|rem|%|cm|mm|in|ex)?|auto|inherit)\s*){1,4}$/i;
const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\(\s*[\d.%]+\s*,\s*[\d.%]+\s*,\s*[\d.%]+\s*(?:,\s*[\d.%]+\s*)?\))$/i;
const word = /^[a-z0-9 -]{1,40}$/i;
const border =
  /^(?:(?:0|[\d.]{1,5}(?:px|pt|em)?|thin|medium|thick|none|hidden|dotted|dashed|solid|double|groove|ridge|inset|outset|initial|windowtext|currentcolor|#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d.,% ]+\))\s*){1,3}$/i;
const sides = (property: string) => ['', '-top', '-right', '-bottom', '-left'].map((side) => `${property}${side}`);
const allowedStyles: Record<string, Record<string, RegExp[]>> = {
  '*': Object.fromEntries([
    ...['color', 'background-color', 'background'].map((name) => [name, [colour]] as const),
    ...[
      'font-weight',
      'font-style',
      'font-variant',
      'text-align',
      'text-decoration',
      'text-transform',
      'vertical-align',
      'white-space',
      'list-style-type',
      'border-collapse',
      'direction',
      'word-break',
      'overflow-wrap',
      'float',
      'clear',
      'table-layout',
    ].map((name) => [name, [word]] as const),
    ['display', [/^(?:inline|block|inline-block|none|table|table-cell|table-row|list-item)$/i]],
    ['font-family', [/^[\w\s,'"-]{1,300}$/]],
    ['font-size', [positive, /^(?:xx?-small|small|medium|large|xx?-large|smaller|larger)$/i]],
    ['line-height', [positive]],
    ['letter-spacing', [length]],
    ['text-indent', [positive]],
    ...['width', 'max-width', 'min-width', 'height', 'max-height', 'border-spacing', 'border-radius', 'border-width'].map(
      (name) => [name, [lengths]] as const,
    ),
    // Negative margins can pull text over the frame around the mail.
    ...[...sides('padding'), ...sides('margin')].map((name) => [name, [lengths]] as const),
    ...[...sides('border'), 'border-color', 'border-style'].map((name) => [name, [border]] as const),
  ]),
};

/** Targets open apart, know nothing of us, and say where they lead: the text of a link may lie about it. */
function safeLink(attributes: Record<string, string>): Record<string, string> {
  const href = (attributes['href'] ?? '').trim();
  const { href: _href, target: _target, rel: _rel, ping: _ping, title, ...rest } = attributes;
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(href)) return title === undefined ? rest : { ...rest, title };
  return {
    ...rest,
    title: title && href.includes(title) ? title : href.slice(0, 300),
    href,
    target: '_blank',
    rel: 'noopener noreferrer nofollow',
  };
}

function readPicture(
  attributes: Record<string, string>,
  options: SanitizeOptions,
): { attributes: Record<string, string>; isRemote: boolean } {
  const { src: rawSource = '', srcset: _srcset, style, ...rest } = attributes;
  const source = rawSource.trim();
  const base = style === undefined ? rest : { ...rest, style };
  const cid = /^cid:(.+)$/i.exec(source);
  if (cid) {
    const url = options.cidUrl(decodeCid(cid[1] ?? ''));
    return { attributes: url === null ? { ...base, 'data-missing': 'cid' } : { ...base, src: url }, isRemote: false };
  }
  if (/^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[\w+/=\s]*$/i.test(source) && source.length <= maximumDataPicture)
    return { attributes: { ...base, src: source }, isRemote: false };
  if (/^(?:https?:)?\/\//i.test(source)) {
    const url = source.startsWith('//') ? `https:${source}` : source;
    if (options.allowRemoteImages) return { attributes: { ...base, src: url }, isRemote: true };
    return { attributes: { ...base, 'data-remote-src': url }, isRemote: true };
  }
  if (attributes['data-remote-src'] && /^https?:\/\//i.test(attributes['data-remote-src'])) {
    const url = attributes['data-remote-src'];
    const { 'data-remote-src': _kept, ...others } = base as Record<string, string>;
    return { attributes: options.allowRemoteImages ? { ...others, src: url } : { ...others, 'data-remote-src': url }, isRemote: true };
  }
  // A mail has no place that others could be relative to: "/api/v1/…" would be ours, fetched by the reader's browser in the reader's name.
  return { attributes: { ...base, ...(source === '' ? {} : { 'data-missing': 'src' }) }, isRemote: false };
}

function decodeCid(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Conditional comments of Word hold whole documents; comments can also hide tags from one parser that another sees. */
function stripComments(html: string): string {
  return html.includes('<!') || html.includes('<?') ? withoutInstructions(withoutComments(html)) : html;
}

/** A comment that never ends takes the rest along, as in a browser. */
function withoutComments(html: string): string {
  let out = '';
  let from = 0;
  for (let at = html.indexOf('<!--'); at >= 0; at = html.indexOf('<!--', from)) {
    out += html.slice(from, at);
    const end = html.indexOf('-->', at + 4);
    if (end < 0) return out;
    from = end + 3;
  }
  return out + html.slice(from);
}

/**
 * Without `<![if …]>`, `<![endif]>` and `<?xml …>`. The next ">" and "]" are remembered: a regular expression looks for them anew from every
 * "<![", which takes ten seconds for a mail made of nothing else.
 */
function withoutInstructions(html: string): string {
  let out = '';
  let from = 0;
  let close = -1;
  let bracket = -1;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const isConditional = html.startsWith('<![', at);
    if (!isConditional && html[at + 1] !== '?') continue;
    if (close < at) close = html.indexOf('>', at);
    if (close < 0) break;
    if (isConditional) {
      if (bracket < at) bracket = html.indexOf(']', at);
      if (bracket < 0) bracket = html.length;
      if (bracket !== close - 1) continue;
    }
    out += html.slice(from, at);
    from = close + 1;
    at = close;
  }
  return out + html.slice(from);
}

export function isBomb(html: string): boolean {
  if (html.length > maximumLength) return true;
  let tags = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const next = html.charCodeAt(at + 1);
    if (next === 47) depth = Math.max(0, depth - 1);
    else if ((next >= 65 && next <= 90) || (next >= 97 && next <= 122)) {
      tags++;
      const name = /^[a-z0-9]+/i.exec(html.slice(at + 1, at + 12))?.[0].toLowerCase() ?? '';
      // Elements without an end tag in practice do not nest.
      if (!/^(?:br|img|hr|meta|link|input|col|wbr|p|li|td|tr|th|area|base|o|font)$/.test(name)) deepest = Math.max(deepest, ++depth);
    }
    if (tags > maximumTags || deepest > maximumDepth) return true;
  }
  return false;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const structure: sanitize.IOptions = {
  allowedTags,
  allowedAttributes,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite'],
  allowProtocolRelative: false,
  allowedStyles,
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'svg',
    'math',
    'template',
    'iframe',
    'object',
    'embed',
    'applet',
    'frameset',
    'head',
    'xmp',
    'noembed',
    'noframes',
    'plaintext',
  ],
  exclusiveFilter: (frame) => frame.tag === 'a' && !frame.attribs['href'] && frame.text.trim() === '' && !frame.mediaChildren?.length,
};
