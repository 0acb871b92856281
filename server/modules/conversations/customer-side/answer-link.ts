import type { Platform } from '../../../platform/context.ts';
import type { Db } from '../../../platform/database/sql.ts';
import type { ConversationRow, MessageRow } from '../rows.ts';

/** A link that stands below an answer, with the words before it. */
export interface AnswerLink {
  words: string;
  url: string;
  /** The same without what opens the page: for whoever looks the answer over before it leaves. */
  shown: string;
}

export interface Answer {
  message: Pick<MessageRow, 'kind' | 'direction' | 'authorKind' | 'visibility' | 'envelope' | 'at'>;
  conversation: Pick<ConversationRow, 'id' | 'channel' | 'participants'> & {
    /** Null: whoever it goes to first becomes a customer as it is sent. */
    customerId: string | null;
  };
}

/** Gives the link for an answer, the same at every attempt to send it; undefined when it bears none. */
export type ProvideAnswerLink = (at: { db: Db; platform: Platform }, answer: Answer) => Promise<AnswerLink | undefined>;

let provider: ProvideAnswerLink = async () => undefined;

/** The room that has something to show to customers says, once, when it is loaded, where they find it. */
export function provideAnswerLink(fn: ProvideAnswerLink): void {
  provider = fn;
}

export const answerLink: ProvideAnswerLink = (at, answer) => provider(at, answer);

/** What stands below the text: the signature, then the link. Behind the mark of a signature, so that it is cut from what the customer answers. */
export function below(signature: string | null, link: AnswerLink | undefined): string {
  const parts = [signature, link && `${link.words}\n${link.url}`].filter(Boolean);
  return parts.length > 0 ? `\n\n-- \n${parts.join('\n\n')}` : '';
}
