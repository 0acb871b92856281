import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { type BreachClock, routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { promisesBreak } from '../../cases/testing.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { agreeOn, type Cast, cast, createPerson, createTeam } from '../../workspace/testing.ts';
import { module } from '../module.ts';

const hour = 3_600_000;
let h: TestHouse;
let we: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  await agreeOn(h, ['breach_causes']);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: we.team.id });
  await h.call(we.dorit, workspaceEndpoints.changeTeam, { id: we.team.id, leadIds: [we.luise.id] });
  // A solution may take ten hours of any day; nothing is owed before.
  const level = { name: 'Alles', channels: [], visibility: 'any' as const, teamIds: [], priorities: [], hours: 'always' as const };
  const time = { firstAnswerMinutes: null, nextAnswerMinutes: null, solutionMinutes: 600, warnPercent: 80 };
  await h.call(we.dorit, on.setServiceLevels, { levels: [{ ...level, ...time }] });
  await h.drain();
});
afterAll(() => h.close());
beforeEach(async () => {
  await h.db.exec(sql`delete from breaches`);
  h.clock.advance(24 * hour);
});

let count = 0;
async function arrives(): Promise<{ id: string; caseId: string }> {
  count += 1;
  const head = [
    `From: Erika Klein <c${count}@post.example>`,
    'To: service@haus.example',
    'Subject: Sofa',
    `Message-ID: <c${count}@post.example>`,
  ];
  await mailArrives(h, account.id, [...head, '', 'Wo ist mein Sofa?'].join('\n'));
  await h.drain();
  return h.db.one(sql`select id, case_id as "caseId" from conversations order by created_at desc, id desc limit 1`);
}
async function answered(id: string): Promise<void> {
  const { fence } = (await h.call(we.kim, api.claim, { id })).body.lease;
  const { seq } = await h.db.one<{ seq: number }>(sql`select last_seq as seq from conversations where id = ${id}`);
  const to = [{ name: '', address: 'klein@post.example' }];
  const said = { id, fence, baseSeq: seq, draftId: crypto.randomUUID(), text: 'Welche Farbe?', to, undoSeconds: 0 };
  expect((await h.call(we.kim, api.reply, said)).status).toBe(201);
  await h.drain();
}
async function solved(caseId: string, id: string): Promise<void> {
  await answered(id);
  const done = await h.call(we.kim, caseEndpoints.resolve, {
    id: caseId,
    summary: 'Es steht im Flur.',
    customerInformedBy: { how: 'phone' },
  });
  expect(done.status).toBe(200);
  await h.drain();
}
const promised = async (caseId: string, text: string, hours: number) =>
  (
    await h.call(we.kim, caseEndpoints.state, {
      id: caseId,
      kind: 'commitment',
      text,
      informed: { how: 'phone' },
      dueTo: new Date(h.clock.now().getTime() + hours * hour).toISOString(),
    })
  ).body.statement;
const passes = async (milliseconds: number) => {
  h.clock.advance(milliseconds);
  await module.ticks?.find(({ name }) => name === 'routing.ring_solutions')?.run(jobWork(h.house.platform));
  await promisesBreak(h);
  await h.drain();
};
const late = async (who: { id: string } = we.luise, asked: { clock?: BreachClock } = {}) =>
  (await h.call(who, on.breaches, { limit: 50, ...asked })).body.items;

describe('of a case it is said', () => {
  it('what the time of a solution went into that became overdue: without what the customer took, and until when it was solved', async () => {
    const { id, caseId } = await arrives();
    const begun = h.clock.now();
    await passes(hour);
    await answered(id);
    // The clock rests for a day, and goes on when the customer has answered.
    await passes(24 * hour);
    await h.call(we.kim, api.claim, { id });
    await h.call(we.kim, api.step, { id, step: 'need_third_party' });
    await h.drain();
    await passes(9 * hour);
    expect(await late()).toEqual([
      expect.objectContaining({
        conversationId: null,
        caseId,
        clock: 'solution',
        subject: 'Sofa',
        customerName: 'Erika Klein',
        promise: null,
        since: begun.toISOString(),
        dueAt: h.clock.now().toISOString(),
        doneAt: null,
        state: 'open',
        teamId: we.team.id,
        cause: 'third_party',
        phases: { in_queue: 60, third_party: 540 },
      }),
    ]);
    await solved(caseId, id);
    expect((await late()).map(({ state, doneAt }) => [state, doneAt])).toEqual([['done', h.clock.now().toISOString()]]);
  });

  it('why a promise broke, with its words, and whether it was made good; once, and to whoever leads the team alone', async () => {
    const { id, caseId } = await arrives();
    await solved(caseId, id);
    const { id: statementId } = await promised(caseId, 'Wir rufen Sie an.', 6);
    await passes(6 * hour);
    const [line] = await late(we.luise, { clock: 'promise' });
    expect(line).toMatchObject({
      caseId,
      clock: 'promise',
      promise: 'Wir rufen Sie an.',
      state: 'open',
      cause: 'at_rest',
      teamId: we.team.id,
    });
    expect(await late(we.luise, { clock: 'solution' })).toEqual([]);
    const elsewhere = await createTeam(h, { name: 'Anderswo' });
    const other = await createPerson(h, { name: 'Edda Anders', roles: ['lead'], teamIds: [elsewhere.id] });
    expect(await late(other)).toEqual([]);
    expect((await h.call(we.kim, on.breaches, {})).status).toBe(403);
    for (const { id: person } of [we.kim, we.luise]) expect(JSON.stringify(line)).not.toContain(person);
    await h.call(we.kim, caseEndpoints.keep, { id: statementId, evidence: 'Angerufen.' });
    await h.drain();
    expect((await late()).map(({ clock, state }) => [clock, state])).toEqual([['promise', 'done']]);
    // It goes with its conversation.
    await h.call(we.luise, api.bulk, { ids: [id], teamId: elsewhere.id });
    await h.drain();
    expect(await late()).toEqual([]);
  });

  it('that the customer had to answer, where a promise broke over it; the same cause ends no solution', async () => {
    const { id, caseId } = await arrives();
    await answered(id);
    await promised(caseId, 'Das Sofa kommt am Montag.', 30);
    await passes(30 * hour);
    expect((await late()).map(({ clock, cause }) => [clock, cause])).toEqual([['promise', 'customer']]);
  });
});
