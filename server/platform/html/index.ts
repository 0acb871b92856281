import type { SanitizedHtml } from './sanitize.ts';

export { sanitizeRich } from './rich.ts';
export { type SanitizedHtml, sanitizeHtml } from './sanitize.ts';

/**
 * A whole page around sanitised HTML, for a sandboxed frame: its own policy forbids script, forms and every load but pictures of the mail
 * itself, and remote ones only when somebody asked for them. `data-remote-images` tells the desk how many were left out. What is `folded` opens without script.
 */
export function htmlDocument(
  { html, remoteImages }: SanitizedHtml,
  allowRemoteImages: boolean,
  folded?: { label: string; content: SanitizedHtml },
): string {
  const pictures = allowRemoteImages ? "img-src 'self' data: blob: http: https:" : "img-src 'self' data: blob:";
  const below = folded ? `<details class="nahbar-folded"><summary>${folded.label}</summary>${folded.content.html}</details>` : '';
  const held = remoteImages + (folded?.content.remoteImages ?? 0);
  return `<!doctype html><html data-remote-images="${held}"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; ${pictures}; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer"><base target="_blank"><style>${style}</style></head><body dir="auto">${html}${below}</body></html>`;
}

// Mails bring their own colours and count on a white page, so the frame is white in dark mode too.
const style =
  'body{margin:0;padding:12px;background:#fff;color:#111;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}.nahbar-folded{clear:both;margin-top:12px}.nahbar-folded>summary{width:fit-content;min-height:24px;color:#4b5563;cursor:pointer}';
