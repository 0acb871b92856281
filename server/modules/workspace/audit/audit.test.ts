import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { reading, transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { actorOf, audit, pruneAudit } from '../index.ts';
import { type Cast, cast, createPerson } from '../testing.ts';

let house: TestHouse;
let we: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
});
afterAll(() => house.close());

async function note(personId: string, action: string, undo = false) {
  const { platform } = house.house;
  const actor = await actorOf(platform, personId);
  if (!actor) throw new Error('nobody');
  await transaction(platform, actor, async (ctx) => {
    await audit(ctx, { action, object: { kind: 'case', id: 'c-1' }, reason: 'Rückruf „dringend"', data: { n: 1 } });
    if (undo) throw new Error('undone');
  }).catch(() => {});
}

it('chains its rows, also when many write at once and some are undone', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => note(we.kim.id, `cases.opened_${n}`, n % 3 === 0)));
  const verified = (await house.call(we.dorit, on.verifyAudit, {})).body;
  expect(verified).toMatchObject({ intact: true, entries: 20, brokenAt: null });
  expect(verified.head).toMatch(/^[0-9a-f]{64}$/);
});

it('also serves reading, which has no transaction', async () => {
  const actor = await actorOf(house.house.platform, we.kim.id);
  if (!actor) throw new Error('nobody');
  await audit(reading(house.house.platform, actor), { action: 'cases.opened_with_reason' });
  expect((await house.call(we.kim, on.listAudit, {})).body.items[0]).toMatchObject({
    action: 'cases.opened_with_reason',
    actorId: we.kim.id,
  });
});

it('shows own rows, those of the led teams, or all', async () => {
  await note(we.olaf.id, 'cases.olaf');
  const privacy = await createPerson(house, { roles: ['privacy'] });
  const seen = async (who: { id: string }) =>
    new Set((await house.call(who, on.listAudit, { limit: 200 })).body.items.map((row) => row.actorId));
  expect(await seen(we.kim)).toEqual(new Set([we.kim.id]));
  expect(await seen(we.luise)).toEqual(new Set([we.kim.id, we.olaf.id]));
  expect(await seen(privacy)).toEqual(new Set([we.kim.id, we.olaf.id]));
  expect((await house.call(privacy, on.listAudit, { action: 'cases.olaf' })).body.items).toHaveLength(1);
});

it('names people, and can be asked for a time', async () => {
  const [newest] = (await house.call(we.kim, on.listAudit, { limit: 1 })).body.items;
  expect(newest).toMatchObject({ actorId: we.kim.id, actorName: we.kim.name, objectName: null });
  const count = async (when: { from?: string; to?: string }) =>
    (await house.call(we.kim, on.listAudit, { limit: 200, ...when })).body.items.length;
  const all = await count({});
  const later = new Date(Date.parse(newest?.at ?? '') + 1).toISOString();
  expect(all).toBeGreaterThan(10);
  expect([await count({ to: later }), await count({ from: later })]).toEqual([all, 0]);
  expect([await count({ to: '2020-01-01T00:00:00Z' }), await count({ from: '2020-01-01T00:00:00Z' })]).toEqual([0, all]);
  await house.call(we.dorit, on.changeTeam, { id: we.team.id, name: 'Küche' });
  expect((await house.call(we.dorit, on.listAudit, {})).body.items).toMatchObject([
    { action: 'workspace.team_changed', actorName: we.dorit.name, objectKind: 'team', objectName: 'Küche' },
  ]);
});

it('pages without gaps', async () => {
  const first = (await house.call(we.kim, on.listAudit, { limit: 5 })).body;
  const second = (await house.call(we.kim, on.listAudit, { limit: 5, cursor: first.nextCursor ?? '' })).body;
  const seqs = [...first.items, ...second.items].map((row) => row.seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
  expect(new Set(seqs).size).toBe(10);
});

it('lets go of what is too old without breaking, and keeps the newest row to hang on', async () => {
  const { platform } = house.house;
  const verify = async () => (await house.call(we.dorit, on.verifyAudit, {})).body;
  const before = await verify();
  const old = house.clock.now();
  house.clock.advance(60_000);
  await note(we.kim.id, 'cases.later');
  const prune = (at: Date) => transaction(platform, system, (ctx) => pruneAudit(ctx, at));
  expect(await prune(old)).toBe(0);
  expect(await prune(house.clock.now())).toBe(before.entries);
  expect(await verify()).toMatchObject({ intact: true, entries: 1 });
  expect(await prune(new Date('2100-01-01'))).toBe(0);
  for (let n = 0; n < 9; n += 1) await note(we.kim.id, `cases.again_${n}`);
  expect(await verify()).toMatchObject({ intact: true, entries: 10 });
});

it('refuses to be changed, and shows it when somebody did so nevertheless', async () => {
  const { seq } = await house.db.one<{ seq: number }>(sql`select min(seq) + 2 as seq from audit_log`);
  await expect(house.db.exec(sql`update audit_log set reason = 'x' where seq = ${seq}`)).rejects.toThrow('append-only');
  await expect(house.db.exec(sql`delete from audit_log where seq = ${seq}`)).rejects.toThrow('append-only');
  const verify = async () => (await house.call(we.dorit, on.verifyAudit, {})).body;
  await house.db.exec(sql`alter table audit_log disable trigger user`);
  await house.db.exec(sql`update audit_log set reason = 'x' where seq = ${seq}`);
  expect(await verify()).toMatchObject({ intact: false, brokenAt: seq });
  await house.db.exec(sql`update audit_log set reason = 'Rückruf „dringend"' where seq = ${seq}`);
  expect(await verify()).toMatchObject({ intact: true });
  await house.db.exec(sql`delete from audit_log where seq = ${seq + 3}`);
  expect(await verify()).toMatchObject({ intact: false, brokenAt: seq + 4 });
  await house.db.exec(sql`alter table audit_log enable trigger user`);
});
