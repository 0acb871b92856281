import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerPageEndpoints as page } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { testHouse } from '../../../testing/house.ts';
import { mailArrives, sendAllDue } from '../../channels/testing.ts';
import { type PageScene, pageScene, phone } from './testing.ts';

let s: PageScene;
beforeAll(async () => {
  s = await pageScene();
});
afterAll(() => s.h.close());

describe('the link in an answer', () => {
  it('stands below the signature, in words and as an address', async () => {
    const { conversationId } = await s.writes({ from: 'links@post.example' });
    const { mail, link } = await s.answers(conversationId);
    expect(mail).toContain(
      `-- \nIhr Haus\nTelefon 040 1\n\nStand Ihres Anliegens ansehen oder etwas ergänzen:\nhttps://service.haus.example/my#${link}\n`,
    );
    expect(link).toMatch(/^[\w-]{94}$/);
    const seen = await phone(s.h).call(page.read, { link });
    expect(seen).toMatchObject({ status: 200, body: { confirmed: false, state: 'with_you', language: 'de' } });
  });
});

describe('a code', () => {
  it('goes to the address of the link and opens the whole page on this device', async () => {
    const { conversationId } = await s.writes({ from: 'code@post.example', name: 'Conny Code', text: 'Mein Kühlschrank brummt.' });
    const { link } = await s.answers(conversationId, { text: 'Wir schicken jemanden.' });
    const mine = phone(s.h);
    expect((await mine.call(page.askCode, { link })).status).toBe(200);
    const code = await s.newestCode();
    expect(await s.newestMail()).toContain('To: code@post.example');
    const wrong = await mine.call(page.confirm, { link, code: code === '0000 0000' ? '1' : '0000 0000' });
    expect(wrong).toMatchObject({ status: 422, problem: { code: 'cases.page_code_wrong', data: { left: 4 } } });
    const opened = await mine.call(page.confirm, { link, code });
    expect(opened.status).toBe(200);
    expect(opened.body.history?.items.map(({ by, text }) => [by, text.trim()])).toEqual([
      ['us', 'Wir schicken jemanden.'],
      ['you', 'Mein Kühlschrank brummt.'],
    ]);
    expect(mine.set).toMatch(/HttpOnly; Secure; SameSite=Lax/);
    expect((await mine.call(page.read, { link })).body.confirmed).toBe(true);
    expect((await phone(s.h).call(page.read, { link })).body.confirmed).toBe(false);
    // Once.
    expect((await phone(s.h).call(page.confirm, { link, code })).problem.code).toBe('cases.page_code_over');
    await mine.call(page.leave, {});
    expect((await mine.call(page.read, { link })).body.confirmed).toBe(false);
  });

  it('stands in no conversation, not even when the mailbox keeps a copy of what left', async () => {
    const { conversationId } = await s.writes({ from: 'kopie@post.example' });
    const { link } = await s.answers(conversationId);
    await phone(s.h).call(page.askCode, { link });
    await s.newestCode();
    const { content } = await s.h.db.one<{ content: Buffer }>(sql`select content from local_outbox order by at desc, id desc limit 1`);
    const messages = () => s.h.db.one(sql`select count(*) as n, max(at) as newest from messages`);
    const before = await messages();
    await mailArrives(s.h, s.accountId, content);
    expect((await s.h.drain()).map(({ type }) => type)).toEqual(['channels.message_received']);
    expect(await messages()).toEqual(before);
  });
});

describe('guessing', () => {
  it('ends after five attempts, however many come at once, and a new code counts anew', async () => {
    const { conversationId } = await s.writes({ from: 'raten@post.example' });
    const { link } = await s.answers(conversationId);
    await phone(s.h).call(page.askCode, { link });
    const right = await s.newestCode();
    const wrong = Array.from({ length: 12 }, () =>
      phone(s.h).call(page.confirm, { link, code: right === '1111 1111' ? '2' : '1111 1111' }),
    );
    const codes = (await Promise.all(wrong)).map(({ problem }) => problem.code);
    expect(codes.filter((code) => code === 'cases.page_code_wrong')).toHaveLength(5);
    expect(codes.filter((code) => code === 'cases.page_code_over')).toHaveLength(7);
    expect((await phone(s.h).call(page.confirm, { link, code: right })).problem.code).toBe('cases.page_code_over');
    s.h.clock.advance(1_000);
    await phone(s.h).call(page.askCode, { link });
    expect((await phone(s.h).call(page.confirm, { link, code: await s.newestCode() })).status).toBe(200);
  });

  it('gets no more than three codes an hour and eight a day, asked for at once or not', async () => {
    const { conversationId } = await s.writes({ from: 'viele@post.example' });
    const { link } = await s.answers(conversationId);
    const ask = () => phone(s.h).call(page.askCode, { link });
    const first = await Promise.all(Array.from({ length: 6 }, ask));
    expect(first.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 429, 429, 429]);
    let sent = 3;
    for (let hour = 0; hour < 8; hour += 1) {
      s.h.clock.advance(3_600_001);
      while ((await ask()).status === 200) sent += 1;
    }
    expect(sent).toBe(8);
    s.h.clock.advance(24 * 3_600_000);
    expect((await ask()).status).toBe(200);
  });

  it('is too late after ten minutes, and the code that was waiting does not leave any more', async () => {
    const { conversationId } = await s.writes({ from: 'spaet@post.example' });
    const { link } = await s.answers(conversationId);
    await phone(s.h).call(page.askCode, { link });
    const code = await s.newestCode();
    s.h.clock.advance(600_000);
    expect((await phone(s.h).call(page.confirm, { link, code })).problem.code).toBe('cases.page_code_over');
    await phone(s.h).call(page.askCode, { link });
    s.h.clock.advance(600_000);
    expect(await s.newestCode()).toBe(code);
    await s.h.db.one(
      sql`select from outbox where conversation_id = ${conversationId} and state = 'failed' and problem->>'code' = 'message_gone'`,
    );
  });

  it('meets a limit of the route before anything is looked at', async () => {
    const h = await testHouse({ NAHBAR_RATE_LIMIT: '600' });
    const statuses: number[] = [];
    for (let n = 0; n < 34; n += 1) statuses.push((await phone(h).call(page.confirm, { link: 'x'.repeat(94), code: '1' })).status);
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(404));
    expect(statuses.slice(30)).toEqual(Array(4).fill(429));
    await h.close();
  });
});

describe('what the customer adds', () => {
  it('is a message of theirs in the same conversation, once', async () => {
    const { conversationId } = await s.writes({ from: 'mehr@post.example' });
    const { link } = await s.answers(conversationId);
    const mine = phone(s.h);
    const messageId = crypto.randomUUID();
    const first = await mine.call(page.add, { link, messageId, text: 'Die Nummer ist 4711.' });
    expect(first).toMatchObject({ status: 201, body: { entry: { by: 'you', onPage: true, text: 'Die Nummer ist 4711.' } } });
    expect((await mine.call(page.add, { link, messageId, text: 'Die Nummer ist 4711.' })).body.entry.id).toBe(first.body.entry.id);
    await s.h.drain();
    const { conversation, messages } = (await s.h.call(s.people.kim, api.open, { id: conversationId })).body;
    expect(conversation.state).toBe('queued');
    expect(messages[0]).toMatchObject({ direction: 'in', text: 'Die Nummer ist 4711.', facts: ['page', 'page_unconfirmed'] });
    expect(messages.filter((m) => m.text.includes('4711'))).toHaveLength(1);
    const next = await s.answers(conversationId);
    expect(next.mail).toContain('> Die Nummer ist 4711.');
    expect(next.mail).toMatch(/^In-Reply-To:\s+</m);
    await sendAllDue(s.h);
  });

  it('is taken as it is: long, from right to left, with marks that hide, and with what looks like markup', async () => {
    const { conversationId } = await s.writes({ from: 'lang@post.example' });
    const { link } = await s.answers(conversationId);
    const mine = phone(s.h);
    await mine.call(page.askCode, { link });
    await mine.call(page.confirm, { link, code: await s.newestCode() });
    const texts = [
      'مرحبا، لم تصل الطلبية بعد',
      'a\u202Etxt.exe\u2066b\u200B',
      '<script>alert(1)</script> \u0000 "\'; drop table cases --',
      '漢'.repeat(20_000),
    ];
    for (const text of texts) {
      s.h.clock.advance(1_000);
      expect((await mine.call(page.add, { link, messageId: crypto.randomUUID(), text })).status).toBe(201);
    }
    const seen = (await mine.call(page.read, { link })).body.history?.items ?? [];
    expect(seen.filter(({ onPage }) => onPage).map(({ text }) => text)).toEqual(
      texts.map((text) => text.replace('\u0000', '')).toReversed(),
    );
    const tooLong = await mine.call(page.add, { link, messageId: crypto.randomUUID(), text: 'x'.repeat(20_001) });
    expect(tooLong).toMatchObject({ status: 400, problem: { code: 'core.invalid_input' } });
    expect((await mine.call(page.add, { link, messageId: crypto.randomUUID(), text: 'x'.repeat(300_000) })).status).toBe(413);
    expect((await mine.call(page.add, { link, messageId: crypto.randomUUID(), text: ' \n ' })).problem.code).toBe(
      'conversations.empty_message',
    );
  });

  it('is bounded by the hour, and says so', async () => {
    const { conversationId } = await s.writes({ from: 'flut@post.example' });
    const { link } = await s.answers(conversationId);
    const statuses: number[] = [];
    for (let n = 0; n < 22; n += 1)
      statuses.push((await phone(s.h).call(page.add, { link, messageId: crypto.randomUUID(), text: `Nummer ${n}` })).status);
    expect(statuses).toEqual([...Array(20).fill(201), 429, 429]);
    s.h.clock.advance(3_600_001);
    expect((await phone(s.h).call(page.add, { link, messageId: crypto.randomUUID(), text: 'Danach' })).status).toBe(201);
  });

  it('may hold files, which come back only to a device that confirmed the address', async () => {
    const { conversationId } = await s.writes({ from: 'datei@post.example' });
    const { link } = await s.answers(conversationId);
    const bare = phone(s.h);
    const content = Buffer.from('ein Bild');
    const up = await bare.call(page.upload, { filename: '../Foto\u202Egpj.exe', mediaType: 'image/png', content }, { link });
    expect(up.status).toBe(201);
    expect(up.body.file.filename).toBe('.._Foto_gpj.exe');
    const add = { link, messageId: crypto.randomUUID(), text: '', fileIds: [up.body.file.id] };
    const added = await bare.call(page.add, add);
    expect(added.body.entry.files).toMatchObject([{ id: up.body.file.id, ready: true }]);
    // Not a second time, and not by somebody else's link.
    expect((await bare.call(page.add, { ...add, messageId: crypto.randomUUID() })).problem.code).toBe('conversations.attachment_missing');
    const other = await s.writes({ from: 'nachbar@post.example' });
    const { link: theirs } = await s.answers(other.conversationId);
    const stray = await bare.call(page.upload, { filename: 'b.txt', mediaType: 'text/plain', content }, { link });
    const stolen = { link: theirs, messageId: crypto.randomUUID(), text: 'Meins', fileIds: [stray.body.file.id] };
    expect((await bare.call(page.add, stolen)).problem.code).toBe('conversations.attachment_missing');

    expect((await bare.call(page.file, { id: up.body.file.id })).status).toBe(404);
    await bare.call(page.askCode, { link });
    await bare.call(page.confirm, { link, code: await s.newestCode() });
    const down = await bare.call(page.file, { id: up.body.file.id });
    expect(down.status).toBe(200);
    expect(down.raw).toBe('ein Bild');
    expect(String(down.headers['content-disposition'])).toMatch(/^attachment;/);
    // The neighbour's confirmation opens nothing of this one.
    const neighbour = phone(s.h);
    await neighbour.call(page.askCode, { link: theirs });
    await neighbour.call(page.confirm, { link: theirs, code: await s.newestCode() });
    expect((await neighbour.call(page.file, { id: up.body.file.id })).status).toBe(404);
  });
});

describe('the history', () => {
  it('holds what the address wrote and got, not what went to third parties, came from strangers, or was not sent yet', async () => {
    const { conversationId } = await s.writes({
      from: 'anna@post.example',
      name: 'Anna',
      text: 'Anfrage von Anna',
      cc: 'Bert <bert@post.example>',
    });
    const { link } = await s.answers(conversationId, { text: 'Antwort an Anna', to: ['anna@post.example'] });
    await s.answers(conversationId, { text: 'Nur an Bert', to: ['bert@post.example'], then: 'keep' });
    const { kim } = s.people;
    const claimed = await s.h.call(kim, api.claim, { id: conversationId });
    const { messages } = (await s.h.call(kim, api.open, { id: conversationId })).body;
    const forwarded = await s.h.call(kim, api.forward, {
      id: conversationId,
      messageIds: [messages.at(-1)?.id ?? ''],
      fence: claimed.body.lease.fence,
      draftId: crypto.randomUUID(),
      text: 'Bitte nachsehen',
      to: [{ name: '', address: 'anna@post.example' }],
      undoSeconds: 0,
    });
    expect(forwarded.status).toBe(201);
    const fresh = (await s.h.call(kim, api.open, { id: conversationId })).body.conversation;
    const held = await s.h.call(kim, api.reply, {
      id: conversationId,
      fence: claimed.body.lease.fence,
      baseSeq: fresh.lastSeq,
      draftId: crypto.randomUUID(),
      text: 'Noch im Haus',
      to: [{ name: '', address: 'anna@post.example' }],
      undoSeconds: 60,
    });
    expect(held.status).toBe(201);
    s.h.clock.advance(1_000);
    const mine = phone(s.h);
    await mine.call(page.askCode, { link });
    const opened = await mine.call(page.confirm, { link, code: await s.newestCode() });
    expect(opened.body.history?.items.map(({ by, text }) => [by, text.trim()])).toEqual([
      ['us', 'Antwort an Anna'],
      ['you', 'Anfrage von Anna'],
    ]);
  });

  it('comes a page at a time', async () => {
    const { conversationId } = await s.writes({ from: 'viel@post.example', text: 'Die erste' });
    const { link } = await s.answers(conversationId);
    await s.h.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_name, envelope, text, at, created_at)
      select gen_random_uuid(), ${conversationId}, 100 + n, 'message', 'in', 'private', 'customer', '', ${sql.json({ from: { name: '', address: 'VIEL@post.example' }, to: [], cc: [], bcc: [] })},
        'Nummer ' || n, ${s.h.clock.now()}::timestamptz - n * interval '1 minute', ${s.h.clock.now()} from generate_series(1, 70) n`);
    const mine = phone(s.h);
    await mine.call(page.askCode, { link });
    const seen: string[] = [];
    let { history } = (await mine.call(page.confirm, { link, code: await s.newestCode() })).body;
    for (let round = 0; history && round < 5; round += 1) {
      seen.push(...history.items.map(({ id }) => id));
      if (history.nextCursor === null) break;
      history = (await mine.call(page.read, { link, cursor: history.nextCursor })).body.history;
    }
    expect(seen).toHaveLength(72);
    expect(new Set(seen).size).toBe(72);
  });
});

describe('the button', () => {
  it('is recorded with the case once a day, seen by advisers, and blames nobody', async () => {
    const { conversationId, caseId } = await s.writes({ from: 'nochmal@post.example' });
    const { link } = await s.answers(conversationId);
    const presses = await Promise.all(Array.from({ length: 4 }, () => phone(s.h).call(page.retell, { link })));
    expect(presses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const events = await s.h.db.query<{ type: string; data: object; actorId: string | null }>(
      sql`select type, data, actor_id as "actorId" from events where type in ('cases.retold', 'conversations.system_line_added') and data->>'conversationId' = ${conversationId}`,
    );
    expect(events.map(({ type }) => type).toSorted()).toEqual(['cases.retold', 'conversations.system_line_added']);
    expect(events.find(({ type }) => type === 'cases.retold')).toMatchObject({ data: { caseId, conversationId }, actorId: null });
    const { messages } = (await s.h.call(s.people.kim, api.open, { id: conversationId })).body;
    expect(messages.find(({ kind }) => kind === 'system')).toMatchObject({
      author: { kind: 'system', id: null },
      text: '{"code":"cases.retold","data":{}}',
    });
    expect((await phone(s.h).call(page.read, { link })).body.retold).toBe(true);
    s.h.clock.advance(86_400_001);
    expect((await phone(s.h).call(page.read, { link })).body.retold).toBe(false);
    await phone(s.h).call(page.retell, { link });
    expect(await s.h.db.one(sql`select count(*) as n from retellings where conversation_id = ${conversationId}`)).toEqual({ n: 2 });
  });
});

describe('looking', () => {
  it('is noted nowhere, by whomever', async () => {
    const { conversationId, caseId } = await s.writes({ from: 'leser@post.example' });
    const { link } = await s.answers(conversationId);
    const mine = phone(s.h);
    await mine.call(page.askCode, { link });
    await mine.call(page.confirm, { link, code: await s.newestCode() });
    await s.h.drain();
    const changes = async () => {
      const tables = await s.h.db.query<{ name: string }>(sql`select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`);
      const sums = [];
      for (const { name } of tables)
        sums.push(
          await s.h.db.one(
            sql`select ${name} as name, md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from ${sql.quoted(name)} t`,
          ),
        );
      return sums;
    };
    const before = await changes();
    expect((await mine.call(page.read, { link })).body.confirmed).toBe(true);
    expect((await phone(s.h).call(page.read, { link })).status).toBe(200);
    expect((await s.h.call(s.people.kim, page.preview, { id: caseId, as: 'confirmed' })).status).toBe(200);
    expect(await changes()).toEqual(before);
  });

  it('an adviser sees what the customer sees, with the code or without; who may not read the case sees nothing', async () => {
    const { conversationId, caseId } = await s.writes({ from: 'vorschau@post.example', subject: 'Vorschau' });
    const { link } = await s.answers(conversationId);
    const mine = phone(s.h);
    const asLink = (await s.h.call(s.people.kim, page.preview, { id: caseId, as: 'link' })).body;
    expect({ ...asLink, preview: false, until: '' }).toEqual({ ...(await mine.call(page.read, { link })).body, until: '' });
    await mine.call(page.askCode, { link });
    const opened = (await mine.call(page.confirm, { link, code: await s.newestCode() })).body;
    const whole = (await s.h.call(s.people.kim, page.preview, { id: caseId })).body;
    expect({ ...whole, preview: false, until: '' }).toEqual({ ...opened, until: '' });
    expect((await s.h.call(s.people.mehmet, page.preview, { id: caseId })).problem.code).toBe('cases.reason_needed');
  });
});

describe('an answer bears no link', () => {
  it('when none of its receivers is the customer, nor in a forward', async () => {
    const { conversationId } = await s.writes({ from: 'kunde@post.example' });
    expect((await s.answers(conversationId, { to: ['anwalt@kanzlei.example'] })).link).toBe('');
    const { kim } = s.people;
    const claimed = await s.h.call(kim, api.claim, { id: conversationId });
    const { messages } = (await s.h.call(kim, api.open, { id: conversationId })).body;
    await s.h.call(kim, api.forward, {
      id: conversationId,
      messageIds: [messages[0]?.id ?? ''],
      fence: claimed.body.lease.fence,
      draftId: crypto.randomUUID(),
      text: 'Zur Kenntnis',
      to: [{ name: '', address: 'kunde@post.example' }],
      undoSeconds: 0,
    });
    await sendAllDue(s.h);
    const mail = await s.newestMail();
    expect(mail).toContain('Zur Kenntnis');
    expect(mail).not.toContain('/my#');
  });

  it('and to a customer who reads English has it in English, in the HTML too', async () => {
    const { conversationId } = await s.writes({ from: 'reader@post.example' });
    await s.h.db.exec(
      sql`update customers set locale = 'en-GB' where id = (select customer_root_id from conversations where id = ${conversationId})`,
    );
    const { mail, link } = await s.answers(conversationId, { html: '<p>Wir suchen Ihr <b>Paket</b>.</p>' });
    expect(mail.match(/See where your request stands, or add something:/g)).toHaveLength(2);
    expect(mail).toContain(`<a href="https://service.haus.example/my#${link}">`);
    expect((await phone(s.h).call(page.read, { link })).body.language).toBe('en');
  });
});
