import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type PushService, startPushService, trustPushService } from '../../../testing/push-service/push-service.ts';
import { toldBrowser } from '../../../testing/push-service/told-browser.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { sweepSolutions } from './keep-solutions.ts';
import { ringSolutions } from './ring.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let h: TestHouse;
let people: Cast;
let service: PushService;
let distrust: () => void;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '6' });
  people = await cast(h);
  service = await startPushService();
  distrust = trustPushService();
  await h.call(people.dorit, workspaceEndpoints.changeSettings, { privateAddresses: true });
  await h.call(people.dorit, workspaceEndpoints.changeTeam, { id: people.team.id, leadIds: [people.luise.id] });
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(async () => {
  distrust();
  await h.close();
  await service.close();
});
let begun: Date;
/** A solution may take ten hours of any day, and is near due after eight. */
beforeEach(async () => {
  await h.db.exec(sql`delete from solution_clocks`);
  await h.db.exec(sql`delete from sessions`);
  await levels(600);
  h.clock.advance(day);
  begun = h.clock.now();
});

const levels = async (solutionMinutes: number, recompute = false) => {
  const level = { name: 'Alles', channels: [], visibility: 'any' as const, teamIds: [], priorities: [], hours: 'always' as const };
  const time = { firstAnswerMinutes: null, nextAnswerMinutes: null, solutionMinutes, warnPercent: 80 };
  expect((await h.call(people.dorit, routingEndpoints.setServiceLevels, { levels: [{ ...level, ...time }], recompute })).status).toBe(200);
  await h.drain();
};
let count = 0;
async function arrives(answers?: string): Promise<{ id: string; caseId: string; mail: string }> {
  count += 1;
  const mail = `<s${count}@post.example>`;
  const from = answers ? answers.replace(/^<s|@.*/g, '') : count;
  const head = [`From: Erika Quittenbrot <k${from}@post.example>`, 'To: service@haus.example', 'Subject: Sofa', `Message-ID: ${mail}`];
  await mailArrives(h, account.id, [...head, ...(answers ? [`In-Reply-To: ${answers}`] : []), '', 'Quittenbrot?'].join('\n'));
  await h.drain();
  const row = await h.db.one<{ id: string; caseId: string }>(
    sql`select conversation_id as id, (select case_id from conversations c where c.id = m.conversation_id) as "caseId" from messages m where direction = 'in' order by m.id desc limit 1`,
  );
  return { ...row, mail };
}
async function answered(id: string): Promise<void> {
  const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
  const { seq } = await h.db.one<{ seq: number }>(sql`select last_seq as seq from conversations where id = ${id}`);
  const to = [{ name: '', address: 'klein@post.example' }];
  const more = { draftId: crypto.randomUUID(), text: 'Welche Farbe?', to, undoSeconds: 0 };
  expect((await h.call(people.kim, api.reply, { id, fence, baseSeq: seq, ...more })).status).toBe(201);
  await h.drain();
}
const tick = async () => {
  await module.ticks?.find(({ name }) => name === 'routing.ring_solutions')?.run(jobWork(h.house.platform));
  await h.drain();
};
const passes = async (milliseconds: number) => {
  h.clock.advance(milliseconds);
  await tick();
};
/** What rang since the beginning of the test, with the hours after it of which it was true. */
const rang = async () =>
  (
    await h.db.query<{ type: string; caseId: string; trueAt: string }>(
      sql`select type, data->>'caseId' as "caseId", data->>'trueAt' as "trueAt" from events
        where type like 'routing.solution%' and at >= ${begun} order by seq`,
    )
  ).map(({ type, caseId, trueAt }) => [type.slice('routing.solution_'.length), caseId, (Date.parse(trueAt) - begun.getTime()) / hour]);

describe('the solution of a case', () => {
  it('rings when it is near due and when it is overdue, once each and not before, however many look', async () => {
    const { caseId } = await arrives();
    await passes(8 * hour - 1);
    expect(await rang()).toEqual([]);
    h.clock.advance(1);
    await Promise.all([1, 2, 3].map(() => transaction(h.house.platform, system, ringSolutions)));
    expect(await rang()).toEqual([['near_due', caseId, 8]]);
    await passes(2 * hour);
    await tick();
    await passes(3 * day);
    expect(await rang()).toEqual([
      ['near_due', caseId, 8],
      ['overdue', caseId, 10],
    ]);
  });

  it('is silent while the customer has to answer, and goes on where it was', async () => {
    const { id, caseId, mail } = await arrives();
    await passes(7 * hour);
    await answered(id);
    await passes(20 * hour);
    expect(await rang()).toEqual([]);
    await arrives(mail);
    await passes(hour - 1);
    expect(await rang()).toEqual([]);
    await passes(1);
    expect(await rang()).toEqual([['near_due', caseId, 28]]);
  });

  it('is silent of a case whose customer has to answer even if nobody has heard of that yet', async () => {
    const { id } = await arrives();
    h.clock.advance(7 * hour);
    await answered(id);
    await h.db.exec(sql`update solution_clocks set alarm_at = ${h.clock.now()}`);
    await passes(2 * hour);
    expect(await rang()).toEqual([]);
  });

  it('rings first for what came true while nothing ran, in the order in which it did, also of more than are looked at at once', async () => {
    const [slow] = [await arrives()];
    h.clock.advance(30 * minute);
    const quick = await arrives();
    h.clock.advance(3 * day);
    const fresh = await arrives();
    // As many more as one look takes, all due between the two of the first.
    const more = Array.from({ length: 100 }, () => crypto.randomUUID());
    await h.db.exec(
      sql`insert into solution_clocks (case_id, alarm_at) select id, ${new Date(begun.getTime() + 8.2 * hour)} from unnest(${more}::uuid[]) as id`,
    );
    await tick();
    expect(await rang()).toEqual([
      ['near_due', slow.caseId, 8],
      ['near_due', quick.caseId, 8.5],
      ['overdue', slow.caseId, 10],
      ['overdue', quick.caseId, 10.5],
    ]);
    expect(await h.db.query(sql`select case_id from solution_clocks where alarm_at is not null`)).toEqual([{ case_id: fresh.caseId }]);
  });

  it('stops when the case is solved, and rings no more than what is missing when it opens again within seven days', async () => {
    const { id, caseId, mail } = await arrives();
    await passes(9 * hour);
    await answered(id);
    const solved = await h.call(people.kim, caseEndpoints.resolve, { id: caseId, summary: 'Grau.', customerInformedBy: { how: 'phone' } });
    expect(solved.status, JSON.stringify(solved.body)).toBe(200);
    await h.drain();
    await passes(2 * day);
    await transaction(h.house.platform, system, sweepSolutions);
    expect((await rang()).map(([what]) => what)).toEqual(['near_due']);
    await arrives(mail);
    await passes(hour);
    expect(await rang()).toEqual([
      ['near_due', caseId, 8],
      ['overdue', caseId, 58],
    ]);
  });

  it('goes by what is decided later where that is meant for it, sooner or later', async () => {
    const { caseId } = await arrives();
    h.clock.advance(minute);
    await levels(60);
    await passes(2 * hour - minute);
    expect(await rang()).toEqual([]);
    await levels(180, true);
    await passes(0.4 * hour);
    expect(await rang()).toEqual([['near_due', caseId, 2.4]]);
    await levels(1_200, true);
    await passes(1.6 * hour);
    expect((await rang()).length).toBe(1);
    await passes(12 * hour);
    expect((await rang()).at(-1)).toEqual(['near_due', caseId, 16]);
  });

  it('is not told of while its customer’s data only lies there', async () => {
    const { caseId } = await arrives();
    await h.db.exec(sql`update cases set restricted_at = ${h.clock.now()} where id = ${caseId}`);
    await passes(9 * hour);
    expect(await rang()).toEqual([]);
    expect(await h.db.query(sql`select from solution_clocks`)).toEqual([]);
  });

  it('says nothing of what was overdue before anybody followed it', async () => {
    const { caseId } = await arrives();
    await h.db.exec(sql`delete from solution_clocks`);
    h.clock.advance(9 * hour);
    await h.db.exec(sql`insert into solution_clocks (case_id, alarm_at) values (${caseId}, ${h.clock.now()})`);
    await passes(minute);
    expect(await rang()).toEqual([]);
    await passes(hour);
    expect(await rang()).toEqual([['overdue', caseId, 10]]);
  });

  it('is told to whoever leads the team, and to whoever is in charge of it; overdue to both', async () => {
    const [kim, olaf, luise] = await Promise.all([people.kim, people.olaf, people.luise].map((who) => toldBrowser(h, service, who)));
    const told = () => [kim, olaf, luise].map((one) => one?.told().map(({ kind, path }) => `${kind} ${path}`));
    const [free, kims] = [await arrives(), await arrives()];
    await h.db.exec(sql`update cases set owner_id = ${people.kim.id} where id = ${kims.caseId}`);
    await passes(8 * hour);
    expect(told()).toEqual([[`solution_near_due /cases/${kims.caseId}`], [], [`solution_near_due /cases/${free.caseId}`]]);
    await passes(2 * hour);
    const late = `solution_overdue /cases/${kims.caseId}`;
    expect(told()[0]?.at(-1)).toBe(late);
    expect(told()[2]?.slice(1).toSorted()).toEqual([`solution_overdue /cases/${free.caseId}`, late].toSorted());
    expect(JSON.stringify(service.pushed)).not.toContain('Quittenbrot');
  });
});
