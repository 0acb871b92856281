import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints } from '../../../../contract/routing.ts';
import { system } from '../../../platform/actor.ts';
import { reading, transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { routingHealth } from '../health.ts';
import { module } from '../module.ts';
import { recompute } from './recompute.ts';
import { ring } from './ring.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '6' });
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());
// Nothing of one test may be due in the next, and each begins on a Monday at nine.
beforeEach(async () => {
  await h.db.exec(sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null`);
  await h.db.exec(sql`delete from solution_clocks`);
  const week = 7 * 24 * hour;
  h.clock.advance(week - ((h.clock.now().getTime() - monday) % week));
});

const hour = 3_600_000;
/** Monday, 23 November 2026, nine o'clock in Leipzig. */
const monday = Date.parse('2026-11-23T08:00:00.000Z');

let count = 0;
async function arrives(subject = 'Sofa', more: string[] = []): Promise<string> {
  count += 1;
  const head = [
    `From: Erika Klein <klein${count}@post.example>`,
    'To: service@haus.example',
    `Subject: ${subject}`,
    `Message-ID: <r${count}@post.example>`,
  ];
  await mailArrives(h, account.id, [...head, ...more, '', 'Wo ist mein Sofa?'].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}
const tick = () => module.ticks?.find(({ name }) => name === 'routing.ring')?.run(jobWork(h.house.platform));
const rang = async () =>
  (
    await h.db.query<{
      type: string;
      id: string;
      trueAt: string;
      at: Date;
    }>(sql`select type, data->>'conversationId' as id, data->>'trueAt' as "trueAt", at from events
      where type in ('routing.answer_near_due', 'routing.answer_overdue') and at >= ${new Date(h.clock.now().getTime() - 6 * 24 * hour)} order by seq`)
  ).map(({ type, ...rest }) => ({ ...rest, what: type.slice('routing.answer_'.length) }));
const whats = async () => (await rang()).map(({ what, id }) => [what, id]);
const row = (id: string) =>
  h.db.one<{ due: Date | null; near: Date | null; alarm: Date | null; version: number }>(
    sql`select due_at as due, warn_at as near, alarm_at as alarm, version from conversations where id = ${id}`,
  );
const answered = async (id: string) => {
  const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
  const to = [{ name: '', address: 'klein@post.example' }];
  await h.call(people.kim, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), text: 'Es kommt.', to, undoSeconds: 0 });
};

describe('an answer that is due', () => {
  it('is shown with its time in every list, which stands in that order', async () => {
    const first = await arrives();
    const now = h.clock.now().getTime();
    h.clock.advance(hour);
    const urgent = await arrives();
    await h.call(people.kim, api.change, { id: urgent, priority: 'urgent' });
    const { items } = (await h.call(people.kim, api.list, { view: 'unassigned' })).body;
    expect(items.slice(0, 2).map(({ id, due }) => [id, due?.at, due?.clock])).toEqual([
      [urgent, new Date(now + 2 * hour).toISOString(), 'first_answer'],
      [first, new Date(now + 4 * hour).toISOString(), 'first_answer'],
    ]);
    expect(items[1]?.due?.nearAt).toBe(new Date(now + 0.8 * 4 * hour).toISOString());
    // By pages as well as at once.
    const page = (await h.call(people.kim, api.list, { view: 'unassigned', limit: 1 })).body;
    const next = (await h.call(people.kim, api.list, { view: 'unassigned', limit: 1, cursor: page.nextCursor ?? '' })).body;
    expect([page.items[0]?.id, next.items[0]?.id]).toEqual([urgent, first]);
    // The next one to take is the one that is due next.
    expect((await h.call(people.kim, api.takeNext, { view: 'unassigned' })).body.conversation.id).toBe(urgent);
  });

  it('rings when it is near and when it is overdue, each once and not before, whoever looks', async () => {
    const id = await arrives();
    h.clock.advance(3.2 * hour - 1);
    await tick();
    expect(await rang()).toEqual([]);
    h.clock.advance(1);
    await Promise.all([1, 2, 3].map(() => transaction(h.house.platform, system, ring)));
    expect(await whats()).toEqual([['near_due', id]]);
    h.clock.advance(0.8 * hour);
    await Promise.all([1, 2, 3].map(() => transaction(h.house.platform, system, ring)));
    await tick();
    expect(await whats()).toEqual([
      ['near_due', id],
      ['overdue', id],
    ]);
    h.clock.advance(24 * hour);
    await tick();
    expect(await rang()).toHaveLength(2);
  });

  it('says so on the health page when nothing rings any more, and when it does again', async () => {
    const alarms = async () => (await routingHealth(reading(h.house.platform, system)))[0];
    await arrives();
    h.clock.advance(3.2 * hour + 29_000);
    expect(await alarms()).toEqual({ name: 'routing.alarms', ok: true, data: { seconds: 29 } });
    h.clock.advance(1_000);
    expect(await alarms()).toEqual({ name: 'routing.alarms', ok: false, code: 'routing.alarms_late', data: { seconds: 30 } });
    const part = async () => /routing\.alarms"} (.)/.exec((await h.house.http.inject('/metrics')).body)?.[1];
    expect(await part()).toBe('0');
    await tick();
    expect([await alarms(), await part()]).toEqual([{ name: 'routing.alarms', ok: true, data: { seconds: 0 } }, '1']);
  });

  it('does not ring once it was answered or called spam', async () => {
    const [mail, spam] = [await arrives(), await arrives()];
    await h.call(people.kim, api.bulk, { ids: [spam], step: 'classify_spam' });
    await answered(mail);
    expect([await row(mail), await row(spam)]).toMatchObject([
      { due: null, alarm: null },
      { due: null, alarm: null },
    ]);
    h.clock.advance(5 * hour);
    await tick();
    expect(await rang()).toEqual([]);
  });

  it('rings first for what came true while nothing ran, in the order in which it came true', async () => {
    const slow = await arrives();
    h.clock.advance(60_000);
    const quick = await arrives();
    await h.call(people.kim, api.change, { id: quick, priority: 'urgent' });
    const from = h.clock.now().getTime();
    h.clock.advance(9 * hour);
    const fresh = await arrives();
    await tick();
    expect((await rang()).map(({ what, id, trueAt }) => [what, id, Date.parse(trueAt) - from])).toEqual([
      ['near_due', quick, 0.8 * hour],
      ['overdue', quick, hour],
      ['near_due', slow, 3.2 * hour - 60_000],
      ['overdue', slow, 4 * hour - 60_000],
    ]);
    expect((await row(fresh)).alarm).not.toBeNull();
  });

  it('is not told of while its customer’s data only lies there', async () => {
    const id = await arrives();
    await h.db.exec(sql`update conversations set restricted_at = ${h.clock.now()} where id = ${id}`);
    h.clock.advance(5 * hour);
    await tick();
    expect(await rang()).toEqual([]);
  });
});

describe('service levels', () => {
  const level = {
    name: 'Alles',
    channels: [],
    visibility: 'any' as const,
    teamIds: [],
    priorities: [],
    hours: 'always' as const,
    firstAnswerMinutes: 60,
    nextAnswerMinutes: 120,
    solutionMinutes: null,
    warnPercent: 50,
  };
  const set = (more: object = {}) => h.call(people.dorit, routingEndpoints.setServiceLevels, { levels: [level], ...more });

  it('hold from now on; who waits keeps the time they had, unless it is changed for them, too', async () => {
    expect((await h.call(people.kim, routingEndpoints.serviceLevels, {})).body).toMatchObject({ validFrom: null, coming: [] });
    const before = await arrives();
    const from = h.clock.now().getTime();
    h.clock.advance(60_000);
    expect((await set()).body).toMatchObject({ validFrom: h.clock.now().toISOString(), levels: [level] });
    await h.drain();
    const after = await arrives();
    expect([(await row(before)).due, (await row(after)).due]).toEqual([new Date(from + 4 * hour), new Date(from + 60_000 + hour)]);
    const { version } = await row(before);
    h.clock.advance(60_000);
    await set({ recompute: true });
    const events = await h.drain();
    expect(await row(before)).toEqual({
      due: new Date(from + hour),
      near: new Date(from + hour / 2),
      alarm: new Date(from + hour / 2),
      version: version + 1,
    });
    // The answer, and the solution, which has no time any more.
    expect(events.find(({ type }) => type === 'routing.dues_recomputed')?.data).toEqual({ moved: 2 });
    // Computed again nothing moves, so nothing is written and nothing said.
    await recompute(jobWork(h.house.platform));
    expect((await row(before)).version).toBe(version + 1);
  });

  it('may begin later, and then hold by themselves', async () => {
    const later = new Date(h.clock.now().getTime() + hour).toISOString();
    const body = (await set({ levels: [{ ...level, name: 'Später', firstAnswerMinutes: 5 }], validFrom: later })).body;
    expect(body.coming).toMatchObject([{ validFrom: later, levels: [{ name: 'Später' }] }]);
    await h.drain();
    const now = await arrives();
    expect((await row(now)).due).toEqual(new Date(h.clock.now().getTime() + hour));
    h.clock.advance(hour);
    const then = await arrives();
    expect((await row(then)).due).toEqual(new Date(h.clock.now().getTime() + 5 * 60_000));
  });

  it('are refused with a reason when they begin in the past, name a team that is gone, or come from whoever may not set them', async () => {
    const past = await set({ validFrom: new Date(h.clock.now().getTime() - 1).toISOString() });
    expect([past.status, past.body]).toMatchObject([422, { code: 'routing.begins_in_the_past' }]);
    expect((await set({ levels: [{ ...level, teamIds: [crypto.randomUUID()] }] })).body).toMatchObject({ code: 'routing.team_unknown' });
    expect((await set({ levels: [] })).status).toBe(400);
    expect((await h.call(people.kim, routingEndpoints.setServiceLevels, { levels: [level] })).status).toBe(403);
  });
});

it('tells of each wait since when, until when, what was due and why, from the messages alone', async () => {
  const id = await arrives();
  const asked = h.clock.now().toISOString();
  h.clock.advance(2 * hour);
  await answered(id);
  const answeredAt = h.clock.now().toISOString();
  h.clock.advance(hour);
  await mailArrives(
    h,
    account.id,
    [
      `From: Erika Klein <klein${count}@post.example>`,
      'To: service@haus.example',
      'Subject: Re: Sofa',
      `Message-ID: <again${count}@post.example>`,
      `In-Reply-To: <r${count}@post.example>`,
      '',
      'Und wann?',
    ].join('\n'),
  );
  await h.drain();
  const again = h.clock.now().toISOString();
  const { items } = (await h.call(people.kim, routingEndpoints.waits, { id })).body;
  expect(items).toMatchObject([
    { clock: 'first_answer', since: asked, answeredAt, isLate: true, due: { minutes: 5, level: 'Später', hours: 'always' } },
    { clock: 'next_answer', since: again, answeredAt: null, isLate: false, due: { minutes: 120 } },
  ]);
  expect((await h.call(people.mehmet, routingEndpoints.waits, { id })).status).toBe(404);
});
