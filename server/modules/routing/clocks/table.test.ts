import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEndpoints } from '../../../../contract/cases.ts';
import type { InputOf } from '../../../../contract/core.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { promisesBreak } from '../../cases/testing.ts';
import { createAccount, echoCalls, echoMessage, mailArrives } from '../../channels/testing.ts';
import { siteCalendars } from '../../workspace/index.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { answersByDoor } from '../testing.ts';
import { phasesOf, phaseTypes } from '../late/phases.ts';
import { module } from '../module.ts';
import { readCaseLogs } from './log/case-log.ts';

/** The table of clocks (specification 2.10), row by row, by the usual service levels and the usual hours of a centre in Saxony. */
let h: TestHouse;
let people: Cast;
let mailbox: { id: string };
let wall: { id: string };
let count = 0;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  mailbox = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
  wall = await createAccount(h, { teamId: people.team.id });
});
afterAll(() => h.close());

const instant = (berlin: string): string => new Date(`${berlin}+01:00`).toISOString();
/** Time passes until it is so late in Leipzig. */
function itIs(berlin: string): void {
  const wait = Date.parse(instant(berlin)) - h.clock.now().getTime();
  if (wait < 0) throw new Error(`It is later than ${berlin} already`);
  h.clock.advance(wait);
}

interface Talk {
  id: string;
  caseId: string;
  mail: string;
  from: string;
}
async function writes(answers?: Talk, from = answers?.from ?? `klein${(count += 1)}@post.example`): Promise<Talk> {
  const mail = `${crypto.randomUUID()}@post.example`;
  const head = [`From: Erika Klein <${from}>`, 'To: service@haus.example', `Subject: Sofa ${count}`, `Message-ID: <${mail}>`];
  await mailArrives(
    h,
    mailbox.id,
    [...head, ...(answers ? [`In-Reply-To: <${answers.mail}>`] : []), '', 'Was ist mit meinem Sofa?'].join('\n'),
  );
  await h.drain();
  const row = await h.db.one<{
    id: string;
    caseId: string;
  }>(sql`select c.id, c.case_id as "caseId" from messages m join conversations c on c.id = m.conversation_id
    where m.platform_id = ${mail}`);
  return { ...row, mail, from };
}
const answers = ({ id, from }: Talk, text = 'Welche Farbe hat es?', more: Partial<InputOf<typeof api.reply>> = {}): Promise<string> =>
  answersByDoor(h, people.kim, { id, to: from }, text, more);
async function asks({ id }: Pick<Talk, 'id'>, step: 'ask_expert' | 'need_third_party'): Promise<void> {
  await h.call(people.kim, api.claim, { id });
  expect((await h.call(people.kim, api.step, { id, step })).status).toBe(200);
  await h.drain();
}
async function solves({ caseId }: Talk): Promise<void> {
  const solved = await h.call(people.kim, caseEndpoints.resolve, {
    id: caseId,
    summary: 'Getauscht.',
    customerInformedBy: { how: 'phone' },
  });
  expect(solved.status, JSON.stringify(solved.body)).toBe(200);
  await h.drain();
}
const waits = async ({ id }: Pick<Talk, 'id'>) => (await h.call(people.kim, routingEndpoints.waits, { id })).body.items;
const due = async (talk: Pick<Talk, 'id'>) => (await waits(talk)).at(-1)?.due?.at;
const solution = async ({ caseId }: Talk) => (await h.call(people.kim, routingEndpoints.solutionClock, { id: caseId })).body.clock;
const tick = () => module.ticks?.find(({ name }) => name === 'routing.ring')?.run(jobWork(h.house.platform));

describe('public first feedback', () => {
  it('runs day and night from when the platform showed it, pauses for nothing, and stops with the first public answer of a person', async () => {
    // A Saturday, long after the centre has closed; it reaches us eight minutes late.
    itIs('2026-11-28T23:58');
    const post = { ...echoMessage({ text: 'Hat noch jemand kein Paket?' }), at: instant('2026-11-28T23:50'), visibility: 'public' };
    expect((await echoCalls(h, wall.id, post)).status).toBe(200);
    await h.drain();
    const { id } = await h.db.one<{ id: string }>(sql`select id from conversations where visibility = 'public'`);
    expect(await waits({ id })).toMatchObject([
      {
        clock: 'first_answer',
        since: instant('2026-11-28T23:50'),
        due: { at: instant('2026-11-29T00:20'), level: 'Öffentlich', hours: 'always' },
      },
    ]);
    await asks({ id }, 'ask_expert');
    expect(await due({ id })).toBe(instant('2026-11-29T00:20'));
    itIs('2026-11-29T00:20');
    await tick();
    const rang = await h.db.query<{ type: string; at: string }>(
      sql`select type, data->>'trueAt' as at from events where type like 'routing.answer%' and data->>'conversationId' = ${id} order by seq`,
    );
    expect(rang).toEqual([
      { type: 'routing.answer_near_due', at: new Date(Date.parse(instant('2026-11-28T23:50')) + 0.66 * 30 * 60_000).toISOString() },
      { type: 'routing.answer_overdue', at: instant('2026-11-29T00:20') },
    ]);
    itIs('2026-11-29T00:25');
    await answers({ id, from: 'klein', caseId: '', mail: '' }, 'Wir schauen nach.');
    expect(await waits({ id })).toMatchObject([{ answeredAt: instant('2026-11-29T00:25'), isLate: true }]);
  });
});

describe('first reply, deferred', () => {
  it('runs in business hours from receipt to the first answer, while an expert or a third party is asked, too', async () => {
    itIs('2026-12-19T15:30');
    const talk = await writes();
    // Half an hour on Saturday, the rest on Monday.
    expect(await waits(talk)).toMatchObject([{ clock: 'first_answer', due: { at: instant('2026-12-21T11:30'), hours: 'site' } }]);
    await asks(talk, 'ask_expert');
    await asks(talk, 'need_third_party');
    expect(await due(talk)).toBe(instant('2026-12-21T11:30'));
    itIs('2026-12-21T11:31');
    await answers(talk);
    expect(await waits(talk)).toMatchObject([{ isLate: true }]);
  });
});

describe('next reply', () => {
  it('runs in business hours from each message of the customer on to the answer, over holidays', async () => {
    itIs('2026-12-24T17:00');
    const talk = await writes();
    itIs('2026-12-24T18:00');
    await answers(talk);
    itIs('2026-12-24T19:00');
    await writes(talk);
    await asks(talk, 'ask_expert');
    expect(await waits(talk)).toMatchObject([
      { clock: 'first_answer', isLate: false },
      { clock: 'next_answer', since: instant('2026-12-24T19:00'), due: { at: instant('2026-12-28T11:00') } },
    ]);
  });
});

describe('time to solution', () => {
  let talk: Talk;
  beforeAll(async () => {
    itIs('2026-12-24T19:10');
    talk = await writes();
  });

  it('pauses at once when the customer is asked on a holiday, and goes on with their answer', async () => {
    itIs('2026-12-25T12:00');
    await answers(talk);
    expect(await solution(talk)).toMatchObject({ state: 'resting', dueAt: null, elapsedMinutes: 50 });
    itIs('2026-12-28T10:00');
    expect(await solution(talk)).toMatchObject({ state: 'resting', elapsedMinutes: 50 });
    await writes(talk);
    // Thirty-six hours without fifty minutes: ten on Monday, twelve on Tuesday and Wednesday, seventy minutes of the ninth hour on New Year's Eve.
    expect(await solution(talk)).toMatchObject({ state: 'running', elapsedMinutes: 50, dueAt: instant('2026-12-31T09:10') });
  });

  it('runs on while a third party is asked, which is told apart in why it was late', async () => {
    itIs('2026-12-28T12:00');
    await asks(talk, 'need_third_party');
    itIs('2026-12-28T14:00');
    expect(await solution(talk)).toMatchObject({ state: 'running', elapsedMinutes: 50 + 240, dueAt: instant('2026-12-31T09:10') });
    const log = (await readCaseLogs(h.db, [talk.caseId], phaseTypes, () => [talk])).get(talk.caseId) ?? [];
    const since = new Date(instant('2026-12-24T19:10'));
    const time = { clock: 'solution' as const, since, hereAt: since, dueAt: h.clock.now(), conversationId: talk.id };
    const site = (await siteCalendars(h.db)).of(people.team.id, since);
    const spent = [...phasesOf(log, time, site)].map(([phase, spentOn]) => [phase, spentOn / 60_000]);
    expect(spent).toEqual([
      ['in_queue', 50 + 120],
      ['third_party', 120],
    ]);
  });

  it('stops when it is solved; opened again within seven days the old clock goes on, after them another begins', async () => {
    const begun = (await solution(talk))?.startedAt;
    await answers(talk, 'Es ist getauscht.');
    await solves(talk);
    expect(await solution(talk)).toMatchObject({ state: 'stopped', elapsedMinutes: 290, dueAt: null });
    itIs('2027-01-04T14:00');
    await writes(talk);
    // Seven days less a moment, of which nothing counts.
    expect(await solution(talk)).toMatchObject({ state: 'running', startedAt: begun, elapsedMinutes: 290 });
    await answers(talk, 'Es ist noch einmal getauscht.');
    await solves(talk);
    itIs('2027-01-11T14:01');
    await writes(talk);
    expect(await solution(talk)).toMatchObject({ state: 'running', startedAt: instant('2027-01-11T14:01'), elapsedMinutes: 0 });
  });

  it('keeps the earlier start of cases that are merged, and each its own again when they are not', async () => {
    itIs('2027-01-12T09:00');
    const older = await writes();
    itIs('2027-01-12T11:00');
    const newer = await writes(undefined, older.from);
    expect(newer.caseId).not.toBe(older.caseId);
    const merged = await h.call(people.kim, caseEndpoints.merge, { id: newer.caseId, fromId: older.caseId });
    expect(merged.status, JSON.stringify(merged.body)).toBe(201);
    await h.drain();
    itIs('2027-01-12T12:00');
    expect(await solution(newer)).toMatchObject({ state: 'running', startedAt: instant('2027-01-12T09:00'), elapsedMinutes: 180 });
    const kept = await h.db.one<{ startedAt: Date }>(
      sql`select started_at as "startedAt" from solution_clocks where case_id = ${newer.caseId}`,
    );
    expect(kept.startedAt.toISOString()).toBe(instant('2027-01-12T09:00'));
    // One conversation answered with a question, the other waits for us.
    await answers(older);
    expect(await solution(newer)).toMatchObject({ state: 'running' });
    await h.call(people.kim, caseEndpoints.undoMove, { id: merged.body.moveId });
    await h.drain();
    itIs('2027-01-12T13:00');
    expect(await solution(newer)).toMatchObject({ state: 'running', startedAt: instant('2027-01-12T11:00'), elapsedMinutes: 120 });
    expect(await solution(older)).toMatchObject({ state: 'resting', startedAt: instant('2027-01-12T09:00'), elapsedMinutes: 180 });
  });

  it('rests for all conversations of a case, of those that were joined for the one they were joined into', async () => {
    itIs('2027-01-12T14:00');
    const first = await writes();
    itIs('2027-01-12T15:00');
    const second = await writes(undefined, first.from);
    await h.call(people.kim, caseEndpoints.merge, { id: first.caseId, fromId: second.caseId });
    await h.drain();
    await answers(second);
    expect(await solution(first)).toMatchObject({ state: 'running' });
    expect((await h.call(people.kim, api.merge, { id: first.id, intoId: second.id })).status).toBe(200);
    await h.drain();
    expect(await solution(first)).toMatchObject({ state: 'resting' });
    await h.call(people.kim, api.unmerge, { id: first.id });
    await h.drain();
    expect(await solution(first)).toMatchObject({ state: 'running' });
  });
});

describe('answers of conversations that are merged', () => {
  it('keep the earlier start', async () => {
    itIs('2027-01-13T09:00');
    const older = await writes();
    itIs('2027-01-13T10:00');
    const newer = await writes(undefined, older.from);
    expect(await due(newer)).toBe(instant('2027-01-13T14:00'));
    expect((await h.call(people.kim, api.merge, { id: older.id, intoId: newer.id })).status).toBe(200);
    expect(await due(newer)).toBe(instant('2027-01-13T13:00'));
  });
});

describe('callback, and whatever else is promised', () => {
  it('is due when it was said, by hours of work if those were said, and comes due and breaks at its time', async () => {
    itIs('2027-01-13T17:00');
    const talk = await writes();
    const within = await h.call(people.kim, workspaceEndpoints.workingTime, { teamId: people.team.id, unit: 'hours', amount: 4 });
    // Three hours on Wednesday, one on Thursday.
    expect(within.body.at).toBe(instant('2027-01-14T09:00'));
    const promise = { kind: 'commitment' as const, text: 'Wir rufen an.', informed: { how: 'phone' as const } };
    const said = await h.call(people.kim, caseEndpoints.state, { id: talk.caseId, ...promise, dueTo: within.body.at });
    expect(said.status, JSON.stringify(said.body)).toBe(201);
    itIs('2027-01-14T09:00');
    await promisesBreak(h);
    const rang = await h.db.query(
      sql`select type, data->>'trueAt' as at from events where correlation_id = ${talk.caseId} and type like 'cases.commitment%' order by seq`,
    );
    expect(rang).toEqual([
      { type: 'cases.commitment_near_due', at: instant('2027-01-14T08:00') },
      { type: 'cases.commitment_broken', at: null },
    ]);
  });

  it('waits for the customer’s own wish for later: the new date takes the place of the old one, which does not break', async () => {
    itIs('2027-01-14T10:00');
    const talk = await writes();
    const promise = { id: talk.caseId, kind: 'commitment' as const, text: 'Wir rufen an.', informed: { how: 'phone' as const } };
    const first = (await h.call(people.kim, caseEndpoints.state, { ...promise, dueTo: instant('2027-01-14T12:00') })).body.statement;
    await h.call(people.kim, caseEndpoints.state, { ...promise, dueTo: instant('2027-01-15T12:00'), supersedesId: first.id });
    itIs('2027-01-14T13:00');
    await promisesBreak(h);
    const { statements } = (await h.call(people.kim, caseEndpoints.open, { id: talk.caseId })).body;
    expect(statements.map(({ state }) => state)).toEqual(['superseded', 'open']);
  });
});

describe('follow-up', () => {
  it('comes back on the next morning of work if that was wanted', async () => {
    itIs('2027-01-15T21:00');
    const { id } = await writes();
    const { at } = (await h.call(people.kim, workspaceEndpoints.workingTime, { teamId: people.team.id, unit: 'morning' })).body;
    expect(at).toBe(instant('2027-01-16T09:00'));
    expect((await h.call(people.kim, api.change, { id, snoozedUntil: at })).body.conversation.snoozedUntil).toBe(at);
  });
});
