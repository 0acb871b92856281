import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints } from '../../../../contract/routing.ts';
import type { EventType } from '../../../../contract/events.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { solutionBeats } from './solution.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What was told, hours after the beginning. */
type Step = [hours: number, what: 'opened' | 'case' | string, state?: string];
const told = (...all: Step[]) =>
  all.map(([hours, what, state]) => ({
    type: (what === 'opened' ? 'cases.opened' : what === 'case' ? 'cases.state_changed' : 'conversations.state_changed') as EventType,
    at: new Date(hours * hour),
    data: { conversationId: what === 'opened' ? (state ?? 'a') : what, toState: state } as never,
  }));
const beats = (...all: Step[]) => solutionBeats(told(...all)).map(({ at, what }) => [at / hour, what]);

describe('the clock of a solution', () => {
  it('rests only while in every open conversation the customer has to answer', () => {
    expect(
      beats(
        [0, 'opened', 'a'],
        [1, 'a', 'waiting_customer'],
        [2, 'opened', 'b'],
        [3, 'b', 'waiting_third_party'],
        [4, 'b', 'waiting_customer'],
        [5, 'a', 'queued'],
      ),
    ).toEqual([
      [0, 'run'],
      [1, 'rest'],
      [2, 'run'],
      [4, 'rest'],
      [5, 'run'],
    ]);
  });

  it('runs on after an answer that asked nothing, unless another conversation asked; what was told before anybody looked counts as asked', () => {
    const log = [
      ...told([0, 'opened', 'a'], [1, 'a', 'waiting_customer']),
      {
        type: 'conversations.state_changed' as const,
        at: new Date(2 * hour),
        data: { conversationId: 'a', toState: 'waiting_customer', asks: false } as never,
      },
      {
        type: 'conversations.state_changed' as const,
        at: new Date(4 * hour),
        data: { conversationId: 'b', toState: 'waiting_customer', asks: true } as never,
      },
      ...told([5, 'b', 'resolved']),
    ];
    expect(solutionBeats(log).map(({ at, what }) => [at / hour, what])).toEqual([
      [0, 'run'],
      [1, 'rest'],
      [2, 'run'],
      [4, 'rest'],
      [5, 'run'],
    ]);
  });

  it('stops when the case is solved, runs while something is owed, and goes on within seven days, not after', () => {
    const solved: Step[] = [
      [0, 'opened', 'a'],
      [1, 'a', 'resolved'],
      [2, 'case', 'resolved'],
    ];
    expect(beats(...solved)).toEqual([
      [0, 'run'],
      [2, 'stop'],
    ]);
    expect(beats(...solved, [2 + 7 * 24, 'case', 'open'], [2 + 7 * 24, 'a', 'queued'])).toEqual([
      [0, 'run'],
      [2, 'stop'],
      [2 + 7 * 24, 'run'],
    ]);
    expect(beats(...solved, [3 + 7 * 24, 'case', 'open'])).toEqual([[3 + 7 * 24, 'run']]);
  });
});

describe('a case', () => {
  let h: TestHouse;
  let people: Cast;
  let account: { id: string };
  beforeAll(async () => {
    h = await testHouse();
    people = await cast(h);
    account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
    // Monday, 23 November 2026, nine o'clock in Leipzig.
    h.clock.advance(
      Date.parse('2026-11-23T08:00Z') - h.clock.now().getTime() + (h.clock.now() > new Date('2026-11-23T08:00Z') ? 7 * day : 0),
    );
  });
  afterAll(() => h.close());

  it('says by when it is to be solved, in opening hours, without the time in which the customer had to answer', async () => {
    const arrives = async (id: string, answers?: string) => {
      const head = ['From: Erika Klein <klein@post.example>', 'To: service@haus.example', 'Subject: Sofa', `Message-ID: ${id}`];
      await mailArrives(h, account.id, [...head, ...(answers ? [`In-Reply-To: ${answers}`] : []), '', 'Wo ist mein Sofa?'].join('\n'));
      await h.drain();
    };
    await arrives('<s1@post.example>');
    const { id, caseId } = await h.db.one<{ id: string; caseId: string }>(sql`select id, case_id as "caseId" from conversations limit 1`);
    const clock = async () => (await h.call(people.kim, routingEndpoints.solutionClock, { id: caseId })).body.clock;
    const begun = h.clock.now().getTime();
    const after = (hours: number) => new Date(begun + hours * hour).toISOString();
    // 36 hours of a site that is open from eight to twenty: eleven today, twelve on Tuesday and Wednesday, one on Thursday.
    expect(await clock()).toMatchObject({
      state: 'running',
      startedAt: after(0),
      dueAt: after(3 * 24),
      elapsedMinutes: 0,
      minutes: 2_160,
      isLate: false,
    });
    h.clock.advance(2 * hour);
    const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
    const to = [{ name: '', address: 'klein@post.example' }];
    await h.call(people.kim, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), text: 'Welche Farbe?', to, undoSeconds: 0 });
    await h.drain();
    expect(await clock()).toMatchObject({ state: 'resting', dueAt: null, elapsedMinutes: 120 });
    h.clock.advance(3 * hour);
    await arrives('<s2@post.example>', '<s1@post.example>');
    expect(await clock()).toMatchObject({ state: 'running', dueAt: after(3 * 24 + 3), elapsedMinutes: 120 });
    h.clock.advance(4 * day);
    expect(await clock()).toMatchObject({ state: 'running', isLate: true, dueAt: after(3 * 24 + 3) });
    expect((await h.call(people.mehmet, routingEndpoints.solutionClock, { id: caseId })).status).toBe(403);
  });
});
