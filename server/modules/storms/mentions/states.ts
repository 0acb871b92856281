import type { StormMention } from '../../../../contract/storms.ts';
import type { Db } from '../../../platform/database/sql.ts';
import { type ConversationRow, conversationFacts, firstAnswersAfter } from '../../conversations/index.ts';
import { type MentionRow, mentionsOf } from './queries.ts';

/** A mention as it stands now. */
export interface Standing extends MentionRow {
  row: ConversationRow;
  answeredAt: Date | null;
  state: StormMention['state'];
}

/** An answer counts before a reason for none. */
export const stateOf = ({ answeredAt, exception }: { answeredAt: Date | null; exception: string | null }): StormMention['state'] =>
  answeredAt ? 'answered' : exception === null ? 'waiting' : 'exception';

/** All mentions of a storm with their answers, oldest first. What was merged is where it went; what is restricted only lies there. */
export async function standingsOf(db: Db, stormId: string): Promise<Standing[]> {
  const mentions = await mentionsOf(db, stormId);
  const rows = await conversationFacts(
    db,
    mentions.map(({ conversationId }) => conversationId),
  );
  const answers = await firstAnswersAfter(db, mentions);
  return mentions.flatMap((mention) => {
    const row = rows.get(mention.conversationId);
    if (!row || row.restrictedAt || row.state === 'merged') return [];
    const answeredAt = answers.get(mention.conversationId) ?? null;
    return [{ ...mention, row, answeredAt, state: stateOf({ answeredAt, exception: mention.exception }) }];
  });
}
