import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { noteDeliveries } from './delivery.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());

let count = 0;
/** A customer's mail, held by Kim; and more of hers in the same thread. */
async function written() {
  count += 1;
  const who = `klein${count}@post.example`;
  const first = `<w${count}@post.example>`;
  const arrives = async (id: string, answers?: string) => {
    h.clock.advance(60_000);
    const lines = [`From: Erika Klein <${who}>`, 'To: service@haus.example', 'Subject: Sofa', `Message-ID: ${id}`];
    await mailArrives(h, account.id, [...lines, ...(answers ? [`In-Reply-To: ${answers}`] : []), '', 'Wo ist mein Sofa?'].join('\n'));
    await h.drain();
  };
  await arrives(first);
  const since = h.clock.now();
  await arrives(`<more-${count}@post.example>`, first);
  const { id } = await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc limit 1`);
  const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
  const draft = () => ({ id, fence, draftId: crypto.randomUUID(), to: [{ name: '', address: who }] });
  const answers = async (sendAt?: string) =>
    (await h.call(people.kim, api.reply, { ...draft(), text: 'Es kommt Montag.', baseSeq: 2, ...(sendAt ? { sendAt } : {}) })).body.message;
  const now = () =>
    h.db.one<{ since: Date | null; first: Date | null; state: string }>(
      sql`select waiting_since as since, first_answer_at as first, state from conversations where id = ${id}`,
    );
  return { id, since, draft, answers, now };
}

describe('since when a customer waits', () => {
  it('is the first of their messages that nobody has answered; an answer ends it and remembers it', async () => {
    const { id, since, answers, now } = await written();
    expect(await now()).toEqual({ since, first: null, state: 'in_progress' });
    const message = await answers();
    expect(await now()).toEqual({ since: null, first: h.clock.now(), state: 'waiting_customer' });
    const kept = await h.db.one<{ at: Date }>(sql`select answers_since as at from messages where id = ${message.id}`);
    expect(kept.at).toEqual(since);
    expect((await h.call(people.kim, api.list, { view: 'waiting' })).body.items.map((one) => one.id)).toContain(id);
  });

  it('is what it was when the answer is taken back, and whoever took it back has it again', async () => {
    const { id, since, draft, answers, now } = await written();
    const message = await answers();
    const undone = await h.call(people.kim, api.undoSend, { id, messageId: message.id });
    expect(undone.status).toBe(200);
    expect(await now()).toEqual({ since, first: null, state: 'in_progress' });
    const shown = (await h.call(people.kim, api.list, { view: 'mine' })).body.items.find((one) => one.id === id);
    expect(shown).toMatchObject({ waitingSince: since.toISOString(), claim: { personId: people.kim.id } });
    // The lease that came with it is the one to send with.
    const fence = undone.body.lease?.fence ?? 0;
    const again = { ...draft(), fence, text: 'Es kommt Dienstag.', baseSeq: message.seq };
    expect((await h.call(people.kim, api.reply, again)).status).toBe(201);
  });

  it.each(['waiting_customer', 'resolved'])(
    'is what it was in the queue, too, when it is %s and somebody else serves the customer by then',
    async (state) => {
      const { id, since, answers, now } = await written();
      const message = await answers();
      await h.db.exec(sql`update conversations set state = ${state} where id = ${id}`);
      await h.db.exec(sql`insert into customer_leases (customer_id, person_id, since, until) select customer_root_id, ${people.olaf.id}, ${h.clock.now()},
      ${new Date(h.clock.now().getTime() + 60_000)} from conversations where id = ${id}`);
      await h.call(people.kim, api.undoSend, { id, messageId: message.id });
      expect(await now()).toEqual({ since, first: null, state: 'queued' });
      await h.db.exec(sql`delete from customer_leases`);
    },
  );

  it('is what it was when the answer cannot be delivered', async () => {
    const { since, answers, now } = await written();
    const message = await answers();
    h.clock.advance(3_600_000);
    await h.db.exec(
      sql`update outbox set state = 'failed', problem = ${sql.json({ code: 'smtp', text: 'No such user' })} where message_id = ${message.id}`,
    );
    await transaction(h.house.platform, system, (ctx) => noteDeliveries(ctx, [message.id]));
    expect(await now()).toMatchObject({ since, state: 'queued' });
  });

  it.each([
    ['waiting_customer', 'queued'],
    ['resolved', 'queued'],
    // Somebody took it up again before it came back.
    ['in_progress', 'in_progress'],
    ['handover', 'handover'],
  ])('is what it was when the answer comes back to what is %s by then', async (state, then) => {
    const { id, since, answers, now } = await written();
    const message = await answers();
    await h.db.exec(
      sql`update conversations set state = ${state}, resolved_at = ${state === 'resolved' ? h.clock.now() : null} where id = ${id}`,
    );
    await h.db.exec(
      sql`update outbox set state = 'failed', problem = ${sql.json({ code: 'smtp', text: 'No such user' })} where message_id = ${message.id}`,
    );
    await transaction(h.house.platform, system, (ctx) => noteDeliveries(ctx, [message.id]));
    expect(await now()).toMatchObject({ since, state: then });
    const { resolvedAt } = await h.db.one<{ resolvedAt: Date | null }>(
      sql`select resolved_at as "resolvedAt" from conversations where id = ${id}`,
    );
    expect(resolvedAt).toBeNull();
  });

  it('goes on while a third party is asked: what is forwarded answers nobody', async () => {
    const { id, since, draft, now } = await written();
    const { messages } = (await h.call(people.kim, api.open, { id })).body;
    const forwarded = await h.call(people.kim, api.forward, {
      ...draft(),
      to: [{ name: '', address: 'werkstatt@dritte.example' }],
      text: 'Bitte prüfen.',
      messageIds: messages.flatMap((one) => (one.kind === 'message' ? [one.id] : [])),
    });
    expect(forwarded.status).toBe(201);
    expect(await now()).toEqual({ since, first: null, state: 'in_progress' });
    await h.call(people.kim, api.step, { id, step: 'need_third_party' });
    expect(await now()).toEqual({ since, first: null, state: 'waiting_third_party' });
  });
});
