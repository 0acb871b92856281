import sanitize from 'sanitize-html';
import { linkSchemes, richTags } from '../../../contract/writing/rich-text.ts';
import { isBomb } from './sanitize.ts';

/**
 * HTML that somebody wrote here, reduced to what `contract/writing/rich-text.ts` names, whatever the browser sent. Null when it is so big or so deep that nobody wrote
 * it by hand: its plain text is kept.
 */
export function sanitizeRich(html: string): string | null {
  if (isBomb(html)) return null;
  return sanitize(html, {
    allowedTags: [...richTags],
    allowedAttributes: { a: ['href'], ol: ['start'] },
    allowedSchemes: [...linkSchemes],
    allowProtocolRelative: false,
    transformTags: {
      b: 'strong',
      i: 'em',
      div: 'p',
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, 'p'])),
      ol: (tagName, { start }) => ({ tagName, attribs: start && /^\d{1,6}$/.test(start) ? { start } : ({} as sanitize.Attributes) }),
    },
    // A link that leads nowhere is no link.
    exclusiveFilter: ({ tag, attribs }) => (tag === 'a' && !attribs['href'] ? 'excludeTag' : false),
  }).replaceAll('<br />', '<br>');
}
