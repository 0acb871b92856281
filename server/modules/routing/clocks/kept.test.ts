import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints } from '../../../../contract/routing.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { retimeWaits, waitingIds } from '../../conversations/index.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { someQueue } from '../testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
  await h.call(people.dorit, routingEndpoints.setQueues, {
    items: [someQueue({ priorities: ['urgent'] }), someQueue({ teamIds: [people.otherTeam.id] }), someQueue()],
  });
  await h.drain();
});
afterAll(() => h.close());

const whatHappens = [
  'customer writes',
  'machine writes',
  'answered',
  'answered, then taken back',
  'forwarded',
  'expert asked',
  'expert answers',
  'given back',
  'priority',
  'other team',
  'spam',
  'no spam',
  'merged with another',
  'taken apart',
  'split off',
] as const;

let count = 0;

/** A conversation to which things happen through the house's own doors; what is not allowed just then is refused and changes nothing. */
async function story() {
  count += 1;
  const who = `klein${count}@post.example`;
  const first = `<k${count}@post.example>`;
  let mails = 0;
  const mail = async (headers: string[] = []) => {
    mails += 1;
    const head = [`From: Erika Klein <${who}>`, 'To: service@haus.example', 'Subject: Sofa', ...headers];
    await mailArrives(h, account.id, [...head, '', 'Wo ist mein Sofa?'].join('\n'));
    await h.drain();
  };
  await mail([`Message-ID: ${first}`]);
  const { id } = await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`);
  const next = () => [`Message-ID: <k${count}-${mails}@post.example>`, `In-Reply-To: ${first}`];
  const head = async () => ({
    ...(await h.db.one<{ seq: number }>(sql`select last_seq as seq from conversations where id = ${id}`)),
    fence: await fence(),
  });
  const fence = async () => (await h.call(people.olaf, api.claim, { id, mode: 'take_over', reason: 'Test' })).body.lease?.fence ?? 0;
  const reply = async () => {
    const { seq, fence: held } = await head();
    return h.call(people.olaf, api.reply, {
      id,
      fence: held,
      baseSeq: seq,
      draftId: crypto.randomUUID(),
      text: 'Montag.',
      to: [{ name: '', address: who }],
    });
  };
  let other: string | undefined;
  const ways: Record<(typeof whatHappens)[number], () => Promise<unknown>> = {
    'customer writes': () => mail(next()),
    'machine writes': () => mail([...next(), 'Auto-Submitted: auto-replied']),
    answered: reply,
    async 'answered, then taken back'() {
      const sent = await reply();
      if (sent.status === 201) await h.call(people.olaf, api.undoSend, { id, messageId: sent.body.message.id });
    },
    async forwarded() {
      const { fence: held } = await head();
      const [m] = await h.db.query<{ id: string }>(sql`select id from messages where conversation_id = ${id} and kind = 'message' limit 1`);
      await h.call(people.olaf, api.forward, {
        id,
        fence: held,
        draftId: crypto.randomUUID(),
        text: 'Bitte prüfen.',
        to: [{ name: '', address: 'werkstatt@dritte.example' }],
        messageIds: m ? [m.id] : [],
      });
    },
    async 'expert asked'() {
      await fence();
      await h.call(people.olaf, api.step, { id, step: 'ask_expert' });
    },
    'expert answers': () => h.call(people.olaf, api.step, { id, step: 'expert_answered' }),
    async 'given back'() {
      await fence();
      await h.call(people.olaf, api.release, { id });
    },
    priority: () => h.call(people.olaf, api.change, { id, priority: mails % 2 === 0 ? 'urgent' : 'low' }),
    'other team': () => h.call(people.olaf, api.change, { id, teamId: mails % 2 === 0 ? people.team.id : people.otherTeam.id }),
    spam: () => h.call(people.olaf, api.step, { id, step: 'classify_spam' }),
    'no spam': () => h.call(people.olaf, api.step, { id, step: 'not_spam' }),
    async 'merged with another'() {
      await mail([`Message-ID: <other${count}-${mails}@post.example>`]);
      other = (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
      await h.call(people.olaf, api.merge, { id: other, intoId: id });
    },
    'taken apart': async () => other && h.call(people.olaf, api.unmerge, { id: other }),
    async 'split off'() {
      await fence();
      const [m] = await h.db.query<{ id: string }>(
        sql`select id from messages where conversation_id = ${id} and direction = 'in' order by seq desc limit 1`,
      );
      if (m) await h.call(people.olaf, api.split, { id, messageIds: [m.id], subject: 'Anderes' });
    },
  };
  return { id, ways };
}

/** Since when the customer waits, by its messages alone, for as long as nothing but messages happens to it. */
async function waitsSince(id: string): Promise<Date | null> {
  const messages = await h.db.query<{ isAsked: boolean; isAnswered: boolean; at: Date }>(sql`select m.at,
      m.direction = 'in' and m.author_kind = 'customer' as "isAsked",
      m.direction = 'out' and not 'forward' = any (m.facts) and m.delivery->>'state' <> 'cancelled' as "isAnswered"
    from messages m where m.conversation_id = ${id} and m.kind = 'message' order by m.seq`);
  let since: Date | null = null;
  for (const { isAsked, isAnswered, at } of messages) {
    if (isAsked) since ??= at;
    if (isAnswered) since = null;
  }
  return since;
}

describe('whatever happens to a conversation', () => {
  it('its due time and its queue are what computing them anew gives, and since when somebody waits is what its messages say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...whatHappens), { minLength: 3, maxLength: 10 }), async (happenings) => {
        const { id, ways } = await story();
        let onlyMessages = true;
        for (const what of happenings) {
          h.clock.advance(17 * 60_000);
          await ways[what]();
          onlyMessages &&= !['spam', 'no spam', 'merged with another', 'taken apart', 'expert asked', 'expert answers'].includes(what);
          const row = await h.db.one<{ since: Date | null; due: Date | null; alarm: Date | null; first: boolean }>(
            sql`select waiting_since as since, due_at as due, alarm_at as alarm, first_answer_at is null as first from conversations where id = ${id}`,
          );
          if (onlyMessages) expect([what, row.since]).toEqual([what, await waitsSince(id)]);
          expect([what, row.due === null]).toEqual([what, row.alarm === null]);
          const { moved } = await transaction(h.house.platform, system, async (ctx) => retimeWaits(ctx, await waitingIds(ctx.db)));
          expect([what, moved]).toEqual([what, 0]);
        }
      }),
      {
        numRuns: 20,
        examples: [
          [['answered, then taken back', 'customer writes', 'forwarded', 'answered']],
          [['answered', 'priority', 'customer writes', 'answered', 'other team', 'customer writes']],
          [['customer writes', 'expert asked', 'other team', 'expert answers', 'priority']],
          [['merged with another', 'priority', 'taken apart', 'split off', 'spam', 'no spam']],
        ],
      },
    );
  }, 120_000);
});
