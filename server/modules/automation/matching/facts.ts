import type { Ctx } from '../../../platform/context.ts';
import { topicsOfCases } from '../../cases/index.ts';
import { type ConversationRow, haveWrittenBefore, newestInbound, priorityName } from '../../conversations/index.ts';
import { languagesOf } from '../../customers/index.ts';
import { isOpenAt } from '../../workspace/index.ts';
import type { LiveRules } from '../rules/live-rules.ts';
import { fold } from './fold.ts';
import type { Facts } from './match.ts';

/** With when the customer wrote last; null where they never did. */
export type Known = Facts & { row: ConversationRow; inboundAt: Date | null };

/** What is known of some conversations now: a handful of statements for all of them, whatever the archive holds. */
export async function factsOf(
  { db, now }: Ctx,
  { topics, calendars }: Pick<LiveRules, 'topics' | 'calendars'>,
  rows: readonly ConversationRow[],
): Promise<Map<string, Known>> {
  if (rows.length === 0) return new Map();
  const ids = rows.map(({ id }) => id);
  const inbound = await newestInbound(db, ids);
  const known = await haveWrittenBefore(db, ids);
  const topicOf = await topicsOfCases(
    db,
    rows.flatMap(({ caseId }) => caseId ?? []),
  );
  const spoken = await languagesOf(
    db,
    rows.map(({ customerId }) => customerId),
  );
  return new Map(
    rows.map((row) => {
      const last = inbound.get(row.id);
      return [
        row.id,
        {
          row,
          inboundAt: last?.at ?? null,
          channel: row.channel,
          accountId: row.accountId,
          languages: spoken.get(row.customerId) ?? [],
          topicIds: lineOf(row.caseId ? topicOf.get(row.caseId) : null, topics),
          tags: row.tags,
          priority: priorityName(row.priority),
          teamId: row.teamId,
          state: row.state,
          text: fold(`${row.subject}\n${last?.text ?? ''}`),
          isAutomatic: (last?.automatic ?? row.automatic) !== null,
          isKnown: known.has(row.id),
          isOpen: isOpenAt(calendars.of(row.teamId, now), now.getTime()),
          isSnoozed: row.snoozedUntil !== null && row.snoozedUntil > now,
        },
      ];
    }),
  );
}

/** A topic and those above it, nearest first. */
function lineOf(topicId: string | null | undefined, parents: ReadonlyMap<string, string | null>): string[] {
  const line: string[] = [];
  for (let id = topicId ?? null; id !== null && !line.includes(id); id = parents.get(id) ?? null) line.push(id);
  return line;
}
