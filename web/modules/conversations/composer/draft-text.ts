import type { Address, Attachment } from '../../../../contract/conversations.ts';
import { richOf } from '../../../../contract/writing/rich-text.ts';

export interface DraftText {
  text: string;
  /** Null: plain. Else the text was made from it. */
  html: string | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string | null;
  attachments: Attachment[];
}

export const emptyText: DraftText = { text: '', html: null, to: [], cc: [], bcc: [], subject: null, attachments: [] };

/** One text above what was typed since, as the server does it when something is taken back; receivers and subject are the first one's. */
export function above(first: DraftText, since: DraftText): DraftText {
  if (!since.text.trim() && since.attachments.length === 0) return first;
  const parts = [first, since].filter(({ text }) => text.trim());
  return {
    ...first,
    text: parts.map(({ text }) => text).join('\n\n'),
    html: parts.some(({ html }) => html) ? parts.map(({ text, html }) => html ?? richOf(text)).join('<p></p>') : null,
    attachments: [...first.attachments, ...since.attachments],
  };
}
