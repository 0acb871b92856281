import { escapeHtml, isFormatted, longestText, plainTextOf } from '../../../../../contract/writing/rich-text.ts';
import { sanitizeRich } from '../../../../platform/html/index.ts';
import { channelOf } from '../../../channels/index.ts';
import { fail } from '../../errors.ts';
import type { AnswerLink } from '../../customer-side/answer-link.ts';

interface Written {
  text: string;
  html: string | null;
}

/**
 * What somebody wrote, as it is kept: the HTML reduced to what is allowed, its plain text made from it and not taken from the browser's word. Where nothing is
 * formatted, or the channel carries no HTML, the plain text is all there is.
 */
export function keptAs({ text, html }: Written, channel: string): Written {
  const clean = html !== null && channelOf(channel)?.descriptor.capabilities.markup === 'html' ? sanitizeRich(html) : null;
  const plain = clean === null ? text : plainTextOf(clean);
  if (plain.length > longestText) throw fail('conversations.text_too_long', { length: plain.length, most: longestText });
  return { text: plain, html: clean !== null && isFormatted(clean) ? clean : null };
}

/** A formatted answer as a mail program shows it: a line is a line, as it was while it was written. Styles stand at each element, because mail programs drop all others. */
export function asLetter(
  html: string,
  more: { signature?: string | null; link?: AnswerLink | undefined; quotation?: { intro: string; text: string } | null } = {},
): string {
  const { signature, link, quotation } = more;
  const parts = [
    styled(html),
    foot(signature, link),
    quotation
      ? `${line('')}${line(quotation.intro)}<blockquote type="cite" style="${quoteStyle}">${lines(quotation.text)}</blockquote>`
      : '',
  ];
  return `<div dir="auto" style="font-family:system-ui,'Segoe UI',Arial,sans-serif;font-size:15px;line-height:1.5;white-space:pre-wrap">${parts.join('')}</div>`;
}

/** The same as `below` in `customer-side/answer-link.ts`; a link has no letter that would have to be written otherwise. */
function foot(signature: string | null | undefined, link: AnswerLink | undefined): string {
  if (!signature && !link) return '';
  const linked = link && `${line(link.words)}<p dir="auto" style="margin:0"><a href="${link.url}">${link.url}</a></p>`;
  return `${line('')}${line('-- ')}${[signature && lines(signature), linked].filter(Boolean).join(line(''))}`;
}

const quoteStyle = 'margin:0 0 0 4px;border-left:2px solid #c4c8cc;padding-left:10px';

const styled = (html: string): string =>
  html
    .replaceAll('<p></p>', line(''))
    .replaceAll('<p>', '<p dir="auto" style="margin:0">')
    .replaceAll('<blockquote>', `<blockquote style="${quoteStyle}">`)
    .replace(/<(ul|ol)(?=[\s>])/g, '<$1 style="margin:0;padding-left:24px"');

const lines = (text: string): string => text.split('\n').map(line).join('');
/** An empty paragraph has no height, so it holds a break. */
const line = (text: string): string => `<p dir="auto" style="margin:0">${escapeHtml(text) || '<br>'}</p>`;
