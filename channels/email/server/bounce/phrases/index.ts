import type { BounceReason } from '../reasons.ts';
import { holdsAny } from '../words.ts';
import { contentPhrases } from './content.ts';
import { moreTongues } from './more-tongues.ts';
import { recipientPhrases } from './recipient.ts';
import { notRejected, senderPhrases } from './sender.ts';
import { systemPhrases } from './system.ts';
import type { PhraseTable } from './table.ts';

// The wordings are facts about mail servers; sisimai's list of them (see NOTICE.md) is the most complete there is.
const table: PhraseTable = { ...recipientPhrases, ...senderPhrases, ...contentPhrases, ...systemPhrases };

/** Whether a lower-cased diagnosis speaks of this reason. */
export function speaksOf(reason: BounceReason, text: string): boolean {
  if (reason === 'rejected' && holdsAny(text, notRejected)) return false;
  return holdsAny(text, table[reason] ?? []);
}

/** The reason in languages and wordings the main list does not know, asked only when nothing else tells. */
export function reasonInOtherWords(text: string): BounceReason | null {
  for (const [reason, patterns] of moreTongues) if (patterns.test(text)) return reason;
  return null;
}

export { table as phraseTable };
