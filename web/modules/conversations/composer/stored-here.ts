import type { Draft } from '../../../../contract/conversations.ts';
import { isFormatted } from '../../../../contract/writing/rich-text.ts';
import type { DraftText } from './draft-text.ts';

/** Of so many fields, and of each so many texts, this window remembers what it has asked the server to store. */
const mostFields = 50;
const mostTexts = 5;

const asked = new Map<string, string[]>();

/** Told before the server is asked: its answer may be lost, or come when the field that asked is gone and stands there again. */
export function noteStoring(field: string, text: DraftText): void {
  const texts = [...(asked.get(field) ?? []), contentOf(text)].slice(-mostTexts);
  asked.delete(field);
  asked.set(field, texts);
  const [oldest] = asked.keys();
  if (oldest !== undefined && asked.size > mostFields) asked.delete(oldest);
}

/** Whether a stored draft is a text of this window's, whoever it is for and whatever goes with it included: then nobody else has written. */
export const isStoredHere = (field: string, stored: Draft): boolean => asked.get(field)?.includes(contentOf(stored)) ?? false;

const contentOf = ({ text, html, to, cc, bcc, subject, attachments }: DraftText): string =>
  JSON.stringify([
    text,
    html && isFormatted(html) ? html : null,
    [to, cc, bcc].map((all) => all.map((one) => [one.address, one.name])),
    subject,
    attachments.map(({ id }) => id),
  ]);
