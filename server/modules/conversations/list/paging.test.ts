import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createPerson, createTeam, type TestPerson } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';
import type { Sort } from './list.ts';

interface Row {
  id: string;
  teamId: string;
  priority: number;
  dueAt: Date | null;
  waitingSince: Date | null;
  lastMessageAt: Date;
}

let h: TestHouse;
let reader: TestPerson;
let teamIds: string[];
let rows: Row[];
/** In two teams, so that parts are merged; many of the same instant and priority, so that the id decides; some that nobody waits in, or that are never due. */
beforeAll(async () => {
  h = await testHouse();
  teamIds = await Promise.all(['Paging', 'Blättern'].map(async (name) => (await createTeam(h, { name })).id));
  reader = await createPerson(h, { name: 'Reader', roles: ['agent'], teamIds });
  const minutes = (n: number) => new Date(h.clock.now().getTime() + n * 60_000);
  for (let i = 0; i < 31; i += 1) {
    const { id } = await createConversation(h, {
      teamId: teamIds[i % 3 === 0 ? 1 : 0] ?? '',
      at: minutes(-(i % 5)),
      state: i % 5 === 0 ? 'waiting_customer' : 'queued',
    });
    await h.db.exec(sql`update conversations set version = version + 1, priority = ${i % 4}, 
      due_at = case when waiting_since is not null then ${i % 4 === 0 ? null : minutes((i * 11) % 6)}::timestamptz end where id = ${id}`);
  }
  rows =
    await h.db.query<Row>(sql`select id, team_id as "teamId", priority, due_at as "dueAt", waiting_since as "waitingSince", last_message_at as "lastMessageAt"
    from conversations where team_id = any(${teamIds}::uuid[])`);
});
afterAll(() => h.close());

/** What a row is compared by, one after the other, smallest first; what has no instant comes last. */
const byInstant = (at: Date | null) => at?.getTime() ?? Number.POSITIVE_INFINITY;
const keys: Record<Sort, (row: Row) => number[]> = {
  newest: (row) => [-byInstant(row.lastMessageAt)],
  oldest: (row) => [byInstant(row.lastMessageAt)],
  due: (row) => [byInstant(row.dueAt)],
  waiting_longest: (row) => [byInstant(row.waitingSince)],
  priority: (row) => [-row.priority, -byInstant(row.lastMessageAt)],
};
/** Where all is equal, the id decides: the younger one first where lists begin with the newest. */
const idsFall: readonly Sort[] = ['newest', 'priority'];

function inOrder(sort: Sort, those: Row[]): string[] {
  const fall = idsFall.includes(sort) ? -1 : 1;
  const compare = (a: Row, b: Row): number => {
    const [one, other] = [keys[sort](a), keys[sort](b)];
    const at = one.findIndex((key, n) => key !== other[n]);
    if (at >= 0) return (one[at] ?? 0) < (other[at] ?? 0) ? -1 : 1;
    return a.id < b.id ? -fall : fall;
  };
  return those.toSorted(compare).map(({ id }) => id);
}

const sorts = Object.keys(keys) as Sort[];

it.each(sorts)('pages hold everything exactly once and in order, whatever their size: %s', async (sort) => {
  expect(new Set(rows.map((row) => keys[sort](row).join(' '))).size).toBeLessThan(rows.length);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.constantFrom(undefined, ...teamIds), async (limit, teamId) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await h.call(reader, api.list, {
          view: 'open',
          sort,
          limit,
          ...(teamId ? { teamId } : {}),
          ...(cursor ? { cursor } : {}),
        });
        expect(body.items.length).toBe(body.nextCursor ? limit : body.items.length);
        seen.push(...body.items.map(({ id }) => id));
        cursor = body.nextCursor ?? undefined;
      } while (cursor && seen.length <= rows.length);
      expect(seen).toEqual(
        inOrder(
          sort,
          rows.filter((row) => !teamId || row.teamId === teamId),
        ),
      );
    }),
    { numRuns: 8 },
  );
});
