import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../platform/database/database.ts';
import { dbOf, sql } from '../platform/database/sql.ts';
import { cleanDatabase } from '../testing/database.ts';
import { arrivedAt } from './header.ts';
import { importCommand } from './import-command.ts';
import { mailOf, scanMbox } from './mbox.ts';
import { progressLine } from './progress.ts';
import { addMailbox, commandOn, mail, quiet, secret, writeMbox } from './testing.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'nahbar-import-'));
const file = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

describe('reading an mbox', () => {
  const placesOf = async (name: string) => {
    const places = [];
    for await (const { place } of scanMbox(name, arrivedAt)) if (place) places.push(place);
    return places;
  };

  it.each(['\n', '\r\n'])('finds each mail, whatever ends the lines', async (lineEnd) => {
    const text = 'Guten Tag,\n\nFrom heute an nur noch per Brief.\n>From mir aus auch so.\n\nEnde';
    const name = writeMbox(file('ends.mbox'), [mail({ id: 'a@k', text }), mail({ id: 'b@k' })], lineEnd);
    const places = await placesOf(name);
    expect(places).toHaveLength(2);
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(name);
    const first = mailOf(bytes.subarray(places[0]?.start, places[0]?.end), true).toString();
    expect(first).toBe(mail({ id: 'a@k', text }).replaceAll('\n', '\r\n'));
  });

  it('takes a From in the middle of a text for text, and a mail longer than a piece for one', async () => {
    const long = `${'x'.repeat(3_000_000)}\nFrom here on it goes on\n${'y\n'.repeat(400_000)}`;
    writeFileSync(file('long.mbox'), `From a@b\n${mail({ id: 'long@k', text: long })}\nFrom c@d\n${mail({ id: 'next@k' })}`);
    expect(await placesOf(file('long.mbox'))).toHaveLength(2);
  });

  it('knows when a mail arrived: the newest Received line, else Date, else nothing', () => {
    const at = (head: string) => new Date(arrivedAt(Buffer.from(head)));
    expect(
      at(
        'Received: from a by b;\r\n Tue, 4 Mar 2025 11:00:00 +0100\r\nReceived: x; Mon, 3 Mar 2025 10:00:00 +0100\r\nDate: junk\r\n\r\n',
      ).toISOString(),
    ).toBe('2025-03-04T10:00:00.000Z');
    expect(at('Date: Mon, 3 Mar 2025 10:00:00 +0100 (MEZ)\r\n\r\n').toISOString()).toBe('2025-03-03T09:00:00.000Z');
    expect(at('Date: 1 Jan 1970\r\n\r\n').getTime()).toBeNaN();
  });

  it('says how far it is', () => {
    expect(progressLine('Import', { bytes: 5_242_880, items: 1_000, total: 10_485_760, seconds: 10 }, 0)).toBe(
      'Import  50 %  5.0 of 10.0 MB  100 mails/s  10 s left',
    );
    expect(progressLine('Import', { bytes: 5_242_880, items: 1_000, total: 10_485_760, seconds: 10 }, 100)).toContain('█');
  });
});

describe('nahbar import', () => {
  let database: Database;
  const counts = () =>
    dbOf(database.pool).one<{
      intakes: number;
      messages: number;
      conversations: number;
      cases: number;
    }>(sql`select (select count(*) from intake)::int as intakes,
      (select count(*) from messages)::int as messages, (select count(*) from conversations)::int as conversations, (select count(*) from cases)::int as cases`);
  const run = async (...args: string[]) => {
    const context = commandOn(database);
    await importCommand(args, context, quiet);
    return context.said.join('\n');
  };
  beforeAll(async () => {
    database = await cleanDatabase();
    await addMailbox(database);
  });
  afterAll(() => database.close());

  it('brings threads together although the file is out of order, and closes what is old', async () => {
    const ours = 'Service <service@shop.test>';
    const name = writeMbox(file('threads.mbox'), [
      mail({
        id: 'c@k',
        at: 'Wed, 05 Mar 2025 10:00:00 +0100',
        subject: 'Re: Frage',
        more: 'In-Reply-To: <b@shop>\nReferences: <a@k> <b@shop>\n',
        text: 'Danke!',
      }),
      mail({ id: 'a@k' }),
      mail({
        id: 'b@shop',
        from: ours,
        at: 'Tue, 04 Mar 2025 10:00:00 +0100',
        subject: 'Re: Frage',
        more: 'In-Reply-To: <a@k>\nReferences: <a@k>\n',
        text: 'Gern.',
      }),
      mail({ id: 'other@k', from: 'Herr Weiß <weiss@kunde.test>', subject: 'Rechnung' }),
    ]);
    const said = await run('mbox', name);
    expect(said).toContain('4 new, 0 known already, 0 failed.');
    expect(said.split('\n').at(-1)).toBe('All new ones are older than 30 days: nothing of them waits in the queue.');
    expect(await counts()).toEqual({ intakes: 4, messages: 4, conversations: 2, cases: 2 });
    const rows = await dbOf(
      database.pool,
    ).query(sql`select c.state, k.state as "case", c.waiting_since as waiting, c.created_at as at, c.first_answer_at as answered,
        (select array_agg(m.direction order by m.seq) from messages m where m.conversation_id = c.id) as directions
      from conversations c join cases k on k.id = c.case_id order by c.last_seq desc`);
    const rested = { state: 'resolved', case: 'resolved', waiting: null, at: new Date('2025-03-03T09:00:00Z') };
    expect(rows).toEqual([
      { ...rested, answered: new Date('2025-03-04T09:00:00Z'), directions: ['in', 'out', 'in'] },
      { ...rested, answered: null, directions: ['in'] },
    ]);
  });

  it('again is nothing new, also as single files', async () => {
    expect(await run('mbox', file('threads.mbox'))).toMatch(/0 new, 4 known already, 0 failed\.\nNothing new waits in the queue\.$/);
    mkdirSync(file('letters/deep'), { recursive: true });
    writeFileSync(file('letters/deep/one.eml'), mail({ id: 'a@k' }));
    writeFileSync(file('letters/two.EML'), mail({ id: 'new@k' }));
    expect(await run('eml', file('letters'))).toContain('1 new, 1 known already, 0 failed.');
    expect(await counts()).toMatchObject({ intakes: 5, messages: 5, conversations: 3 });
  });

  it('joins what belongs together in whatever order the files are taken in: the answers first, what they answer later', async () => {
    const before = await counts();
    const who = 'Frau Spät <spaet@kunde.test>';
    const answers = writeMbox(file('answers.mbox'), [
      mail({
        id: 'second@spaet',
        from: who,
        at: 'Wed, 05 Mar 2025 10:00:00 +0100',
        subject: 'Re: Tür',
        more: 'In-Reply-To: <first@spaet>\n',
        text: 'Noch etwas.',
      }),
      // Another answer to the same one: its brother is all that is known of the thread.
      mail({
        id: 'third@spaet',
        from: who,
        at: 'Thu, 06 Mar 2025 10:00:00 +0100',
        subject: 'Re: Tür',
        more: 'In-Reply-To: <first@spaet>\nReferences: <first@spaet>\n',
        text: 'Und noch etwas.',
      }),
      // A stranger who knows the id: what came later does not join a stranger's, nor he the others.
      mail({
        id: 'fourth@fremd',
        from: 'Fremd <fremd@anders.test>',
        at: 'Fri, 07 Mar 2025 10:00:00 +0100',
        subject: 'Re: Tür',
        more: 'In-Reply-To: <first@spaet>\n',
      }),
    ]);
    expect(await run('mbox', answers)).toContain('3 new, 0 known already, 0 failed.');
    writeFileSync(file('first.eml'), mail({ id: 'first@spaet', from: who, subject: 'Tür', text: 'Die Tür klemmt.' }));
    expect(await run('eml', file('first.eml'))).toContain('1 new, 0 known already, 0 failed.');
    const after = await counts();
    expect([after.messages - before.messages, after.conversations - before.conversations, after.cases - before.cases]).toEqual([4, 2, 2]);
    const [together] = await dbOf(database.pool).query(sql`select preview, last_message_at as at,
        (select array_agg(m.platform_id order by m.at) from messages m where m.conversation_id = c.id) as ids
      from conversations c where 'spaet@kunde.test' = any(participants)`);
    expect(together).toEqual({
      preview: 'Und noch etwas.',
      at: new Date('2025-03-06T09:00:00Z'),
      ids: ['first@spaet', 'second@spaet', 'third@spaet'],
    });
  });

  it('counts and names what is empty and what is no mail', async () => {
    const before = await counts();
    mkdirSync(file('mixed'));
    writeFileSync(file('mixed/a.eml'), mail({ id: 'good@mixed' }));
    writeFileSync(file('mixed/empty.eml'), '');
    writeFileSync(file('mixed/garbage.eml'), Buffer.from('\x00\x01 PK is no mail\n\nnothing: here\n', 'latin1'));
    const said = await run('eml', file('mixed'));
    expect(said).toContain('3 mails');
    expect(said).toContain('1 new, 0 known already, 2 failed.');
    expect(said).toMatch(/not stored: \S*empty\.eml, byte 0: it is empty/);
    expect(said).toMatch(/not stored: \S*garbage\.eml, byte 0: it is no mail/);
    expect((await counts()).conversations).toBe(before.conversations + 1);
    writeFileSync(file('nothing.mbox'), '');
    expect(await run('mbox', file('nothing.mbox'), writeMbox(file('one.mbox'), [mail({ id: 'one@mixed' })]))).toMatch(
      /1 new, 0 known already, 0 failed\.\n {2}no mail in it: \S*nothing\.mbox/,
    );
  });

  it('lets new ones wait, and all when asked', async () => {
    const recent = mail({ id: 'recent@k', at: new Date(Date.now() - 2 * 86_400_000).toUTCString(), from: 'neu@kunde.test' });
    const yesterday = new Date(Date.now() - 86_400_000);
    const followUp = mail({ id: 'again@k', at: yesterday.toUTCString(), from: 'neu@kunde.test', more: 'In-Reply-To: <recent@k>\n' });
    const name = writeMbox(file('recent.mbox'), [recent, followUp, mail({ id: 'older@k', from: 'damals@kunde.test' })]);
    expect((await run('mbox', name)).split('\n').slice(-2)).toEqual([
      '3 new, 0 known already, 0 failed.',
      'Of the new ones 2 are not older than 30 days; 1 conversation with them waits in the queue.',
    ]);
    const asked = writeMbox(file('asked.mbox'), [mail({ id: 'asked@k', from: 'alt@kunde.test' })]);
    expect(await run('mbox', asked, '--as', 'queue')).toMatch(/Of the new ones 1 were taken as mail just arrived; 1 conversation/);
    const history = mail({ id: 'history@k', at: yesterday.toUTCString(), from: 'fertig@kunde.test' });
    const resolved = await run('mbox', writeMbox(file('history.mbox'), [history]), '--as', 'resolved');
    expect(resolved).toMatch(/All new ones are taken as history: nothing of them waits in the queue\.$/);
    const rows = await dbOf(database.pool).query(
      sql`select participants[1] as who, state from conversations where state = 'queued' order by 1`,
    );
    expect(rows).toEqual([
      { who: 'alt@kunde.test', state: 'queued' },
      { who: 'neu@kunde.test', state: 'queued' },
    ]);
  });

  it('lets nobody wait for an answer to our own mail, and counts it as no contact', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toUTCString();
    const ours = 'Service <service@shop.test>';
    // We are nobody's customer.
    const ourselves = () =>
      dbOf(database.pool).query(sql`select c.id from customer_identities i join conversations c on c.customer_id = i.customer_id
        where i.value like 'service%@shop.test'`);
    const before = await ourselves();
    const name = writeMbox(file('ours.mbox'), [
      // We wrote first, and nobody has answered.
      mail({ id: 'first@shop', from: ours, to: 'Service <service+x@shop.test>, Frau Neu <angeschrieben@kunde.test>', at: daysAgo(5) }),
      // We wrote first, and were answered.
      mail({ id: 'offer@shop', from: ours, to: 'antwortet@kunde.test', at: daysAgo(5) }),
      mail({ id: 'taken@k', from: 'antwortet@kunde.test', at: daysAgo(4), more: 'In-Reply-To: <offer@shop>\n' }),
      // We were asked and answered.
      mail({ id: 'question@k', from: 'gefragt@kunde.test', at: daysAgo(5) }),
      mail({ id: 'answer@shop', from: ours, to: 'gefragt@kunde.test', at: daysAgo(4), more: 'In-Reply-To: <question@k>\n' }),
    ]);
    const said = await run('mbox', name);
    expect(said).toContain('5 new, 0 known already, 0 failed.');
    expect(said).toMatch(/; 1 conversation with them waits in the queue\.$/);
    const rows = await dbOf(
      database.pool,
    ).query(sql`select i.value as who, c.state, c.last_direction as last, c.waiting_since is not null as waits,
        c.participants, k.contacts_count::int as contacts, l.silence_due_at is not null as "looksAtSilence"
      from conversations c join customer_identities i on i.customer_id = c.customer_id join cases k on k.id = c.case_id
        join case_conversations l on l.conversation_id = c.id
      where i.value = any('{angeschrieben@kunde.test,antwortet@kunde.test,gefragt@kunde.test}') order by 1`);
    const answered = { state: 'waiting_customer', last: 'out', waits: false, looksAtSilence: true };
    expect(rows).toEqual([
      { who: 'angeschrieben@kunde.test', ...answered, participants: ['angeschrieben@kunde.test'], contacts: 0 },
      {
        who: 'antwortet@kunde.test',
        state: 'queued',
        last: 'in',
        waits: true,
        looksAtSilence: false,
        participants: ['antwortet@kunde.test'],
        contacts: 1,
      },
      { who: 'gefragt@kunde.test', ...answered, participants: ['gefragt@kunde.test'], contacts: 1 },
    ]);
    expect(await ourselves()).toEqual(before);
  });

  it('stores nothing in a dry run, and says what it does not find', async () => {
    const before = await counts();
    expect(await run('mbox', writeMbox(file('dry.mbox'), [mail({ id: 'dry@k' })]), '--dry-run')).toContain('Nothing was stored');
    expect(await counts()).toEqual(before);
    await expect(run('mbox', file('missing.mbox'))).rejects.toThrow('There is no');
    await expect(run('mbox', file('dry.mbox'), '--account', 'Presse')).rejects.toThrow('Service <service@shop.test>');
    await expect(run('pst', 'x')).rejects.toThrow('mbox or eml');
  });

  it('goes on after it was killed in the middle: complete, and nothing twice', async () => {
    const many = 1_500;
    const name = writeMbox(
      file('many.mbox'),
      Array.from({ length: many }, (_, i) =>
        mail({ id: `many-${i}@k`, from: `kunde${i % 300}@kunde.test`, text: `Frage ${i}\n${'lang '.repeat(200)}` }),
      ),
    );
    const before = await counts();
    const child = spawn(process.execPath, [path.join(import.meta.dirname, '../cli.ts'), 'import', 'mbox', name], {
      env: { ...process.env, DATABASE_URL: database.url, NAHBAR_SECRET: secret, NAHBAR_DATA: folder, LOG_LEVEL: 'silent' },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
    while ((await counts()).intakes < before.intakes + 200 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect((await counts()).intakes).toBeLessThan(before.intakes + many);
    await run('mbox', name);
    const after = await counts();
    expect([after.intakes - before.intakes, after.messages - before.messages]).toEqual([many, many]);
    expect(await run('mbox', name)).toContain(`0 new, ${many} known already`);
  }, 120_000);
});
