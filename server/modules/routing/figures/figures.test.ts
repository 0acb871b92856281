import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount } from '../../channels/testing.ts';
import { createConversation } from '../../conversations/testing.ts';
import { type Cast, cast, createPerson, createTeam } from '../../workspace/testing.ts';
import { computeWeek } from './compute.ts';
import { sweepWaits } from './waits.ts';

let h: TestHouse;
let we: Cast;
let council: { id: string };
let small: { id: string };
let account: { id: string };
const large: { id: string }[] = [];
const few: { id: string }[] = [];
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  small = await createTeam(h, { name: 'Klein' });
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: we.team.id });
  council = await createPerson(h, { name: 'Renate Rat', roles: ['works_council'] });
  for (let n = 0; n < 8; n += 1) large.push(await createPerson(h, { name: `Gisela ${n}`, teamIds: [we.team.id] }));
  for (let n = 0; n < 3; n += 1) few.push(await createPerson(h, { name: `Karl ${n}`, teamIds: [small.id] }));
});
afterAll(() => h.close());

const minute = 60_000;
/** Monday, nine o'clock in Leipzig. */
const monday = Date.parse('2026-11-23T08:00:00.000Z');
const to = (at: number) => h.clock.advance(at - h.clock.now().getTime());
const compute = () => computeWeek(jobWork(h.house.platform));
/** With a replica that knows no more than what was so at an instant. */
const computeAsOf = (asOf: Date) => {
  const work = jobWork(h.house.platform);
  return computeWeek({ ...work, reading: { ...work.reading, report: async (read) => ({ value: await read(h.db), asOf }) } });
};
const figures = async (who: { id: string } = we.kim, week?: string) => await h.call(who, on.serviceFigures, week ? { week } : {});

/** Somebody writes, and is answered so many minutes later; with nobody, not at all. */
async function served(by: { id: string } | null, teamId: string, minutes: number): Promise<void> {
  const { id } = await createConversation(h, { teamId, accountId: account.id });
  if (!by) return;
  h.clock.advance(minutes * minute);
  const { fence } = (await h.call(by, api.claim, { id })).body.lease;
  const address = [{ name: '', address: 'klein@post.example' }];
  const said = { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), text: 'Es kommt.', to: address, undoSeconds: 0 };
  expect((await h.call(by, api.reply, said)).status).toBe(201);
}

/** Where nobody left, all formulas are the same but the one that leaves out who got no answer. */
const byAll = (formula: string) => ({
  formula,
  good: 24,
  of: 34,
  share: 24 / 34,
  low: expect.closeTo(0.538, 3),
  high: expect.closeTo(0.832, 3),
});

async function agree(): Promise<string> {
  const text = 'So viel, wie es braucht, und mehr nicht.';
  const terms = { kind: 'agreement' as const, title: 'Zahlen der Teams', features: ['team_figures' as const], siteIds: [] };
  const { id } = (
    await h.call(we.dorit, workspaceEndpoints.proposeAgreement, {
      ...terms,
      purpose: text,
      gdprBasis: text,
      necessity: text,
      validFrom: h.clock.now().toISOString(),
      validTo: null,
    })
  ).body;
  await h.call(council, workspaceEndpoints.activateAgreement, { id });
  return id;
}

it('are of whole weeks, of groups large enough, and only where an agreement allows them; off at once when it ends', async () => {
  to(monday);
  // Before any agreement nothing is counted, nor afterwards for a time in which there was none.
  await served(large[0] ?? null, we.team.id, 10);
  to(monday + 7 * 24 * 60 * minute);
  await compute();
  expect((await figures()).problem.code).toBe('workspace.needs_agreement');
  const agreement = await agree();
  await compute();
  expect((await figures()).body).toEqual({ weeks: [], week: null, items: [] });

  // The week after: each of the large team answers three in time and one late, two a day within the opening hours; each of the small one ten; two have no answer.
  to(monday + 14 * 24 * 60 * minute);
  for (const person of [...large, ...large, ...large]) await served(person, we.team.id, 1);
  for (let round = 0; round < 10; round += 1) for (const person of few) await served(person, small.id, 1);
  for (const [n, person] of large.entries()) {
    to(monday + (15 + Math.floor(n / 2)) * 24 * 60 * minute + (n % 2) * 300 * minute);
    await served(person, we.team.id, 250);
  }
  for (let n = 0; n < 2; n += 1) await served(null, we.team.id, 0);
  to(monday + 21 * 24 * 60 * minute);
  await computeAsOf(new Date(monday + 20 * 24 * 60 * minute));
  expect((await figures()).body.weeks).toEqual([]);
  await compute();
  const { weeks, week, items } = (await figures()).body;
  expect([weeks, week]).toEqual([['2026-12-07'], '2026-12-07']);
  const first = items.filter(({ clock }) => clock === 'first_answer');
  expect(first.map(({ groupKind, groupId, withheld }) => [groupKind, groupId, withheld]).toSorted()).toEqual(
    [
      // The small team is what would be left of the company after the large one.
      ['company', null, 'would_reveal'],
      ['team', small.id, 'few_people'],
      ['team', we.team.id, null],
      ...(first.some(({ groupKind }) => groupKind === 'site')
        ? [['site', first.find(({ groupKind }) => groupKind === 'site')?.groupId, null]]
        : []),
    ].toSorted() as never,
  );
  expect(first.find(({ groupId }) => groupId === we.team.id)?.figures).toEqual({
    n: 34,
    inTime: 24,
    late: 8,
    unanswered: 2,
    // A mail tells nobody that somebody has stopped waiting for its answer.
    abandoned: null,
    levels: [
      ...(['F1'] as const).map(byAll),
      { formula: 'F2', good: 24, of: 32, share: 0.75, low: expect.closeTo(0.579, 3), high: expect.closeTo(0.867, 3) },
      ...(['F3', 'F4', 'F5', 'F6'] as const).map(byAll),
    ],
    p50: 1,
    p90: 250,
    longest: 250,
  });
  expect(first.find(({ groupId }) => groupId === small.id)?.figures).toBeNull();
  // What is withheld is not even kept, and nobody is named.
  const kept = JSON.stringify(await h.db.query(sql`select * from service_figures`));
  for (const { id } of [...large, ...few]) expect(kept).not.toContain(id);
  expect(await h.db.one(sql`select count(*)::int as n from service_figures where withheld is not null and answered is not null`)).toEqual({
    n: 0,
  });

  // Written once: what comes later changes nothing.
  await h.db.exec(sql`update messages set answers_since = null`);
  await compute();
  expect((await figures()).body.items).toEqual(items);
  // What the figure counts, one by one: as many as it says, to whoever may read them, and without anybody who works here.
  const asked = { week: '2026-12-07', teamId: we.team.id, channel: 'email', clock: 'first_answer' as const, limit: 100 };
  const all = (await h.call(we.luise, on.countedWaits, asked)).body.items;
  const of = (outcome: string) => all.filter((one) => one.outcome === outcome).length;
  expect([of('in_time'), of('late'), of('unanswered')]).toEqual([24, 8, 2]);
  expect(all.every(({ outcome, minutes }) => (outcome === 'unanswered') === (minutes === null))).toBe(true);
  for (const { id } of [...large, ...few]) expect(JSON.stringify(all)).not.toContain(id);
  const latest = (await h.call(we.luise, on.countedWaits, { ...asked, outcome: 'late', limit: 5 })).body;
  const rest = (await h.call(we.luise, on.countedWaits, { ...asked, outcome: 'late', limit: 5, cursor: latest.nextCursor ?? '' })).body;
  expect([...latest.items, ...rest.items]).toEqual(all.filter(({ outcome }) => outcome === 'late'));
  expect([latest.items.length, rest.nextCursor]).toEqual([5, null]);
  // Not of what is withheld, whoever leads it; nothing of it is kept either. Nor of what no figure is of.
  const lead = await createPerson(h, { name: 'Lore Klein', roles: ['lead'], teamIds: [small.id] });
  for (const none of [{ teamId: small.id }, { week: '2026-11-30' }, { channel: 'chat' }])
    expect((await h.call(lead, on.countedWaits, { ...asked, ...none })).status).toBe(404);
  expect(await h.db.query(sql`select distinct team_id as id from service_waits`)).toEqual([{ id: we.team.id }]);
  // Who may see the figure and reads no conversation, or none of that team, is shown none; what has moved is shown where it is now.
  for (const other of [council, lead]) expect((await h.call(other, on.countedWaits, asked)).body.items).toEqual([]);
  const moved = all[0]?.conversationId ?? '';
  await h.call(we.luise, api.bulk, { ids: [moved], teamId: small.id });
  expect((await h.call(we.luise, on.countedWaits, asked)).body.items).toHaveLength(all.length - 1);
  expect((await h.call(lead, on.countedWaits, asked)).body.items.map(({ conversationId }) => conversationId)).toEqual([moved]);

  // Whoever may: not the administration, not participants.
  const who = await createPerson(h, { name: 'Paul Gast', roles: ['participant'], teamIds: [we.team.id] });
  expect([(await figures(council)).status, (await figures(we.luise)).status]).toEqual([200, 200]);
  for (const none of [we.dorit, who]) expect((await figures(none)).status).toBe(403);
  await h.call(council, workspaceEndpoints.endAgreement, { id: agreement });
  expect((await figures()).problem.code).toBe('workspace.needs_agreement');
  expect((await h.call(we.luise, on.countedWaits, asked)).problem.code).toBe('workspace.needs_agreement');
  // Five weeks later they are gone.
  h.clock.advance(28 * 24 * 60 * minute);
  await transaction(h.house.platform, system, sweepWaits);
  expect(await h.db.one(sql`select count(*)::int as n from service_waits`)).not.toEqual({ n: 0 });
  h.clock.advance(8 * 24 * 60 * minute);
  await transaction(h.house.platform, system, sweepWaits);
  expect(await h.db.one(sql`select count(*)::int as n from service_waits`)).toEqual({ n: 0 });
});
