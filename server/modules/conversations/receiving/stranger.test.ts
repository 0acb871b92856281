import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelsEndpoints } from '../../../../contract/channels.ts';
import { conversationEndpoints as api, type ConversationDetail } from '../../../../contract/conversations.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives, sendAllDue } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, {
    kind: 'email',
    name: 'Service',
    address: 'service@haus.example',
    teamId: people.team.id,
    settings: { trustedAuthserv: 'mx.haus.example' },
  });
});
afterAll(() => h.close());

interface Given {
  from: string;
  to?: string;
  text?: string;
  headers?: string[];
}

let count = 0;
/** A mail comes in; its id and the conversation it is in. */
async function arrives({ from, to = 'service@haus.example', text = 'Guten Tag', headers = [] }: Given) {
  h.clock.advance(1_000);
  count += 1;
  const platformId = `s${count}@post.example`;
  const lines = [`From: ${from}`, `To: ${to}`, 'Subject: Paket', `Message-ID: <${platformId}>`, ...headers];
  await mailArrives(h, account.id, [...lines, '', text].join('\n'));
  await h.drain();
  const { id } = await h.db.one<{ id: string }>(sql`select conversation_id as id from messages where platform_id = ${platformId}`);
  return { platformId, id };
}

const opened = async (id: string): Promise<ConversationDetail> => (await h.call(people.kim, api.open, { id })).body;
/** Who takes part; ourselves never do. */
const participants = async (id: string): Promise<string[]> =>
  (await h.db.one<{ participants: string[] }>(sql`select participants from conversations where id = ${id}`)).participants.toSorted();
const addresses = (list: readonly { address: string }[]) => list.map((a) => a.address);
const proposed = ({ proposals: { reply, replyAll } }: ConversationDetail) =>
  [...reply.to, ...reply.cc, ...replyAll.to, ...replyAll.cc].map((a) => a.address);

interface Answer {
  to: string[];
  cc?: string[];
  text?: string;
  undoSeconds?: number;
}
/** Kim answers; what leaves, as the receiver's mail program gets it, unless it waits for its undo time. */
async function answers(id: string, { to, cc = [], text = 'Wir kümmern uns.', undoSeconds = 0 }: Answer) {
  const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
  const { conversation } = await opened(id);
  const named = (list: string[]) => list.map((address) => ({ name: '', address }));
  const content = { text, to: named(to), cc: named(cc), undoSeconds };
  const sent = await h.call(people.kim, api.reply, { id, fence, baseSeq: conversation.lastSeq, draftId: crypto.randomUUID(), ...content });
  expect(sent.status).toBe(201);
  await sendAllDue(h);
  await h.drain();
  const { message } = sent.body;
  const mail = (await h.call(people.kim, channelsEndpoints.localOutbox, { limit: 5 })).body.items.find((m) => m.messageId === message.id);
  const raw = mail
    ? String((await h.call(people.kim, channelsEndpoints.localOutboxRaw, { id: mail.id })).body).replaceAll('=\r\n', '')
    : '';
  const unfolded = raw.replaceAll(/\r?\n[ \t]+/g, ' ');
  const header = (name: string) => new RegExp(`^${name}:\\s*(?:.*<)?([^<>\\s]+)>?\\s*$`, 'im').exec(unfolded)?.[1] ?? '';
  return { message, raw, replyTo: header('Reply-To'), messageId: header('Message-ID'), inReplyTo: header('In-Reply-To') };
}

/** The customer asks, we answer, and the customer hands our answer on to somebody. */
async function forwardedAnswer(customer = `Erika Klein <klein${(count += 1)}@post.example>`) {
  const asked = await arrives({ from: customer, text: 'Mein Kontostand ist geheim' });
  const address = /<(.+)>/.exec(customer)?.[1] ?? customer;
  return { id: asked.id, address, asked: asked.platformId, ours: await answers(asked.id, { to: [address] }) };
}

describe('a mail by somebody to whom the customer handed our answer on', () => {
  it('is no contact of the customer, who has had one and makes another by writing again', async () => {
    const { id, address, ours } = await forwardedAnswer();
    const contacts = async () =>
      (
        await h.db.one<{ n: number }>(
          sql`select k.contacts_count::int as n from cases k join conversations c on c.case_id = k.id where c.id = ${id}`,
        )
      ).n;
    expect(await contacts()).toBe(1);
    for (let n = 0; n < 3; n += 1) expect((await arrives({ from: `fremd${n}@fremd.example`, to: ours.replyTo })).id).toBe(id);
    expect(await contacts()).toBe(1);
    // And makes nobody the owner, as a third contact would.
    expect(await h.db.one(sql`select owner_id as owner from cases k join conversations c on c.case_id = k.id where c.id = ${id}`)).toEqual({
      owner: null,
    });
    await arrives({ from: address, to: ours.replyTo });
    expect(await contacts()).toBe(2);
  });

  it('is let in and marked, and makes nobody a participant: not its sender, nor whom it names', async () => {
    const { id, address, ours } = await forwardedAnswer();
    const first = await arrives({
      from: 'Nora Neu <neu@fremd.example>',
      to: ours.replyTo,
      headers: ['Cc: komplize@fremd.example', 'Reply-To: woanders@fremd.example'],
    });
    expect(first.id).toBe(id);
    const { messages } = await opened(id);
    expect(messages[0]).toMatchObject({ facts: ['stranger'], author: { kind: 'customer', name: 'Nora Neu' } });
    expect(await participants(id)).toEqual([address]);

    // The same by the id of our mail, which carries the token too; and marked again, since nothing has changed.
    const again = await arrives({ from: 'neu@fremd.example', headers: [`In-Reply-To: <${ours.messageId}>`] });
    expect(again.id).toBe(id);
    expect((await opened(id)).messages[0]?.facts).toEqual(['stranger']);

    for (const from of ['neu@fremd.example', 'komplize@fremd.example', 'woanders@fremd.example'])
      expect((await arrives({ from, headers: [`In-Reply-To: <${first.platformId}>`] })).id).not.toBe(id);
  });

  it('marks nothing the customer writes, nor whom the customer brings along', async () => {
    const { id, address, ours } = await forwardedAnswer();
    await arrives({ from: `Klein <${address}>`, to: ours.replyTo, headers: ['Cc: mann@post.example'] });
    const husband = await arrives({ from: 'mann@post.example', headers: [`In-Reply-To: <${ours.messageId}>`] });
    expect(husband.id).toBe(id);
    const { messages } = await opened(id);
    expect(messages.flatMap((m) => m.facts)).toEqual([]);
    expect((await opened(id)).proposals.reply.to.map((a) => a.address)).toEqual(['mann@post.example']);
  });

  it('never counts an address of ours with a token among those who take part, nor proposes it, nor knows a sender by it', async () => {
    const { id, address, asked, ours } = await forwardedAnswer();
    const token = ours.replyTo;
    expect(token).toMatch(/^service\+.+@haus\.example$/);
    const all = `${token}, Service+irgendwas@HAUS.example, service@haus.example, mann@post.example`;
    await arrives({ from: `Klein <${address}>`, to: all, headers: [`Cc: ${token}`, `Reply-To: ${token}, ${address}`] });
    expect(await participants(id)).toEqual([address, 'mann@post.example'].toSorted());
    expect(proposed(await opened(id)).filter((one) => /haus/i.test(one))).toEqual([]);
    expect((await opened(id)).proposals.replyAll).toMatchObject({ to: [{ address }], cc: [{ address: 'mann@post.example' }] });
    // Not even where an adviser wrote to it, which is the newest mail now.
    await answers(id, { to: [address, token], cc: ['service+zwei@haus.example'] });
    expect(await participants(id)).toEqual([address, 'mann@post.example'].toSorted());
    expect(proposed(await opened(id)).filter((one) => /haus/i.test(one))).toEqual([]);
    // So a stranger who writes under such an address is not let in by a mere reference.
    const forged = await arrives({ from: 'service+zwei@haus.example', headers: [`In-Reply-To: <${asked}>`] });
    expect(forged.id).not.toBe(id);
  });

  it('leaves the customer’s file alone: who writes is a person of their own, beside the case', async () => {
    const { id, ours } = await forwardedAnswer();
    const before = await opened(id);
    const file = async () => (await h.call(people.kim, customersEndpoints.get, { id: before.conversation.customerId })).body;
    const was = await file();
    await arrives({ from: 'Erika Falsch-Klein <falsch@fremd.example>', to: ours.replyTo });
    const after = await opened(id);
    expect(await file()).toEqual(was);
    expect(after.conversation).toMatchObject({
      customerId: before.conversation.customerId,
      customerName: before.conversation.customerName,
      caseId: before.conversation.caseId,
    });
    const own = after.messages[0]?.author;
    expect(own?.name).toBe('Erika Falsch-Klein');
    expect(own?.id).not.toBe(before.conversation.customerId);
    const cases = await h.db.query(sql`select from cases where customer_id = ${own?.id ?? ''}`);
    expect(cases).toEqual([]);
  });

  it('opens a conversation and a case of its own, unmarked, once the old one is closed', async () => {
    const { id, ours } = await forwardedAnswer();
    await h.db.exec(sql`update conversations set state = 'closed', resolved_at = ${h.clock.now()} where id = ${id}`);
    const late = await arrives({ from: 'spaet@fremd.example', to: ours.replyTo });
    expect(late.id).not.toBe(id);
    const { messages, conversation, proposals } = await opened(late.id);
    expect(messages[0]?.facts).toEqual([]);
    expect(conversation.caseId).not.toBe((await opened(id)).conversation.caseId);
    expect(addresses(proposals.reply.to)).toEqual(['spaet@fremd.example']);
  });

  it('forged in the customer’s name says that, and does not call the customer new', async () => {
    const { id, address, ours } = await forwardedAnswer();
    const fails = 'Authentication-Results: mx.haus.example; dmarc=fail header.from=post.example';
    await arrives({ from: address, to: ours.replyTo, headers: [fails, 'Cc: komplize@fremd.example'] });
    expect((await opened(id)).messages[0]?.facts).toEqual(['auth_failed']);
    await arrives({ from: 'wer@fremd.example', to: ours.replyTo, headers: [fails] });
    const { messages, proposals } = await opened(id);
    expect(messages[0]?.facts).toEqual(['auth_failed', 'stranger']);
    expect(addresses(proposals.reply.to)).toEqual([address]);
    expect(await participants(id)).toEqual([address]);
  });
});

describe('whom an answer is proposed to after a stranger’s mail', () => {
  it('stays the customer, for an answer to all too, however much the stranger writes', async () => {
    const { id, address, ours } = await forwardedAnswer();
    for (let n = 0; n < 51; n += 1)
      await arrives({ from: 'viel@fremd.example', to: ours.replyTo, headers: ['Reply-To: viel2@fremd.example'] });
    const detail = await opened(id);
    expect(detail.messages.every((m) => m.facts.includes('stranger'))).toBe(true);
    expect(addresses(detail.proposals.reply.to)).toEqual([address]);
    expect(detail.proposals.replyAll).toEqual({ to: [{ name: 'Erika Klein', address }], cc: [] });
  });

  it('stays whom we wrote to, where we wrote first and nobody else has answered', async () => {
    const started = await h.call(people.kim, api.start, {
      draftId: crypto.randomUUID(),
      accountId: account.id,
      text: 'Ihr Paket verspätet sich.',
      subject: 'Ihre Bestellung',
      to: [{ name: 'Inge Petersen', address: 'petersen@post.example' }],
      undoSeconds: 0,
    });
    await sendAllDue(h);
    await h.drain();
    const { id } = started.body.conversation;
    const { token } = await h.db.one<{ token: string }>(sql`select platform_id as token from messages where conversation_id = ${id}`);
    expect((await arrives({ from: 'erste@fremd.example', headers: [`In-Reply-To: <${token}>`] })).id).toBe(id);
    expect(proposed(await opened(id))).toEqual(['petersen@post.example', 'petersen@post.example']);
    await answers(id, { to: ['erste@fremd.example'] });
    expect(proposed(await opened(id))).toEqual(['petersen@post.example', 'petersen@post.example']);
  });

  it('is nobody where only the stranger’s mail was split off: somebody has to choose', async () => {
    const { id, ours } = await forwardedAnswer();
    await arrives({ from: 'teil@fremd.example', to: ours.replyTo });
    const messageIds = [(await opened(id)).messages[0]?.id ?? ''];
    const split = await h.call(people.kim, api.split, { id, messageIds, subject: 'Etwas anderes' });
    await h.drain();
    const detail = await opened(split.body.conversation.id);
    expect(detail.messages[0]?.facts).toEqual(['stranger', 'split']);
    expect(proposed(detail)).toEqual([]);
  });
});

describe('answering a stranger knowingly', () => {
  it('makes a participant of whom it goes to, who is then no longer marked', async () => {
    const { id, address, ours } = await forwardedAnswer();
    await arrives({ from: 'Nora Neu <nora@fremd.example>', to: ours.replyTo });
    const toNora = await answers(id, { to: ['nora@fremd.example'] });
    expect(await participants(id)).toEqual([address, 'nora@fremd.example'].toSorted());
    const next = await arrives({ from: 'Nora Neu <nora@fremd.example>', headers: [`In-Reply-To: <${toNora.messageId}>`] });
    expect(next.id).toBe(id);
    const detail = await opened(id);
    expect(detail.messages[0]?.facts).toEqual([]);
    expect(addresses(detail.proposals.reply.to)).toEqual(['nora@fremd.example']);
    // Those who came before stay marked: it was so when they came.
    expect(detail.messages.filter((m) => m.facts.includes('stranger'))).toHaveLength(1);
  });

  it('makes none of them when the answer is taken back in time', async () => {
    const { id, address, ours } = await forwardedAnswer();
    await arrives({ from: 'hastig@fremd.example', to: ours.replyTo });
    const held = await answers(id, { to: ['hastig@fremd.example'], cc: [address], undoSeconds: 10 });
    expect(await participants(id)).toEqual(['hastig@fremd.example', address].toSorted());
    expect((await h.call(people.kim, api.undoSend, { id, messageId: held.message.id })).status).toBe(200);
    expect(await participants(id)).toEqual([address]);
    await arrives({ from: 'hastig@fremd.example', to: ours.replyTo });
    expect((await opened(id)).messages[0]?.facts).toEqual(['stranger']);
  });

  it('keeps whom the customer named meanwhile, when an answer to them is taken back', async () => {
    const { id, address, ours } = await forwardedAnswer();
    const held = await answers(id, { to: ['mann@post.example', 'tante@post.example'], undoSeconds: 10 });
    await arrives({ from: address, to: ours.replyTo, headers: ['Cc: mann@post.example'] });
    await h.call(people.kim, api.undoSend, { id, messageId: held.message.id });
    expect(await participants(id)).toEqual([address, 'mann@post.example'].toSorted());
  });

  it('quotes to nobody what the other wrote, whoever wrote last', async () => {
    const { id, address, asked, ours } = await forwardedAnswer();
    const theirs = await arrives({ from: 'lauscher@fremd.example', to: ours.replyTo, text: 'Und von mir nur Werbung' });
    const toCustomer = await answers(id, { to: [address] });
    expect(toCustomer.raw).toContain('> Mein Kontostand ist geheim');
    expect(toCustomer.raw).not.toContain('Werbung');
    expect(toCustomer.inReplyTo).toBe(asked);
    expect(toCustomer.raw).not.toContain(theirs.platformId);

    await arrives({ from: address, to: ours.replyTo, text: 'Die Nummer lautet 4711' });
    const toStranger = await answers(id, { to: ['lauscher@fremd.example'] });
    expect(toStranger.raw).toContain('> Und von mir nur Werbung');
    expect(toStranger.raw).not.toMatch(/Kontostand|4711/);
    expect(toStranger.inReplyTo).toBe(theirs.platformId);
  });
});

describe('a merged conversation', () => {
  it('knows everybody who took part in either, whichever a mail refers to', async () => {
    const from = 'Erika Doppelt <doppelt@post.example>';
    const one = await forwardedAnswer(from);
    const two = await arrives({ from, headers: ['Cc: kollegin@post.example'] });
    expect((await h.call(people.kim, api.merge, { id: two.id, intoId: one.id })).status).toBe(200);
    const reference = (to: string) => arrives({ from: 'kollegin@post.example', headers: [`In-Reply-To: <${to}>`] });
    expect((await reference(two.platformId)).id).toBe(one.id);
    await h.db.exec(sql`update conversations set participants = array_remove(participants, 'kollegin@post.example') where id = ${one.id}`);
    expect((await reference(one.ours.messageId)).id).toBe(one.id);
    expect((await opened(one.id)).messages.flatMap((m) => m.facts)).toEqual([]);
  });
});

describe('whatever is written in whatever order', () => {
  const who = fc.constantFrom('a@fremd.example', 'b@fremd.example');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('stranger' as const), who, names: fc.option(who) }),
    fc.record({ kind: fc.constant('customer' as const), brings: fc.option(who, { freq: 3 }) }),
    fc.record({ kind: fc.constant('default' as const) }),
    fc.record({ kind: fc.constant('answer' as const), who, undone: fc.boolean() }),
  );

  it('only the customer’s and our own word makes a participant, and nobody else is proposed or unmarked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const { id, address, ours } = await forwardedAnswer();
        const known = new Set([address]);
        for (const one of steps) {
          if (one.kind === 'stranger') {
            const headers = one.names ? [`Cc: ${one.names}`] : [];
            expect((await arrives({ from: one.who, to: ours.replyTo, headers })).id).toBe(id);
            expect((await opened(id)).messages[0]?.facts).toEqual(known.has(one.who) ? [] : ['stranger']);
            if (known.has(one.who) && one.names) known.add(one.names);
          } else if (one.kind === 'customer') {
            await arrives({ from: address, to: ours.replyTo, headers: one.brings ? [`Cc: ${one.brings}`] : [] });
            if (one.brings) known.add(one.brings);
          } else if (one.kind === 'default') {
            const { replyAll } = (await opened(id)).proposals;
            await answers(id, { to: addresses(replyAll.to), cc: addresses(replyAll.cc) });
          } else {
            const { message } = await answers(id, { to: [one.who], undoSeconds: one.undone ? 10 : 0 });
            if (one.undone) expect((await h.call(people.kim, api.undoSend, { id, messageId: message.id })).status).toBe(200);
            else known.add(one.who);
          }
          const detail = await opened(id);
          expect(await participants(id)).toEqual([...known].toSorted());
          expect(detail.proposals.reply.to).not.toEqual([]);
          expect(proposed(detail).filter((a) => !known.has(a))).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('an id that no mail has, named by every mail of a ticket system', () => {
  it('leads its sender on into the same conversation, and nobody else', async () => {
    const asked = await arrives({ from: 'Paketdienst <fall@paketdienst.example>' });
    const ticket = '<ticket-33575@paketdienst.example>';
    const confirmed = await arrives({
      from: 'fall@paketdienst.example',
      headers: [`In-Reply-To: <${asked.platformId}>`, `References: ${ticket} <${asked.platformId}>`],
    });
    const resolved = await arrives({ from: 'fall@paketdienst.example', headers: [`References: ${ticket}`] });
    expect([confirmed.id, resolved.id]).toEqual([asked.id, asked.id]);
    const stranger = await arrives({ from: 'fremd@fremd.example', headers: [`References: ${ticket}`] });
    expect(stranger.id).not.toBe(asked.id);
  });
});
