import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';

let h: TestHouse;
let we: Cast;
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  await h.call(we.dorit, workspaceEndpoints.changeTeam, { id: we.team.id, leadIds: [we.luise.id] });
});
afterAll(() => h.close());
beforeEach(async () => {
  await h.db.exec(
    sql`update conversations set state = 'closed', claimed_by = null, claimed_at = null, claim_until = null, waiting_since = null,
    due_at = null, warn_at = null, alarm_at = null`,
  );
  await h.db.exec(sql`delete from customer_leases`);
});

const arrives = async () => (await createConversation(h, { teamId: we.team.id })).id;
const reason = 'Die Kundin beschwert sich über Kim';
const conflict = (id: string, personId = we.kim.id) => h.call(we.luise, api.setConflict, { id, personId, reason });

it('whoever must not get it cannot take it, nor gets it as the next one; everybody else does', async () => {
  const id = await arrives();
  expect((await conflict(id)).body.items).toEqual([
    { personId: we.kim.id, reason, setById: we.luise.id, setAt: h.clock.now().toISOString() },
  ]);
  const refused = await h.call(we.kim, api.claim, { id });
  expect([refused.status, refused.problem.code]).toEqual([409, 'conversations.conflict_of_interest']);
  expect(JSON.stringify(refused.problem)).not.toContain('beschwert');
  expect((await h.call(we.kim, api.takeNext, {})).problem.code).toBe('conversations.nothing_free');
  const other = await arrives();
  expect((await h.call(we.kim, api.takeNext, {})).body.conversation.id).toBe(other);
  expect((await h.call(we.olaf, api.takeNext, {})).body.conversation.id).toBe(id);
  // Nor by relieving somebody, nor by having it assigned.
  expect((await h.call(we.kim, api.claim, { id, mode: 'take_over', reason: 'Ich mach das' })).problem.code).toBe(
    'conversations.conflict_of_interest',
  );
  expect((await h.call(we.luise, api.change, { id, assigneeId: we.kim.id })).problem.code).toBe('conversations.assignee_has_conflict');
});

it('who has it is free of it at once, and what they hold is worth nothing', async () => {
  const id = await arrives();
  await h.call(we.luise, api.change, { id, assigneeId: we.kim.id });
  const { body } = await h.call(we.kim, api.claim, { id });
  const { events } = await conflict(id);
  expect(events.map(({ type }) => type)).toEqual(['conversations.released', 'conversations.assigned']);
  expect((await h.call(we.kim, api.heartbeat, { id, fence: body.lease.fence })).problem.code).toBe('conversations.claim_lost');
  expect((await h.call(we.olaf, api.open, { id })).body.conversation).toMatchObject({ state: 'queued', claim: null, assigneeId: null });
});

it('counts for every conversation of the case, and no other', async () => {
  const [id, same, apart] = [await arrives(), await arrives(), await arrives()];
  const caseId = crypto.randomUUID();
  await h.db.exec(sql`update conversations set case_id = ${caseId} where id = any(${[id, same]}::uuid[])`);
  await conflict(id);
  expect((await h.call(we.kim, api.claim, { id: same })).problem.code).toBe('conversations.conflict_of_interest');
  expect((await h.call(we.kim, api.claim, { id: apart })).status).toBe(200);
});

it('is for those who lead the team; the person concerned reads no reason and does not end it', async () => {
  const id = await arrives();
  expect((await h.call(we.olaf, api.setConflict, { id, personId: we.kim.id, reason })).status).toBe(403);
  expect((await h.call(we.olaf, api.conflicts, { id })).status).toBe(403);
  expect((await h.call(we.mehmet, api.conflicts, { id })).status).toBe(404);
  await conflict(id);
  await conflict(id, we.luise.id);
  expect((await h.call(we.luise, api.conflicts, { id })).body.items.map(({ personId }) => personId)).toEqual([we.kim.id]);
  expect((await h.call(we.luise, api.dropConflict, { id, personId: we.luise.id })).status).toBe(403);
  expect((await h.call(we.luise, api.dropConflict, { id, personId: we.kim.id })).body.items).toEqual([]);
  expect((await h.call(we.kim, api.claim, { id })).status).toBe(200);
  expect((await h.call(we.luise, api.setConflict, { id, personId: crypto.randomUUID(), reason })).problem.code).toBe(
    'conversations.person_unknown',
  );
});

it('is offered to nobody who must not get it, and again when the note has ended; whoever has it open hears of both', async () => {
  const [id, same] = [await arrives(), await arrives()];
  const caseId = crypto.randomUUID();
  await h.db.exec(sql`update conversations set case_id = ${caseId} where id = any(${[id, same]}::uuid[])`);
  const offered = async (who: (typeof we)['kim'], conversation = same) => {
    const { claim, takeOver, forOthers } = (await h.call(who, api.open, { id: conversation })).body.abilities;
    return { claim, takeOver, forOthers };
  };
  const usual = { claim: true, takeOver: false, forOthers: false };
  expect(await offered(we.kim)).toEqual(usual);
  const noted = await conflict(id);
  const nothing = { claim: false, takeOver: false, forOthers: true };
  expect([await offered(we.kim), await offered(we.kim, id), await offered(we.olaf)]).toEqual([nothing, nothing, usual]);
  // Nor to relieve whoever has it.
  await h.call(we.olaf, api.claim, { id: same });
  expect(await offered(we.kim)).toEqual(nothing);
  await h.call(we.olaf, api.release, { id: same });
  const ended = await h.call(we.luise, api.dropConflict, { id, personId: we.kim.id });
  expect(await offered(we.kim)).toEqual(usual);
  for (const { events } of [noted, ended])
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['conversations.changed', expect.objectContaining({ conversationId: id, caseId, what: 'conflict' })],
    ]);
});

it('a take decided before it was noted looks again: of both at once, never both', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await arrives();
    await Promise.all([h.call(we.kim, api.claim, { id }), conflict(id)]);
    const { holder } = await h.db.one<{ holder: string | null }>(sql`select claimed_by as holder from conversations where id = ${id}`);
    expect(holder).toBeNull();
  }
});
