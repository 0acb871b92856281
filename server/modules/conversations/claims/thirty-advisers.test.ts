import { afterAll, beforeAll, expect, it } from 'vitest';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { House } from '../../../platform/house/house.ts';
import { besides, type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives, sendAllDue } from '../../channels/testing.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { releaseExpired } from './release.ts';

/**
 * Specification 2.8.7: thirty advisers on a thousand conversations, through two processes whose clocks disagree. Browsers die, people are too slow,
 * requests are repeated, the customers' mails are delivered again and again, sweepers run. Time goes on with the work, so that the speed of the
 * machine decides nothing.
 */
const conversations = 1_000;
/** The rest is left lying, in whatever hands it is. */
const enough = 980;
const perRequest = 500;
const skew = 2_000;

let h: TestHouse;
let ahead: House;
let people: Cast;
let account: { id: string };
let houses: [House, House];
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '12' }, { upTo: 'conversations' });
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', name: 'Service', address: 'service@haus.example', teamId: people.team.id });
  ahead = await besides(h, { clock: { now: () => new Date(h.clock.now().getTime() + skew) }, upTo: 'conversations' });
  houses = [h.house, ahead];
});
afterAll(async () => {
  await ahead?.close();
  await h?.close();
});

/** The same chances in every run, as far as what meets what allows. */
let state = 20_261_123;
const chance = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance() * list.length)];

/** Each customer has two conversations, one after the other in the list, which only one person may serve at a time. */
const customerOf = (n: number) => `kunde${n >> 1}@post.example`;
/** The mail of a conversation, by another way each time: what relays add makes no other mail of it. */
const mail = (n: number, way = 0) =>
  [
    `Received: from post.example by relay${way}.example; attempt ${way}`,
    `From: Kundin ${n >> 1} <${customerOf(n)}>`,
    'To: service@haus.example',
    `Message-ID: <rennen${n}@post.example>`,
    `Subject: Paket ${n}`,
    '',
    `Guten Tag, wo ist Paket ${n}?`,
  ].join('\n');

interface Answer {
  status: number;
  code: string | undefined;
  body: { lease?: { fence: number; until: string }; conversation?: { id: string }; message?: { id: string } };
}

async function ask(
  house: House,
  who: { id: string },
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload: object = {},
): Promise<Answer> {
  const reply = await house.http.inject({
    method,
    url: `/api/v1/conversations/${path}`,
    payload,
    headers: { authorization: `Test ${who.id}` },
  });
  h.clock.advance(perRequest);
  const body = reply.json<Answer['body'] & { code?: string }>();
  return { status: reply.statusCode, code: body.code, body };
}

/** Until when a lease was told to last, by conversation and fence. */
const leases = new Map<string, number>();
const until = (id: string, fence: number) => leases.get(`${id} ${fence}`) ?? 0;
const told = (id: string, { body }: Answer): number => {
  const { fence, until: end } = body.lease ?? { fence: 0, until: '' };
  leases.set(`${id} ${fence}`, Math.max(until(id, fence), Date.parse(end)));
  return fence;
};

const sweep = (house: House) => transaction(house.platform, system, releaseExpired);

it('of thirty advisers and a thousand conversations: one answer each, no two holders, nothing twice, nothing left lying', async () => {
  for (let n = 0; n < conversations; n += 100)
    await Promise.all(Array.from({ length: 100 }, (_, i) => mailArrives(h, account.id, mail(n + i))));
  await h.drain();
  const numbers = await h.db.query<{ id: string; n: number }>(
    sql`select id, substring(subject from '[0-9]+')::int as n from conversations order by n`,
  );
  expect(numbers).toHaveLength(conversations);
  const open = numbers.map(({ id }) => id);
  const recipient = new Map(numbers.map(({ id, n }) => [id, customerOf(n)]));

  const answered = new Map<string, { messageId: string; by: string }>();
  const seen = { taken: 0, served: 0, dead: 0, late: 0, stale: 0, intruders: 0, repeated: 0, given: 0 };
  const isOver = () => answered.size >= enough;

  const reply = (house: House, who: { id: string }, id: string, fence: number, draftId: string = crypto.randomUUID()) =>
    ask(house, who, 'POST', `${id}/messages`, {
      draftId,
      fence,
      // What stood there when the conversation was in the list: the customer's first mail.
      baseSeq: 1,
      text: 'Guten Tag, es ist unterwegs.',
      to: [{ name: '', address: recipient.get(id) }],
      undoSeconds: 0,
    });
  /** Somebody with a browser, which asks one process or the other. */
  async function adviser(who: { id: string }, colleague: { id: string }): Promise<void> {
    const late: { id: string; fence: number; at: number }[] = [];
    const tryLate = async (one: { id: string; fence: number }) => {
      const refused = await reply(oneOf(houses) as House, who, one.id, one.fence);
      expect([refused.status, refused.code]).toEqual([409, 'conversations.claim_lost']);
      seen.late += 1;
    };
    /** There is an answer already: nothing to do but to wait for somebody else. */
    const setAside = (house: House, id: string) => ask(house, who, 'POST', `${id}/steps`, { step: 'need_third_party' });
    while (!isOver()) {
      const due = late.findIndex(({ at }) => at <= h.clock.now().getTime());
      if (due >= 0) await tryLate(late.splice(due, 1)[0] as (typeof late)[number]);
      const house = oneOf(houses) as House;
      const how = chance();
      // From a list that is a little old: everybody reaches for the same, and for what somebody else has just answered.
      const outdated = [...answered].filter(([, { by }]) => by !== who.id).at(-1)?.[0];
      const wanted = how < 0.04 && outdated ? outdated : (oneOf(open.slice(0, 25)) ?? '');
      const taken = how < 0.6 ? await ask(house, who, 'POST', `${wanted}/claim`) : await ask(house, who, 'POST', 'next');
      if (taken.status !== 200) {
        expect(['conversations.already_claimed', 'conversations.customer_already_served', 'conversations.nothing_free']).toContain(
          taken.code,
        );
        if (taken.code === 'conversations.already_claimed') seen.taken += 1;
        if (taken.code === 'conversations.customer_already_served') seen.served += 1;
        continue;
      }
      const id = taken.body.conversation?.id ?? '';
      const fence = told(id, taken);
      // Whoever wrote the answer knows it.
      if (answered.get(id)?.by === who.id) {
        await setAside(house, id);
        continue;
      }
      const fate = chance();
      if (fate < 0.07) {
        seen.dead += 1;
        continue;
      }
      if (fate < 0.14) {
        late.push({ id, fence, at: until(id, fence) + skew });
        continue;
      }
      if (fate < 0.18) {
        const given = await ask(house, who, 'DELETE', `${id}/claim`);
        expect([200, 409]).toContain(given.status);
        seen.given += 1;
        continue;
      }
      for (let beats = fate < 0.3 ? 3 : 0; beats > 0; beats -= 1) {
        const beat = await ask(oneOf(houses) as House, who, 'PUT', `${id}/claim`, { fence });
        if (beat.status === 200) told(id, beat);
        else expect(beat.code).toBe('conversations.claim_lost');
      }
      if (fate > 0.95) {
        const intruder = await reply(oneOf(houses) as House, colleague, id, fence);
        expect([intruder.status, intruder.code]).toEqual([409, 'conversations.claim_lost']);
        seen.intruders += 1;
      }
      const draftId = crypto.randomUUID();
      const times = fate > 0.3 && fate < 0.45 ? 2 : 1;
      // The browser repeats what it got no answer to, at the other process.
      const sent = await Promise.all(Array.from({ length: times }, (_, n) => reply(houses[n % 2] as House, who, id, fence, draftId)));
      const messages = sent.flatMap(({ body }) => body.message?.id ?? []);
      // By the clock of one process a lease may have ended before the other one takes the answer.
      for (const { body, code } of sent)
        if (!body.message) expect(['conversations.claim_lost', 'conversations.stale_view']).toContain(code);
      if (messages[0]) {
        expect(new Set(messages).size).toBe(1);
        expect(answered.has(id)).toBe(false);
        answered.set(id, { messageId: messages[0], by: who.id });
        if (open.includes(id)) open.splice(open.indexOf(id), 1);
        if (messages.length === 2) seen.repeated += 1;
      } else if (sent[0]?.code === 'conversations.stale_view') {
        seen.stale += 1;
        await setAside(house, id);
      }
    }
    while (late.length > 0) {
      const one = late.pop() as (typeof late)[number];
      if (one.at <= h.clock.now().getTime()) await tryLate(one);
    }
  }

  let redelivered = 0;
  /** What goes on besides, each in both processes at once and again when some work was done. */
  async function meanwhile(seconds: number, work: () => Promise<unknown>): Promise<void> {
    while (!isOver()) {
      await work();
      for (const next = h.clock.now().getTime() + seconds * 1_000; h.clock.now().getTime() < next && !isOver(); )
        await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  const mailAgain = async () => {
    const n = Math.floor(chance() * conversations);
    await Promise.all(houses.map((house, way) => mailArrives({ ...h, house }, account.id, mail(n, way))));
    redelivered += 2;
  };
  const everythingElse = () =>
    Promise.all([
      meanwhile(20, mailAgain),
      meanwhile(20, () => Promise.all(houses.map(sweep))),
      meanwhile(30, () => Promise.all(houses.map((house) => sendAllDue({ ...h, house })))),
      meanwhile(120, () => Promise.all(houses.map((house) => house.drain()))),
    ]);

  const advisers = await Promise.all(
    Array.from({ length: 30 }, (_, i) => createPerson(h, { name: `Adviser ${i}`, roles: ['agent'], teamIds: [people.team.id] })),
  );
  await Promise.all([...advisers.map((who, i) => adviser(who, advisers[(i + 1) % 30] as { id: string })), everythingElse()]);

  h.clock.advance(6 * 60_000);
  await Promise.all(houses.map((house) => house.drain()));
  while ((await Promise.all(houses.map(sweep))).some((n) => n > 0));
  await Promise.all(houses.map((house) => sendAllDue({ ...h, house })));
  await h.drain();

  // One answer for each that was answered, sent once, and for no other.
  const answers = await h.db.query<{ id: string; messageId: string; outbox: number; mails: number; state: string }>(sql`
    select m.conversation_id as id, m.id as "messageId", o.state,
      (select count(*)::int from outbox where conversation_id = m.conversation_id) as outbox,
      (select count(*)::int from local_outbox where message_id = m.id) as mails
    from messages m left join outbox o on o.message_id = m.id where m.direction = 'out' and m.kind = 'message'`);
  expect(answers.map(({ id }) => id).toSorted()).toEqual([...answered.keys()].toSorted());
  expect(answers.filter(({ id, messageId }) => answered.get(id)?.messageId !== messageId)).toEqual([]);
  expect(answers.filter(({ outbox, mails, state: sending }) => outbox !== 1 || mails !== 1 || sending !== 'sent')).toEqual([]);

  // Every mail is there once, whatever came again.
  expect(redelivered).toBeGreaterThan(100);
  const mails = await h.db.query<{ platformId: string; n: number; conversationId: string }>(
    sql`select platform_id as "platformId", count(*)::int as n from messages where direction = 'in' group by platform_id`,
  );
  expect(mails.map(({ platformId }) => platformId).toSorted()).toEqual(
    Array.from({ length: conversations }, (_, n) => `rennen${n}@post.example`).toSorted(),
  );
  expect(mails.filter(({ n }) => n !== 1)).toEqual([]);
  expect(await h.db.one(sql`select count(*)::int as n from conversations`)).toEqual({ n: conversations });

  // Nobody holds anything any more, and what nobody answered waits for the next.
  expect(await h.db.query(sql`select id from conversations where claimed_by is not null or claim_until is not null`)).toEqual([]);
  expect(await h.db.query(sql`select * from customer_leases where until > ${h.clock.now()}`)).toEqual([]);
  const waiting = await h.db.query<{ id: string; state: string }>(
    sql`select id, state from conversations where not id = any(${[...answered.keys()]}::uuid[])`,
  );
  expect(waiting).toHaveLength(conversations - answered.size);
  expect(waiting.filter((one) => one.state !== 'queued')).toEqual([]);

  expectOneHolder(
    await h.db.query<Told>(sql`select type, at, data->>'conversationId' as "conversationId", data->>'customerId' as "customerId",
        data->>'personId' as "personId", (data->>'fence')::int as fence, data->>'toState' as "toState" from events
      where type in ('conversations.claimed', 'conversations.released', 'conversations.lease_expired', 'conversations.message_sent',
        'conversations.state_changed') order by seq`),
  );
  // All of it has happened.
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
}, 240_000);

interface Told {
  type: string;
  at: Date;
  conversationId: string;
  customerId: string;
  personId: string;
  fence: number;
  toState: string | null;
}

/** Goes through the event log: each fence is one more than the last, and who takes what another had does so after that one's end or time. */
function expectOneHolder(events: readonly Told[]): void {
  const holding = new Map<string, Told>();
  const fences = new Map<string, number>();
  let takenOver = 0;
  for (const event of events) {
    const { type, conversationId: id } = event;
    const holder = holding.get(id);
    if (type === 'conversations.claimed') {
      expect(event.fence).toBe((fences.get(id) ?? 0) + 1);
      fences.set(id, event.fence);
      for (const other of holding.values()) {
        const touches = other.conversationId === id || other.customerId === event.customerId;
        if (!touches || other.personId === event.personId) continue;
        takenOver += 1;
        expect(event.at.getTime(), JSON.stringify([other, event])).toBeGreaterThanOrEqual(until(other.conversationId, other.fence));
      }
      holding.set(id, event);
    } else if (type === 'conversations.message_sent') {
      expect(holder?.personId).toBe(event.personId);
      expect(event.at.getTime()).toBeLessThan(until(id, holder?.fence ?? 0));
    } else if (type !== 'conversations.state_changed') {
      expect([holder?.personId, holder?.fence]).toEqual([event.personId, event.fence]);
      if (type === 'conversations.lease_expired') expect(event.at.getTime()).toBeGreaterThanOrEqual(until(id, event.fence));
      holding.delete(id);
    } else if (event.toState !== 'in_progress' && event.toState !== null) holding.delete(id);
  }
  expect(holding.size).toBe(0);
  expect(takenOver).toBeGreaterThan(0);
}
