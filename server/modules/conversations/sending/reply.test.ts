import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelsEndpoints } from '../../../../contract/channels.ts';
import { conversationEndpoints as api, type Conversation } from '../../../../contract/conversations.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type Caller, type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives, sendAllDue } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';
import { scanAttachments } from './scan-attachments.ts';

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
const mail = (given: { from?: string; subject?: string; text?: string; headers?: string[]; id?: string } = {}) => {
  count += 1;
  return [
    `From: ${given.from ?? `Erika Klein <klein${count}@post.example>`}`,
    'To: Service <service@haus.example>',
    `Subject: ${given.subject ?? 'Paket leer'}`,
    `Message-ID: ${given.id ?? `<m${count}@post.example>`}`,
    'Date: Mon, 23 Nov 2026 09:00:00 +0100',
    'Content-Type: text/plain; charset=utf-8',
    ...(given.headers ?? []),
    '',
    given.text ?? 'Guten Tag, mein Paket war leer.',
  ].join('\n');
};

/** A mail comes in and becomes the newest conversation. */
async function arrives(given: Parameters<typeof mail>[0] = {}): Promise<Conversation> {
  h.clock.advance(1_000);
  await mailArrives(h, account.id, mail(given));
  await h.drain();
  const newest = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest', limit: 1 })).body.items[0];
  if (!newest) throw new Error('Nothing arrived');
  h.clock.advance(1_000);
  return newest;
}

const take = async (who: Caller, id: string) => (await h.call(who, api.claim, { id })).body.lease.fence;
const answer = (who: Caller, id: string, fence: number, more: Partial<Parameters<typeof h.call<typeof api.reply>>[2]> = {}) =>
  h.call(who, api.reply, {
    id,
    fence,
    baseSeq: 1,
    draftId: crypto.randomUUID(),
    text: 'Guten Tag Frau Klein, ich kümmere mich.',
    to: [{ name: 'Erika Klein', address: 'klein@post.example' }],
    ...more,
  });
const types = (events: { type: string }[]) => events.map((e) => e.type);
const localMails = async () => (await h.call(people.kim, channelsEndpoints.localOutbox, { limit: 200 })).body.items;

describe('a mail that arrives', () => {
  it('becomes a conversation with customer and case, once, whatever is delivered twice', async () => {
    const raw = mail({ from: 'Jonas Weiß <weiss@post.example>', subject: 'Diese Rechnung zahle ich nicht' });
    await mailArrives(h, account.id, raw);
    await mailArrives(h, account.id, raw);
    const events = await h.drain();
    expect(types(events).filter((t) => t === 'conversations.opened' || t === 'conversations.message_received')).toEqual([
      'conversations.opened',
      'conversations.message_received',
    ]);
    const [first] = (await h.call(people.kim, api.list, { view: 'unassigned', sort: 'newest' })).body.items;
    expect(first).toMatchObject({
      subject: 'Diese Rechnung zahle ich nicht',
      customerName: 'Jonas Weiß',
      state: 'queued',
      lastSeq: 1,
      waitingSince: '2026-11-23T09:00:00.000Z',
    });
    expect(first?.caseId).not.toBeNull();
    expect((await h.call(people.mehmet, api.list, { view: 'open' })).body.items).toEqual([]);
  });

  it('keeps its raw form, byte for byte', async () => {
    const c = await arrives({ text: 'Grüße aus Köln' });
    const opened = await h.call(people.kim, api.open, { id: c.id });
    const raw = await h.call(people.kim, api.raw, { id: opened.body.messages[0]?.id ?? '' });
    expect(String(raw.body)).toContain('Grüße aus Köln');
    expect((await h.call(people.mehmet, api.raw, { id: opened.body.messages[0]?.id ?? '' })).status).toBe(404);
  });

  it('of a stranger with somebody’s case number or message id opens a conversation of its own', async () => {
    const c = await arrives({ from: 'Erika Klein <echt@post.example>', id: '<echt@post.example>' });
    const fence = await take(people.kim, c.id);
    await answer(people.kim, c.id, fence, { undoSeconds: 0 });
    const stranger = await arrives({
      from: 'Fremde <fremd@anders.example>',
      subject: 'Re: Paket leer',
      headers: ['In-Reply-To: <echt@post.example>', 'References: <echt@post.example>'],
    });
    expect(stranger.id).not.toBe(c.id);
    expect(stranger.customerId).not.toBe(c.customerId);
  });

  it('answered by a machine neither reopens nor queues, but is shown', async () => {
    const c = await arrives({ from: 'Erika Klein <urlaub@post.example>', id: '<urlaub@post.example>' });
    await answer(people.kim, c.id, await take(people.kim, c.id), { undoSeconds: 0, to: [{ name: '', address: 'urlaub@post.example' }] });
    await mailArrives(
      h,
      account.id,
      mail({
        from: 'urlaub@post.example',
        subject: 'Abwesenheitsnotiz: Paket leer',
        headers: ['In-Reply-To: <urlaub@post.example>', 'Auto-Submitted: auto-replied'],
      }),
    );
    await h.drain();
    const after = (await h.call(people.kim, api.open, { id: c.id })).body;
    expect(after.conversation).toMatchObject({ state: 'waiting_customer', waitingSince: null });
    expect(after.messages[0]?.automatic).toMatch(/auto_reply|out_of_office/);
  });
});

describe('an answer', () => {
  it('is written once per draft, waits for its undo time, then leaves and is reported', async () => {
    await sendAllDue(h);
    const c = await arrives();
    const fence = await take(people.kim, c.id);
    const draftId = newId(h.clock.now().getTime());
    const sent = await answer(people.kim, c.id, fence, { draftId });
    expect(sent.status).toBe(201);
    expect(types(sent.events)).toEqual(['conversations.message_sent', 'conversations.state_changed']);
    expect(sent.body.message).toMatchObject({
      seq: 2,
      direction: 'out',
      delivery: { state: 'held', until: new Date(h.clock.now().getTime() + 10_000).toISOString() },
    });
    expect(sent.body.conversation).toMatchObject({
      state: 'waiting_customer',
      claim: null,
      assigneeId: people.kim.id,
      lastDirection: 'out',
      waitingSince: null,
    });
    // Under the id that the browser made, which shows it before it is stored.
    expect(sent.body.message.id).toBe(draftId);
    const again = await answer(people.kim, c.id, fence, { draftId });
    expect(again.body.message.id).toBe(sent.body.message.id);

    const before = (await localMails()).length;
    await sendAllDue(h);
    expect((await localMails()).length).toBe(before);
    h.clock.advance(10_001);
    await sendAllDue(h);
    await h.drain();
    expect((await localMails()).length).toBe(before + 1);
    const shown = (await h.call(people.kim, api.open, { id: c.id })).body.messages[0];
    expect(shown).toMatchObject({ id: sent.body.message.id, delivery: { state: 'sent' } });
  });

  it('that no server sends is seen in the outbox by those who may read its conversation', async () => {
    const c = await arrives();
    const sent = await answer(people.kim, c.id, await take(people.kim, c.id), { undoSeconds: 0, text: 'Das bleibt unter uns.' });
    await sendAllDue(h);
    await h.drain();
    const kept = (await localMails()).find((mail) => mail.messageId === sent.body.message.id);
    expect(kept?.subject).toContain('Paket leer');
    const read = (who: Caller) => h.call(who, channelsEndpoints.localOutboxRaw, { id: kept?.id ?? '' });
    expect(String((await read(people.kim)).body)).toContain('Das bleibt unter uns.');
    // The account is everybody's, the conversation is not.
    await h.call(people.luise, api.change, { id: c.id, teamId: people.otherTeam.id });
    await h.call(people.luise, api.release, { id: c.id });
    for (const who of [people.mehmet, people.olaf]) {
      const sees = (await h.call(who, channelsEndpoints.localOutbox, { limit: 200 })).body.items.some(({ id }) => id === kept?.id);
      const mayOpen = (await h.call(who, api.open, { id: c.id })).status === 200;
      expect([sees, (await read(who)).status === 200]).toEqual([mayOpen, mayOpen]);
    }
    expect((await read(people.olaf)).status).toBe(404);
  });

  it('can be taken back within its undo time: nothing leaves, the text is a draft again', async () => {
    await sendAllDue(h);
    const c = await arrives();
    const sent = await answer(people.kim, c.id, await take(people.kim, c.id), { text: 'Zu früh' });
    const undone = await h.call(people.kim, api.undoSend, { id: c.id, messageId: sent.body.message.id });
    expect(undone.body).toMatchObject({ message: { delivery: { state: 'cancelled' } }, draft: { text: 'Zu früh', kind: 'reply' } });
    const before = (await localMails()).length;
    h.clock.advance(60_000);
    await sendAllDue(h);
    expect((await localMails()).length).toBe(before);
    expect((await h.call(people.kim, api.open, { id: c.id })).body.conversation.claim?.personId).toBe(people.kim.id);
  });

  it('bears another id where a message bears the one of the browser already, whosever that is', async () => {
    const c = await arrives();
    const draftId = newId(h.clock.now().getTime());
    const sent = await answer(people.kim, c.id, await take(people.kim, c.id), { draftId });
    await h.call(people.kim, api.undoSend, { id: c.id, messageId: draftId });
    const anew = await answer(people.kim, c.id, await take(people.kim, c.id), { draftId, baseSeq: sent.body.message.seq, text: 'Anders' });
    expect([anew.status, anew.body.message.text]).toEqual([201, 'Anders']);
    expect(anew.body.message.id).not.toBe(draftId);
    const first = (await h.call(people.kim, api.open, { id: c.id })).body.messages.find(({ seq }) => seq === 1);
    const note = await h.call(people.olaf, api.note, { id: c.id, noteId: first?.id ?? '', text: 'Ich kenne sie.' });
    expect(note.status).toBe(201);
    expect(note.body.message.id).not.toBe(first?.id);
  });

  it('can be taken back though a colleague serves the customer elsewhere by now, who keeps that', async () => {
    const c = await arrives();
    const call = await createConversation(h, { teamId: people.team.id, customerId: c.customerId, channel: 'phone' });
    const sent = await answer(people.kim, c.id, await take(people.kim, c.id), { text: 'Zu früh' });
    await h.call(people.kim, api.release, { id: c.id });
    await take(people.olaf, call.id);
    const undone = await h.call(people.kim, api.undoSend, { id: c.id, messageId: sent.body.message.id });
    expect(undone.body).toMatchObject({ message: { delivery: { state: 'cancelled' } }, draft: { text: 'Zu früh' } });
    expect((await h.call(people.kim, api.open, { id: c.id })).body.conversation.claim).toBeNull();
    expect((await h.call(people.kim, api.open, { id: call.id })).body.conversation.claim?.personId).toBe(people.olaf.id);
  });

  it('cannot be taken back once it has left', async () => {
    const c = await arrives();
    const sent = await answer(people.kim, c.id, await take(people.kim, c.id));
    h.clock.advance(11_000);
    await sendAllDue(h);
    await h.drain();
    expect((await h.call(people.kim, api.undoSend, { id: c.id, messageId: sent.body.message.id })).problem.code).toBe(
      'conversations.already_sent',
    );
  });

  it('is refused without the newest fence, and the refusal says who has the conversation', async () => {
    const c = await arrives();
    const fence = await take(people.kim, c.id);
    await h.call(people.luise, api.claim, { id: c.id, mode: 'take_over' });
    const refused = await answer(people.kim, c.id, fence);
    expect(refused.problem).toMatchObject({
      status: 409,
      code: 'conversations.claim_lost',
      data: { holderId: people.luise.id, holderName: 'Luise Wagner' },
    });
    expect(types(refused.events)).toEqual(['conversations.stale_send_refused']);
    expect((await h.call(people.kim, api.open, { id: c.id })).body.messages.filter(({ kind }) => kind === 'message')).toHaveLength(1);
  });

  it('is refused when something newer arrived, and when a colleague wrote a note', async () => {
    const c = await arrives({ from: 'Erika Klein <eilig@post.example>', id: '<eilig@post.example>' });
    const fence = await take(people.kim, c.id);
    await mailArrives(
      h,
      account.id,
      mail({
        from: 'eilig@post.example',
        subject: 'Re: Paket leer',
        text: 'Hat sich erledigt!',
        headers: ['In-Reply-To: <eilig@post.example>'],
      }),
    );
    await h.drain();
    const stale = await answer(people.kim, c.id, fence);
    expect(stale.problem).toMatchObject({ status: 412, code: 'conversations.stale_view', data: { lastSeq: 2 } });
    await h.call(people.olaf, api.note, { id: c.id, noteId: crypto.randomUUID(), text: 'Ich hatte sie am Telefon.' });
    expect((await answer(people.kim, c.id, fence, { baseSeq: 2 })).problem.code).toBe('conversations.stale_view');
    expect((await answer(people.kim, c.id, fence, { baseSeq: 3 })).status).toBe(201);
  });

  it('brings the customer’s next mail into the same conversation and case, back to the same adviser', async () => {
    const c = await arrives({ from: 'Erika Klein <wieder@post.example>' });
    const sent = await answer(people.kim, c.id, await take(people.kim, c.id), {
      undoSeconds: 0,
      to: [{ name: '', address: 'wieder@post.example' }],
    });
    await sendAllDue(h);
    await h.drain();
    const { id } = await h.db.one<{ id: string }>(sql`select platform_id as id from messages where id = ${sent.body.message.id}`);
    await mailArrives(
      h,
      account.id,
      mail({ from: 'Erika Klein <wieder@post.example>', subject: 'AW: Paket leer', text: 'Danke! Wann?', headers: [`In-Reply-To: ${id}`] }),
    );
    await h.drain();
    const after = (await h.call(people.kim, api.open, { id: c.id })).body.conversation;
    expect(after).toMatchObject({ id: c.id, caseId: c.caseId, state: 'queued', lastSeq: 3, assigneeId: people.kim.id });
    expect((await h.call(people.kim, api.list, { view: 'mine' })).body.items.map((i) => i.id)).toContain(c.id);
  });

  it('needs a recipient, words, and attachments that are there', async () => {
    const c = await arrives();
    const fence = await take(people.kim, c.id);
    expect((await answer(people.kim, c.id, fence, { to: [] })).problem.code).toBe('conversations.no_recipient');
    expect((await answer(people.kim, c.id, fence, { text: '  ' })).problem.code).toBe('conversations.empty_message');
    expect((await answer(people.kim, c.id, fence, { attachmentIds: [crypto.randomUUID()] })).problem.code).toBe(
      'conversations.attachment_missing',
    );
  });

  it('is refused while its writer looks when an address is none, and takes pasted line breaks out of names and subject', async () => {
    const c = await arrives();
    const fence = await take(people.kim, c.id);
    for (const address of [
      'a@b.example\r\nBcc: evil@x.example',
      'a@b.example, evil@x.example',
      'a@b.example> <evil@x.example',
      'nowhere',
    ]) {
      const { problem } = await answer(people.kim, c.id, fence, { to: [{ name: '', address }] });
      expect([problem.code, problem.data]).toEqual(['conversations.recipient_invalid', { addresses: [address] }]);
    }
    const sent = await answer(people.kim, c.id, fence, {
      to: [{ name: 'Erika\r\nBcc: evil@x.example', address: ' klein@post.example ' }],
      subject: 'Paket\r\n\r\nleer',
      undoSeconds: 0,
    });
    expect(sent.body.message).toMatchObject({
      to: [{ name: 'Erika Bcc: evil@x.example', address: 'klein@post.example' }],
      subject: 'Paket leer',
    });
    await sendAllDue(h);
    expect((await localMails()).map((m) => m.messageId)).toContain(sent.body.message.id);
  });

  it('takes its attachments along, byte for byte', async () => {
    const c = await arrives();
    const fence = await take(people.kim, c.id);
    const bytes = Buffer.from([0, 1, 2, 250, 251, 252]);
    const { attachment } = (await h.call(people.kim, api.upload, { filename: 'Größe.pdf', mediaType: 'application/pdf', content: bytes }))
      .body;
    expect((await h.call(people.olaf, api.attachment, { id: attachment.id })).status).toBe(404);
    await h.call(people.kim, api.saveDraft, { id: c.id, kind: 'reply', text: 'Anbei', baseSeq: 1, attachmentIds: [attachment.id] });
    expect((await h.call(people.kim, api.open, { id: c.id })).body.drafts[0]?.attachments).toEqual([attachment]);
    const sent = await answer(people.kim, c.id, fence, { attachmentIds: [attachment.id], undoSeconds: 0 });
    expect(sent.body.message.attachments).toMatchObject([{ filename: 'Größe.pdf', size: 6 }]);
    await sendAllDue(h);
    const [newest] = await localMails();
    const raw = await h.call(people.kim, channelsEndpoints.localOutboxRaw, { id: newest?.id ?? '' });
    expect(String(raw.body)).toContain(bytes.toString('base64'));
  });
});

describe('the desk’s other moves', () => {
  it('forwards to a third party, notes excluded', async () => {
    const c = await arrives({ text: 'Bitte an den Hersteller weitergeben.' });
    const fence = await take(people.kim, c.id);
    const note = await h.call(people.kim, api.note, { id: c.id, noteId: crypto.randomUUID(), text: 'intern!' });
    const to = [{ name: 'Hersteller', address: 'service@hersteller.example' }];
    const first = (await h.call(people.kim, api.open, { id: c.id })).body.messages.at(-1)?.id ?? '';
    const refused = await h.call(people.kim, api.forward, {
      id: c.id,
      fence,
      draftId: crypto.randomUUID(),
      text: 'Siehe unten',
      to,
      messageIds: [first, note.body.message.id],
    });
    expect(refused.status).toBe(404);
    const sent = await h.call(people.kim, api.forward, {
      id: c.id,
      fence,
      draftId: crypto.randomUUID(),
      text: 'Siehe unten',
      to,
      messageIds: [first],
      subject: 'WG: Paket',
    });
    expect(sent.body.message).toMatchObject({ to, facts: ['forward'] });
    expect(sent.body.message.text).toContain('Bitte an den Hersteller weitergeben.');
    expect(sent.body.conversation.state).toBe('in_progress');
  });

  it('writes first, and the case follows', async () => {
    const started = await h.call(people.kim, api.start, {
      draftId: crypto.randomUUID(),
      accountId: account.id,
      text: 'Ihr Paket verspätet sich.',
      subject: 'Ihre Bestellung',
      to: [{ name: 'Inge Petersen', address: 'petersen@post.example' }],
      undoSeconds: 0,
    });
    expect(started.body.conversation).toMatchObject({ state: 'waiting_customer', customerName: 'Inge Petersen' });
    await h.drain();
    expect((await h.call(people.kim, api.open, { id: started.body.conversation.id })).body.conversation.caseId).not.toBeNull();
  });

  it('writes first to no customer whom the writer may not read', async () => {
    const theirs = await arrives();
    const { id: accountId } = await createAccount(h, {
      kind: 'email',
      address: 'beratung@haus.example',
      teamId: people.otherTeam.id,
      settings: {},
    });
    const start = (customerId: string) =>
      h.call(people.mehmet, api.start, {
        draftId: crypto.randomUUID(),
        accountId,
        customerId,
        text: 'Hallo',
        subject: 'Hallo',
        to: [{ name: '', address: 'irgendwer@post.example' }],
      });
    for (const id of [theirs.customerId, crypto.randomUUID()]) expect((await start(id)).status).toBe(404);
    expect((await h.call(people.mehmet, customersEndpoints.get, { id: theirs.customerId })).status).not.toBe(200);
  });

  it('merges and unmerges exactly; what arrives for the merged one goes to the other', async () => {
    const from = 'Doppelt <doppelt@post.example>';
    const a = await arrives({ from, id: '<a@post.example>' });
    const b = await arrives({ from, id: '<b@post.example>', subject: 'Noch etwas' });
    const other = await arrives();
    expect((await h.call(people.kim, api.merge, { id: b.id, intoId: other.id })).problem.code).toBe('conversations.other_customer');
    const before = (await h.call(people.kim, api.open, { id: b.id })).body.conversation;
    expect((await h.call(people.kim, api.merge, { id: b.id, intoId: a.id })).status).toBe(200);
    await mailArrives(
      h,
      account.id,
      mail({ from, subject: 'Re: Noch etwas', text: 'Und noch eins', headers: ['In-Reply-To: <b@post.example>'] }),
    );
    await h.drain();
    expect((await h.call(people.kim, api.open, { id: a.id })).body.messages.map((m) => m.text)).toEqual([
      'Und noch eins',
      'Guten Tag, mein Paket war leer.',
      'Guten Tag, mein Paket war leer.',
    ]);
    await h.call(people.kim, api.unmerge, { id: b.id });
    const after = (await h.call(people.kim, api.open, { id: b.id })).body.conversation;
    expect({ ...after, version: 0 }).toEqual({ ...before, version: 0 });
  });

  it('splits off a second concern and takes it back while nobody has worked on it', async () => {
    const c = await arrives({ text: 'Erstens das Paket, zweitens die Rechnung.' });
    const message = (await h.call(people.kim, api.open, { id: c.id })).body.messages[0]?.id ?? '';
    const split = await h.call(people.kim, api.split, { id: c.id, messageIds: [message], subject: 'Rechnung' });
    await h.drain();
    const made = (await h.call(people.kim, api.open, { id: split.body.conversation.id })).body;
    expect(made.conversation.subject).toBe('Rechnung');
    // The concern is the same until an adviser splits the case, too.
    expect(made.conversation.caseId).toBe(c.caseId);
    expect(made.messages[0]?.text).toBe('Erstens das Paket, zweitens die Rechnung.');
    expect((await h.call(people.kim, api.undoSplit, { id: c.id, splitId: split.body.splitId })).status).toBe(200);
  });

  it('assigns only to those who can answer, and takes the row from those who may no longer see it', async () => {
    const c = await arrives();
    expect((await h.call(people.kim, api.change, { id: c.id, assigneeId: people.dorit.id })).problem.code).toBe(
      'conversations.assignee_cannot_read',
    );
    expect((await h.call(people.kim, api.change, { id: c.id, teamId: crypto.randomUUID() })).problem.code).toBe(
      'conversations.team_unknown',
    );
    const moved = await h.call(people.kim, api.change, { id: c.id, teamId: people.otherTeam.id, assigneeId: people.mehmet.id });
    expect(moved.body.conversation).toMatchObject({ teamId: people.otherTeam.id, assigneeId: people.mehmet.id });
    expect((await h.call(people.kim, api.open, { id: c.id })).status).toBe(404);
    expect((await h.call(people.mehmet, api.open, { id: c.id })).status).toBe(200);
  });

  it('snoozes until its time and changes many at once, each for itself', async () => {
    const a = await arrives();
    const b = await arrives();
    const results = (
      await h.call(people.kim, api.bulk, {
        ids: [a.id, b.id, crypto.randomUUID()],
        tags: ['sturm'],
        priority: 'high',
        snoozedUntil: new Date(h.clock.now().getTime() + 60_000).toISOString(),
      })
    ).body.results;
    expect(results.map((r) => r.code).toSorted()).toEqual(['core.not_found', null, null]);
    expect((await h.call(people.kim, api.list, { view: 'snoozed' })).body.items.map((i) => i.id).toSorted()).toEqual(
      [a.id, b.id].toSorted(),
    );
    h.clock.advance(61_000);
    expect((await h.call(people.kim, api.list, { view: 'snoozed' })).body.items).toEqual([]);
    expect((await h.call(people.kim, api.open, { id: a.id })).body.conversation).toMatchObject({ tags: ['sturm'], priority: 'high' });
  });
});

it('an answer is signed by its writer and the account', async () => {
  const inbox = await createAccount(h, {
    kind: 'email',
    address: 'gruss@haus.example',
    teamId: people.team.id,
    settings: {},
    signature: '{{name}} · Hansekontor',
  });
  await h.db.exec(sql`update people set preferences = preferences || '{"signature": "Herzliche Grüße"}' where id = ${people.kim.id}`);
  h.clock.advance(1_000);
  await mailArrives(h, inbox.id, mail({ from: 'gruss@post.example' }).replace('service@', 'gruss@'));
  await h.drain();
  const [c] = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest' })).body.items;
  const sent = await answer(people.kim, c?.id ?? '', await take(people.kim, c?.id ?? ''), { undoSeconds: 0 });
  expect(sent.body.message.signature).toBe('Herzliche Grüße\nKim Sommer · Hansekontor');
  await sendAllDue(h);
  const newest = (await localMails()).find((m) => m.messageId === sent.body.message.id);
  const raw = String((await h.call(people.kim, channelsEndpoints.localOutboxRaw, { id: newest?.id ?? '' })).body);
  expect(raw).toMatch(/\r\n--(?: |=20)\r\nHerzliche Gr/);
});

describe('the virus scanner', () => {
  let scanned: TestHouse;
  let them: Cast;
  let inbox: { id: string };
  beforeAll(async () => {
    scanned = await testHouse({ NAHBAR_VIRUS_SCAN: 'grep -q EICAR && exit 1 || exit 0' });
    them = await cast(scanned);
    inbox = await createAccount(scanned, { kind: 'email', address: 'service@haus.example', teamId: them.team.id, settings: {} });
  });
  afterAll(() => scanned.close());

  it('locks what it finds, and nothing can be downloaded before it has looked', async () => {
    const attached = (name: string, content: string) =>
      `\n--b\nContent-Type: application/octet-stream; name=${name}\nContent-Disposition: attachment; filename=${name}\n\n${content}`;
    await mailArrives(
      scanned,
      inbox.id,
      `${
        mail({ headers: ['MIME-Version: 1.0'] })
          .replace('Content-Type: text/plain; charset=utf-8', 'Content-Type: multipart/mixed; boundary=b')
          .split('\n\n')[0]
      }\n\n--b\n\nSiehe Anhang${attached('gut.txt', 'harmlos')}${attached('boese.txt', 'EICAR')}\n--b--`,
    );
    await scanned.drain();
    const [c] = (await scanned.call(them.kim, api.list, { view: 'open' })).body.items;
    const files = async () => (await scanned.call(them.kim, api.open, { id: c?.id ?? '' })).body.messages[0]?.attachments ?? [];
    const codes = async () =>
      Promise.all(
        (await files()).map(async (a) => [a.filename, a.scan, (await scanned.call(them.kim, api.attachment, { id: a.id })).problem.code]),
      );
    expect(await codes()).toEqual([
      ['gut.txt', 'pending', 'conversations.attachment_unscanned'],
      ['boese.txt', 'pending', 'conversations.attachment_unscanned'],
    ]);
    await scanAttachments(jobWork(scanned.house.platform));
    expect(await codes()).toEqual([
      ['gut.txt', 'clean', undefined],
      ['boese.txt', 'infected', 'conversations.attachment_infected'],
    ]);
  });

  it('looks before a file of ours leaves: what it has not seen waits, what it found stays, and is said', async () => {
    await mailArrives(scanned, inbox.id, mail({ subject: 'Bitte um Unterlagen' }));
    await scanned.drain();
    const [c] = (await scanned.call(them.kim, api.list, { view: 'open', sort: 'newest' })).body.items;
    const id = c?.id ?? '';
    const sends = async (content: string) => {
      const { fence } = (await scanned.call(them.kim, api.claim, { id })).body.lease;
      const { attachment } = (
        await scanned.call(them.kim, api.upload, { filename: 'anhang.txt', mediaType: 'text/plain', content: Buffer.from(content) })
      ).body;
      const { body } = await scanned.call(them.kim, api.reply, {
        id,
        fence,
        baseSeq: (await scanned.call(them.kim, api.open, { id })).body.conversation.lastSeq,
        draftId: crypto.randomUUID(),
        text: 'Siehe Anhang',
        to: [{ name: 'Erika Klein', address: 'klein@post.example' }],
        attachmentIds: [attachment.id],
        undoSeconds: 0,
        then: 'keep',
      });
      return body.message.id;
    };
    const left = async () =>
      (await scanned.call(them.kim, channelsEndpoints.localOutbox, { limit: 10 })).body.items.map((m) => m.messageId);
    const stateOf = async (message: string) => {
      await scanned.drain();
      const { messages } = (await scanned.call(them.kim, api.open, { id })).body;
      return messages.find((one) => one.id === message)?.delivery?.state;
    };
    const good = await sends('harmlos');
    await sendAllDue(scanned);
    expect([await left(), await stateOf(good)]).toEqual([[], 'queued']);
    await scanAttachments(jobWork(scanned.house.platform));
    scanned.clock.advance(3_600_000);
    await sendAllDue(scanned);
    expect([await left(), await stateOf(good)]).toEqual([[good], 'sent']);

    const bad = await sends('EICAR');
    await scanAttachments(jobWork(scanned.house.platform));
    scanned.clock.advance(3_600_000);
    await sendAllDue(scanned);
    expect([await left(), await stateOf(bad)]).toEqual([[good], 'failed']);
  });
});
