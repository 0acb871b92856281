import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailArrives } from '../../server/modules/channels/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type ChatHouse, chatHouse } from './testing/house.ts';
import { type Page, page } from './testing/visitor.ts';

let house: ChatHouse;
let visitor: Page;
beforeAll(async () => {
  house = await chatHouse({ mailAfterMinutes: 2 });
  visitor = page(house.base, house.chat);
});
afterAll(() => house.h.close());

const minutes = (count: number): void => house.h.clock.advance(count * 60_000);

describe('an answer to a visitor who is gone', () => {
  it('reaches them by mail at the address they left, and their answer comes back to the same conversation and case', async () => {
    const { secret } = await visitor.start();
    await visitor.say(secret, 'Wann kommt mein Sofa?', { name: 'Erna Klein', address: 'erna@kunde.example' });
    await house.settle();
    const conversation = await house.newest();
    expect((await house.open(conversation.id)).messages[0]).toMatchObject({
      text: 'Wann kommt mein Sofa?\n\nErreichbar per E-Mail: erna@kunde.example',
      facts: ['address_claimed'],
    });
    const messageId = await house.answer(conversation, 'Am Samstag.');
    await house.unread();
    const [mail] = await house.mails();
    expect(mail).toMatchObject({ to: ['erna@kunde.example'], subject: 'Ihre Nachricht an Haus & Heim' });
    expect(mail?.source).toContain('Am Samstag.');
    // One message, gone once, and the timeline says which way.
    minutes(60);
    await house.unread();
    expect((await house.mails()).length).toBe(1);
    const after = await house.open(conversation.id);
    expect(after.messages.find(({ id }) => id === messageId)?.delivery).toMatchObject({ state: 'sent', problem: null });
    expect(after.messages.map(({ text }) => text).join()).toContain('conversations.went_elsewhere');

    await mailArrives(
      house.h,
      house.mailbox,
      `From: Erna Klein <erna@kunde.example>\nTo: ${mail?.replyTo}\nSubject: AW: Ihre Nachricht\nMessage-ID: <e1@kunde.example>\n\nDanke, das passt.\n`,
    );
    await house.settle();
    const back = await house.open(conversation.id);
    expect(back.messages[0]).toMatchObject({ text: 'Danke, das passt.', facts: [] });
    expect(back.conversation.caseId).toBe(conversation.caseId);
    // What is answered to the mail goes by mail, at once.
    await house.answer(conversation, 'Gern geschehen.');
    await house.unread();
    expect((await house.mails())[0]?.source).toContain('Gern geschehen.');
    // And whoever comes back to the page finds what was said there.
    expect((await visitor.look(secret)).messages.map(({ text }) => text.split('\n')[0])).toEqual(['Wann kommt mein Sofa?', 'Am Samstag.']);
  });

  it('waits in the talk while they are there, and is no mail once they have read it', async () => {
    const { secret } = await visitor.start();
    const line = await visitor.line({ secret });
    await visitor.say(secret, 'Sind Sie da?', { address: 'anna@kunde.example' });
    await house.settle();
    const before = (await house.mails()).length;
    await house.answer(await house.newest(), 'Ja.');
    await expect.poll(() => line.states().at(-1)?.messages.length).toBe(2);
    line.send({ read: true });
    await expect
      .poll(async () => {
        await house.settle();
        return (await visitor.look(secret)).messages.at(-1)?.isRead;
      })
      .toBe(true);
    line.close();
    minutes(60);
    await house.unread();
    expect((await house.mails()).length).toBe(before);
  });

  it('leaves when they go before they have read it, and not before', async () => {
    const { secret } = await visitor.start();
    const line = await visitor.line({ secret });
    await expect.poll(() => line.states().length).toBe(1);
    await visitor.say(secret, 'Ich warte', { address: 'otto@kunde.example' });
    await house.settle();
    const before = (await house.mails()).length;
    await house.answer(await house.newest(), 'Einen Moment noch');
    await house.unread();
    expect((await house.mails()).length).toBe(before);
    line.close();
    await line.closed;
    minutes(3);
    // Two processes look at the same moment.
    await Promise.all([house.unread(), house.unread()]);
    const mails = await house.mails();
    expect(mails.length).toBe(before + 1);
    expect(mails[0]).toMatchObject({ to: ['otto@kunde.example'] });
  });

  it('waits for them where they left no address; one left later still gets it', async () => {
    const { secret } = await visitor.start();
    await visitor.say(secret, 'Ohne Adresse');
    await house.settle();
    const before = (await house.mails()).length;
    await house.answer(await house.newest(), 'Antwort für später');
    minutes(5);
    await house.unread();
    expect((await house.mails()).length).toBe(before);
    await visitor.say(secret, '', { address: 'spaet@kunde.example' });
    minutes(10);
    await house.unread();
    expect((await house.mails())[0]).toMatchObject({ to: ['spaet@kunde.example'] });
  });
});

describe('a transcript', () => {
  it('goes to the address the visitor names, holds what they see and nothing else, once for each time it is asked for', async () => {
    const { secret } = await visitor.start();
    await visitor.say(secret, 'Passt es?', { id: 'transcript-1' });
    await house.settle();
    const id = crypto.randomUUID();
    const ask = (more: Record<string, unknown> = {}) =>
      visitor.call('transcript', { secret, id, address: 'erna@kunde.example', language: 'de', timeZone: 'Europe/Berlin', ...more });
    expect((await ask()).reason).toBe('nothing_answered');
    await house.answer(await house.newest(), 'Ja, es passt.');
    const before = (await house.mails()).length;
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    await house.settle();
    const mails = await house.mails();
    expect(mails.length).toBe(before + 1);
    expect(mails[0]).toMatchObject({ to: ['erna@kunde.example'], subject: 'Ihr Gespräch mit Haus & Heim' });
    expect(mails[0]?.source).toMatch(/Auto-Submitted/);
    for (const text of ['Passt es?', 'Ja, es passt.', 'Sie, ']) expect(mails[0]?.source).toContain(text);
    // Nobody's answer, and nothing the page shows.
    const { messages } = await house.open((await house.newest()).id);
    expect(messages[0]).toMatchObject({ facts: ['copy'], author: { kind: 'system' } });
    expect((await visitor.look(secret)).messages).toHaveLength(2);
    for (const wrong of ['nobody', 'a@b\r\nBcc: c@d.example', '']) expect((await ask({ address: wrong })).reason).toBe('not_understood');
    expect((await ask({ id: crypto.randomUUID() })).status).toBe(200);
    expect((await ask({ id: crypto.randomUUID() })).reason).toBe('too_many');
  });
});

describe('the wait', () => {
  it('is told from the first answers there were, as full minutes; of too few nothing is said', async () => {
    const { secret } = await visitor.start();
    await visitor.say(secret, 'Wie lange?');
    await house.settle();
    await house.h.db.exec(sql`update conversations set created_at = created_at - interval '30 days' where account_id = ${house.chat}`);
    house.h.clock.advance(60_000);
    expect((await visitor.look(secret)).wait).toBe('unknown');
    for (const wait of [30, 61, 61, 90, 200]) {
      const guest = (await visitor.start()).secret;
      await visitor.say(guest, `Nach ${wait} Sekunden`);
      await house.settle();
      house.h.clock.advance((wait - 1) * 1_000);
      await house.answer(await house.newest(), 'Hier ist sie');
    }
    house.h.clock.advance(60_000);
    expect((await visitor.look(secret)).wait).toEqual({ from: 2, to: 3 });
  });

  it('says whether anybody is there, from whoever is signed in and not away', async () => {
    const { secret } = await visitor.start();
    expect((await visitor.look(secret)).isStaffed).toBe(false);
    const now = house.h.clock.now();
    await house.h.db.exec(sql`insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
      values (${crypto.randomUUID()}, ${house.people.kim.id}, ${Buffer.from('x')}, '', ${now}, ${now}, ${new Date(now.getTime() + 86_400_000)})`);
    house.h.clock.advance(60_000);
    expect((await visitor.look(secret)).isStaffed).toBe(true);
    await house.h.db.exec(sql`insert into presence (person_id, state, since) values (${house.people.kim.id}, 'break', ${now})`);
    house.h.clock.advance(60_000);
    expect((await visitor.look(secret)).isStaffed).toBe(false);
  });
});
