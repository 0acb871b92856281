import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChannelAccount } from '../../../../contract/channel.ts';
import type { EmailSettings } from '../../channel.ts';
import { until } from '../../testing/expect.ts';
import { describeMailServers, type MailServers, startMailServers } from '../../testing/mail-servers.ts';
import { type MemoryTools, mailAccount, memoryTools } from '../../testing/memory-tools.ts';
import { type Proxy, startProxy } from '../../testing/proxy.ts';
import { makeCertificate } from '../../testing/server-folder.ts';
import { testAccount } from '../access/account-test.ts';
import { imapTimes, watchMailbox } from './connection.ts';

const quick = { ...imapTimes, connectMilliseconds: 3_000, silenceMilliseconds: 1_500, lookMilliseconds: 60_000, pauseUnit: 40 };

describeMailServers('mail from a real mailbox (IMAP)', () => {
  let servers: MailServers;
  let ca: string;
  let count = 0;
  let closers: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    servers = await startMailServers();
    ca = readFileSync(servers.certificate, 'utf8');
  });
  afterAll(() => servers?.stop());
  afterEach(async () => {
    for (const close of closers.toReversed()) await close();
    closers = [];
  });

  /** Another client of the mailbox: puts mails in and takes them out. */
  async function other(user: string): Promise<ImapFlow> {
    const client = new ImapFlow({
      host: 'localhost',
      port: servers.dovecot.imapsPort,
      secure: true,
      tls: { ca },
      auth: { user, pass: servers.dovecot.password },
      logger: false,
    });
    client.on('error', () => {});
    await client.connect();
    closers.push(() => client.logout().catch(() => client.close()));
    return client;
  }

  const mail = (id: string, body = 'Guten Tag') =>
    `From: klein@kunde.test\r\nMessage-ID: <${id}@kunde.test>\r\nSubject: ${id}\r\n\r\n${body}\r\n`;
  const put = (client: ImapFlow, id: string, folder = 'INBOX', body?: string) => client.append(folder, mail(id, body));
  const ids = (tools: MemoryTools) => tools.stored.map((raw) => raw.platformId?.split('@')[0]);

  async function setUp(settings: Partial<EmailSettings> = {}, more: { port?: number } = {}) {
    count += 1;
    const user = `u${count}@firma.test`;
    const account = mailAccount(user, {
      imapHost: 'localhost',
      imapPort: more.port ?? servers.dovecot.imapsPort,
      password: servers.dovecot.password,
      certificateAuthority: ca,
      ...settings,
    });
    const tools = memoryTools([account]);
    const client = await other(user);
    return { user, account, tools, client };
  }

  function watch(account: ChannelAccount<EmailSettings>, tools: MemoryTools, times = quick) {
    const connection = watchMailbox({ ...account, state: tools.states.get(account.id) ?? null }, tools, times);
    closers.push(() => connection.stop());
    return connection;
  }

  /** Watches and waits until the first look is done, so that what comes is new. */
  async function attend(account: ChannelAccount<EmailSettings>, tools: MemoryTools, times = quick) {
    const connection = watch(account, tools, times);
    await until('the first look', () => tools.reports.some((report) => report.code === null));
    return connection;
  }

  async function wire(): Promise<Proxy> {
    const proxy = await startProxy(servers.dovecot.imapsPort);
    closers.push(() => proxy.stop());
    return proxy;
  }

  test('takes a new mail within a second by IDLE, byte for byte', async () => {
    const { account, tools, client } = await setUp();
    await attend(account, tools);
    const times: number[] = [];
    for (const id of ['a', 'b', 'c']) {
      await put(client, id);
      times.push(await until(`mail ${id}`, () => ids(tools).includes(id)));
    }
    expect(Buffer.from(tools.stored[0]?.content ?? []).toString()).toBe(mail('a'));
    expect(tools.stored[0]?.envelope).toMatchObject({ by: 'imap', folder: 'INBOX', uid: 1 });
    // Dovecot itself gathers changes for half a second.
    expect(times.sort((x, y) => x - y)[1]).toBeLessThan(1_500);
  });

  test('leaves alone what lay in the mailbox before, unless asked to begin there', async () => {
    const { user, account, tools, client } = await setUp();
    await put(client, 'old');
    await attend(account, tools);
    await put(client, 'new');
    await until('the new mail', () => tools.stored.length === 1);
    expect(ids(tools)).toEqual(['new']);

    const whole = mailAccount(user, { ...account.settings, imapFromTheBeginning: true });
    const second = memoryTools([whole]);
    await attend(whole, second);
    expect(ids(second)).toEqual(['old', 'new']);
  });

  test('after an outage of any length goes on behind the last mail, in order, in several transactions', async () => {
    const { account, tools, client } = await setUp();
    const first = await attend(account, tools);
    await put(client, 'before');
    await until('the first mail', () => tools.stored.length === 1);
    await first.stop();
    for (let i = 0; i < 130; i += 1) await put(client, `m${i}`);
    tools.reports.length = 0;
    await attend(account, tools);
    await until('all mails', () => tools.stored.length === 131);
    expect(ids(tools)).toEqual(['before', ...Array.from({ length: 130 }, (_, i) => `m${i}`)]);
    // The cursor went with the mails it stands for, fifty at most.
    const cursors = tools.commits.map(({ fresh, cursor }) => [
      fresh,
      (cursor as { folders: { INBOX: { uid: number } } }).folders.INBOX.uid,
    ]);
    expect(cursors).toEqual([
      [1, 1],
      [50, 51],
      [50, 101],
      [30, 131],
    ]);
  });

  test('stores the cursor with the mails or not at all: a crash between loses and doubles nothing', async () => {
    const { account, tools, client } = await setUp();
    await attend(account, tools);
    tools.failNext(2);
    await put(client, 'x');
    await put(client, 'y');
    await until('both mails', () => tools.stored.length === 2);
    expect(ids(tools)).toEqual(['x', 'y']);
    expect(tools.reports.map(({ code }) => code)).toContain('cannot_store');
    await until('the report that all is well', () => tools.reports.at(-1)?.code === null);
  });

  test('reads a mailbox that was numbered anew again, and knows what it has', async () => {
    const { user, account, tools, client } = await setUp();
    await client.append('INBOX', mail('ancient'), [], new Date('2026-01-01T00:00:00Z'));
    const first = await attend(account, tools);
    await put(client, 'one');
    await put(client, 'two');
    await until('two mails', () => tools.stored.length === 2);
    const before = (tools.states.get(account.id) as { folders: { INBOX: { uidValidity: string } } }).folders.INBOX.uidValidity;
    await first.stop();
    await client.logout();
    await servers.dovecot.renumber(user);
    const again = await other(user);
    await put(again, 'three');
    tools.reports.length = 0;
    await attend(account, tools);
    await until('the third mail', () => tools.stored.length === 3);
    expect(ids(tools)).toEqual(['one', 'two', 'three']);
    // What lay there before the account was connected stays left out, also now.
    expect(ids(tools)).not.toContain('ancient');
    const folders = (tools.states.get(account.id) as { folders: { INBOX: { uidValidity: string; uid: number; rescan?: boolean } } })
      .folders;
    expect(folders.INBOX.uidValidity).not.toBe(before);
    expect(folders.INBOX).toMatchObject({ uid: 4 });
    expect(folders.INBOX.rescan).toBeUndefined();
  });

  test('a mail deleted on the server, or moved away and back, does not come again', async () => {
    const { account, tools, client } = await setUp();
    const first = await attend(account, tools);
    await put(client, 'gone');
    await put(client, 'moved');
    await until('two mails', () => tools.stored.length === 2);
    const lock = await client.getMailboxLock('INBOX');
    await client.messageDelete('1', { uid: true });
    await client.messageMove('2', 'Junk', { uid: true });
    lock.release();
    const junk = await client.getMailboxLock('Junk');
    await client.messageMove('1:*', 'INBOX');
    junk.release();
    await put(client, 'last');
    await until('the last mail', () => ids(tools).includes('last'));
    await first.stop();
    await attend(account, tools);
    expect(ids(tools)).toEqual(['gone', 'moved', 'last']);
  });

  test('a mail that another client removes between listing and fetching is skipped, the rest comes', async () => {
    const { account, tools, client } = await setUp();
    await (await attend(account, tools)).stop();
    for (let i = 1; i <= 60; i += 1) await put(client, `e${i}`);
    // All sixty are listed; while the first fifty are being stored two of the others go.
    tools.beforeStore = async (items) => {
      if (items.length < 50) return;
      const lock = await client.getMailboxLock('INBOX');
      await client.messageDelete('51,60', { uid: true });
      lock.release();
    };
    await attend(account, tools);
    await until('the cursor', () => (tools.states.get(account.id) as { folders: { INBOX: { uid: number } } }).folders.INBOX.uid === 60);
    expect(tools.stored).toHaveLength(58);
    expect(ids(tools).slice(-1)).toEqual(['e59']);
  });

  test('connects again when the wire is cut in IDLE, and misses nothing meanwhile', async () => {
    const proxy = await wire();
    const { account, tools, client } = await setUp({}, { port: proxy.port });
    await attend(account, tools);
    proxy.cut();
    await put(client, 'meanwhile');
    await until('a report', () => tools.reports.at(-1)?.code !== null);
    proxy.mend();
    await until('the mail', () => ids(tools).includes('meanwhile'));
    expect(tools.reports.at(-1)?.code).toBe(null);
  });

  test('one cut that mends at once is no problem to tell of', async () => {
    const proxy = await wire();
    const { account, tools, client } = await setUp({}, { port: proxy.port });
    await attend(account, tools);
    proxy.cut();
    proxy.mend();
    await put(client, 'after');
    await until('the mail', () => ids(tools).includes('after'));
    expect(tools.reports.filter(({ code }) => code !== null)).toEqual([]);
  });

  test('notices a dead connection that nobody closed', async () => {
    const proxy = await wire();
    const { account, tools, client } = await setUp({}, { port: proxy.port });
    await attend(account, tools);
    proxy.hold();
    await put(client, 'silence');
    const open = proxy.made();
    await until('another connection', () => proxy.made() > open, 60_000);
    proxy.release();
    await until('the mail', () => ids(tools).includes('silence'), 60_000);
  }, 130_000);

  test('notices a connection that died before the server could answer IDLE', async () => {
    const proxy = await wire();
    const { account, tools, client } = await setUp({}, { port: proxy.port });
    const report = tools.report;
    // The first look is over, IDLE is sent next, and its answer never comes.
    tools.report = (...told) => {
      tools.report = report;
      proxy.muffle();
      report(...told);
    };
    await attend(account, tools);
    await put(client, 'unheard');
    await until('another connection', () => proxy.made() > 1, 60_000);
    proxy.release();
    await until('the mail', () => ids(tools).includes('unheard'), 60_000);
  }, 130_000);

  test('takes a mail that comes between FETCH and IDLE, and looks by itself when notices get lost', async () => {
    const { account, tools, client } = await setUp();
    let isFirst = true;
    tools.beforeStore = async () => {
      if (!isFirst) return;
      isFirst = false;
      // While the first is being stored the connection neither fetches nor idles.
      await put(client, 'between');
    };
    await attend(account, tools);
    await put(client, 'first');
    await until('both', () => tools.stored.length === 2);
    expect(ids(tools)).toEqual(['first', 'between']);

    // Another folder has no IDLE: only the look by itself finds its mails.
    const more = await setUp({ imapFolders: ['INBOX', 'Junk'] });
    await attend(more.account, more.tools, { ...quick, lookMilliseconds: 200 });
    await put(more.client, 'junk', 'Junk');
    await until('the mail of the second folder', () => ids(more.tools).includes('junk'));
    expect(more.tools.stored[0]?.envelope).toMatchObject({ folder: 'Junk', folderUse: '\\Junk' });
  });

  test('works with a slow server', async () => {
    const proxy = await wire();
    proxy.delay(120);
    const { account, tools, client } = await setUp({}, { port: proxy.port });
    await attend(account, tools);
    await put(client, 'slow');
    await until('the mail', () => ids(tools).includes('slow'));
  });

  test('takes a mail of 25 MB', async () => {
    const { account, tools, client } = await setUp();
    await attend(account, tools);
    await put(client, 'big', 'INBOX', `${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo='.repeat(2)}\r\n`.repeat(360_000));
    await until('the mail', () => tools.stored.length === 1, 30_000);
    expect(tools.stored[0]?.content.byteLength).toBeGreaterThan(25_000_000);
  });

  test('marks or moves on the server what is safe with us', async () => {
    const seen = await setUp({ imapAfterwards: 'mark_seen' });
    await attend(seen.account, seen.tools);
    await put(seen.client, 'seen');
    await until(
      'the flag',
      async () =>
        ((await seen.client.status('INBOX', { unseen: true, messages: true })) || { unseen: 1 }).unseen === 0 &&
        seen.tools.stored.length === 1,
    );

    const moved = await setUp({ imapAfterwards: 'move', imapMoveTo: 'Erledigt' });
    await moved.client.mailboxCreate('Erledigt');
    await attend(moved.account, moved.tools);
    await put(moved.client, 'done');
    await until('the move', async () => ((await moved.client.status('Erledigt', { messages: true })) || { messages: 0 }).messages === 1);
    expect(ids(moved.tools)).toEqual(['done']);
  });

  test('moves what was stored, but not moved when it was interrupted, and nothing else', async () => {
    const { account, tools, client } = await setUp({ imapAfterwards: 'move', imapMoveTo: 'Erledigt' });
    await put(client, 'older than the account');
    // The folder is missing: storing goes on, moving does not.
    const first = await attend(account, tools);
    await put(client, 'stuck');
    await until('the mail', () => tools.stored.length === 1);
    await first.stop();
    await client.mailboxCreate('Erledigt');
    await attend(account, tools);
    const held = async (folder: string) => ((await client.status(folder, { messages: true })) || { messages: -1 }).messages;
    await until('the mail in its folder', async () => (await held('Erledigt')) === 1);
    // A server may copy before it removes.
    await until('the mail gone from where it was', async () => (await held('INBOX')) === 1);
    expect([await held('INBOX'), await held('Erledigt')]).toEqual([1, 1]);
    expect(ids(tools)).toEqual(['stuck']);
  });

  test('signs in with STARTTLS, and with OAuth 2 renewing tokens that expired', async () => {
    const starttls = await setUp({ imapPort: servers.dovecot.imapPort, imapSecurity: 'starttls' });
    await attend(starttls.account, starttls.tools);

    const account = mailAccount('service@firma.test', {
      imapHost: 'localhost',
      imapPort: servers.dovecot.imapsPort,
      certificateAuthority: ca,
      signIn: 'oauth',
      oauthClientId: 'nahbar',
      oauthRefreshToken: servers.tokens.refreshToken,
      oauthTokenUrl: servers.tokens.tokenUrl,
    });
    const tools = memoryTools([account], { privateAddresses: true });
    const first = await attend(account, tools);
    await first.stop();
    expect(servers.tokens.exchanges()).toBe(1);
    // A token that is still good in our memory and no longer at the server: asked for anew, once.
    servers.tokens.expireAccess();
    tools.reports.length = 0;
    const second = await attend(account, tools);
    await second.stop();
    expect(servers.tokens.exchanges()).toBe(2);
    servers.tokens.revoke();
    watch(account, tools);
    await until('the end of the access', () => tools.reports.at(-1)?.code === 'oauth_ended');
  });

  test('says what is wrong: password, certificate, host, port, folder', async () => {
    const codeOf = async (settings: Partial<EmailSettings>): Promise<string | null | undefined> => {
      const { account, tools } = await setUp(settings);
      const connection = watch(account, tools);
      await until('a report', () => tools.reports.length > 0);
      await connection.stop();
      return tools.reports[0]?.code;
    };
    const foreign = readFileSync(makeCertificate(servers.folder, 'foreign').certificate, 'utf8');
    expect(await codeOf({ password: 'falsch' })).toBe('sign_in_refused');
    expect(await codeOf({ certificateAuthority: foreign })).toBe('certificate');
    expect(await codeOf({ imapPort: 1 })).toBe('unreachable');
    expect(await codeOf({ imapFolders: ['Gibt es nicht'] })).toBe('folder_missing');
    expect(await codeOf({ imapPort: servers.exim.port })).toMatch(/no_encryption|connection_lost/);
  });

  test('tries settings before they are saved', async () => {
    const { account, tools } = await setUp({
      smtpHost: 'localhost',
      smtpPort: servers.exim.port,
      smtpUser: 'nahbar',
      smtpPassword: 'geheim',
    });
    expect(await testAccount(account, tools)).toEqual({
      ok: true,
      steps: [
        { name: 'mailbox', ok: true },
        { name: 'folders', ok: true },
        { name: 'sending', ok: true },
      ],
    });
    const wrong = mailAccount(account.address, { ...account.settings, password: 'x', smtpPassword: 'x' });
    const { ok, steps } = await testAccount(wrong, tools);
    expect(ok).toBe(false);
    expect(steps.map(({ name, problem }) => [name, problem?.code])).toEqual([
      ['mailbox', 'sign_in_refused'],
      ['sending', 'sign_in_refused'],
    ]);
    expect(await testAccount(mailAccount('tuer@firma.test'), tools)).toEqual({ ok: true, steps: [{ name: 'door', ok: true }] });
  });

  test('one mailbox that fails does not hold up another', async () => {
    const bad = await setUp({ password: 'falsch' });
    const good = await setUp();
    watch(bad.account, bad.tools);
    await attend(good.account, good.tools);
    await put(good.client, 'fine');
    await until('the mail', () => ids(good.tools).includes('fine'));
  });

  test('comes back when the server was away', async () => {
    const { account, tools, user } = await setUp();
    await attend(account, tools);
    await servers.dovecot.stop();
    await until('a report', () => tools.reports.at(-1)?.code === 'unreachable');
    await servers.dovecot.start();
    await put(await other(user), 'back');
    await until('the mail', () => ids(tools).includes('back'), 15_000);
  });
});
