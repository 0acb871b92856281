import { type Db, sql } from '../../../platform/database/sql.ts';
import { readersByGrant } from '../../conversations/index.ts';
import { findCases, survivorOf } from '../queries/cases.ts';
import { linksOf } from '../queries/links.ts';
import type { CaseRow } from '../queries/rows.ts';

type Heard = Pick<CaseRow, 'id' | 'ownerId' | 'mergedInto' | 'restrictedAt'>;

/** The streams that may carry each case as it is now, none of them a restricted one; `audiences.ts` says which of them hear of what happens. */
export async function streamsNow(db: Db, cases: readonly Heard[], now: Date): Promise<Map<string, string[]>> {
  const streams = await ofStanding(
    db,
    cases.filter((kase) => !kase.mergedInto && !kase.restrictedAt),
    now,
  );
  // A merged case is read as the one it was merged into.
  for (const { id, mergedInto, restrictedAt } of cases) {
    const survivor = mergedInto && !restrictedAt ? await survivorOf(db, mergedInto) : undefined;
    const found = survivor && (await streamsNow(db, await findCases(db, [survivor]), now)).get(survivor);
    if (found) streams.set(id, [`case:${id}`, ...found]);
  }
  return streams;
}

async function ofStanding(db: Db, cases: readonly Heard[], now: Date): Promise<Map<string, string[]>> {
  if (cases.length === 0) return new Map();
  const ids = cases.map((kase) => kase.id);
  const links = await linksOf(db, ids);
  const granted = await readersByGrant(
    db,
    links.map((link) => link.conversationId),
    now,
  );
  // Whoever owes the customer something, and both sides of a hand-over that nobody has answered yet.
  const concerned = await db.query<{ id: string; stream: string }>(sql`
    select case_id as id, 'work:' || owner_id as stream from statements where case_id = any(${ids}::uuid[]) and owner_id is not null
    union select case_id, unnest(array['work:' || from_id, 'work:' || to_person_id, 'team:' || to_team_id]) from handovers
      where case_id = any(${ids}::uuid[]) and state in ('briefed', 'read')`);
  const linksByCase = Map.groupBy(links, (link) => link.caseId);
  const concernedByCase = Map.groupBy(concerned, (row) => row.id);
  return new Map(
    cases.map(({ id, ownerId }) => {
      const mine = linksByCase.get(id) ?? [];
      return [
        id,
        [
          `case:${id}`,
          ...mine.flatMap((link) => (link.teamId ? [`team:${link.teamId}`] : [])),
          ...[ownerId, ...mine.flatMap((link) => granted.get(link.conversationId) ?? [])].flatMap((person) =>
            person ? [`work:${person}`] : [],
          ),
          ...(concernedByCase.get(id) ?? []).flatMap(({ stream }) => stream ?? []),
        ],
      ];
    }),
  );
}
