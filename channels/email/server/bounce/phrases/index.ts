import type { BounceReason } from '../reasons.ts';
import { holdsAny } from '../words.ts';
import { contentPhrases } from './content.ts';
import { reasonByMeaning, spokenWords } from './general.ts';
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

/** Whether a diagnosis gives no reason in any words known here: only a code, a name, or "Rejected". */
export function isSilent(diagnosis: string): boolean {
  const text = diagnosis.toLowerCase().slice(0, 4000);
  if (Object.values(table).some((phrases) => holdsAny(text, phrases))) return false;
  const spoken = spokenWords(text);
  return reasonInOtherWords(spoken) === null && reasonByMeaning({ text: spoken, command: 'RCPT', isPermanent: true }) === '';
}

export { table as phraseTable };
