import type { Conversation } from '../../../../../contract/conversations.ts';
import type { BulkInput } from '../../api.ts';

/** What is changed in each conversation, by its id. */
export type Each = ReadonlyMap<string, BulkInput>;

/** The most one request may name. */
const mostIds = 200;

/** As few requests as there are different changes. */
export function requestsFor(each: Each): { ids: string[]; change: BulkInput }[] {
  const alike = Map.groupBy(each, ([, change]) => JSON.stringify(change));
  return [...alike.values()].flatMap((entries) => {
    const change = entries[0]?.[1] ?? {};
    const ids = entries.map(([id]) => id);
    return Array.from({ length: Math.ceil(ids.length / mostIds) }, (_, i) => ({ ids: ids.slice(i * mostIds, (i + 1) * mostIds), change }));
  });
}

export const sameFor = (rows: readonly Conversation[], change: BulkInput): Each => new Map(rows.map(({ id }) => [id, change]));

/** What all of them have; only that is shown for changing, so that nobody takes away what they do not see. */
export const commonTags = (rows: readonly Conversation[]): string[] =>
  (rows[0]?.tags ?? []).filter((tag) => rows.every(({ tags }) => tags.includes(tag)));

/** The team of all of them; null where they have several. */
export const commonTeam = (rows: readonly Conversation[]): string | null =>
  rows.every(({ teamId }) => teamId === rows[0]?.teamId) ? (rows[0]?.teamId ?? null) : null;

/** Each keeps the tags that only some have: what `wanted` has besides the common ones comes in, what it lacks of them goes. */
export function tagged(rows: readonly Conversation[], wanted: readonly string[]): Each {
  const dropped = commonTags(rows).filter((tag) => !wanted.includes(tag));
  return new Map(rows.map(({ id, tags }) => [id, { tags: [...new Set([...tags.filter((tag) => !dropped.includes(tag)), ...wanted])] }]));
}

/** What puts each back as it is now. A conversation that had no team keeps the one it was given: there is no way back to none. */
export function undoOf(rows: readonly Conversation[], each: Each): Each {
  return new Map(
    rows.map((row) => {
      const { assigneeId, teamId, tags, snoozedUntil, step } = each.get(row.id) ?? {};
      return [
        row.id,
        {
          ...(assigneeId === undefined && teamId === undefined ? {} : { assigneeId: row.assigneeId }),
          ...(teamId === undefined || row.teamId === null ? {} : { teamId: row.teamId }),
          ...(tags === undefined ? {} : { tags: row.tags }),
          ...(snoozedUntil === undefined ? {} : { snoozedUntil: row.snoozedUntil }),
          ...(step === 'classify_spam' ? { step: 'not_spam' as const } : {}),
        },
      ];
    }),
  );
}
