import { afterEach, describe, expect, test } from 'vitest';
import type { EmailSettings } from '../../channel.ts';
import { type MemoryTools, mailAccount, memoryTools } from '../../testing/memory-tools.ts';
import { file, outgoing } from '../../testing/outgoing.ts';
import { type Answers, type ScriptedSmtp, scriptedSmtp } from '../../testing/scripted-smtp.ts';
import { startTokenServer } from '../../testing/token-server.ts';
import { renderMail } from './render.ts';
import { endSessions, sendMail } from './send.ts';

let closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.toReversed()) await close();
  closers = [];
});

async function serve(answers?: Answers): Promise<ScriptedSmtp> {
  const server = await scriptedSmtp(answers);
  closers.push(() => server.stop());
  return server;
}

function sender(settings: Partial<EmailSettings>, installation = {}) {
  const account = mailAccount('service@shop.test', settings);
  const tools = memoryTools([account], installation);
  closers.push(() => endSessions(tools));
  const send = async (more = {}, signal: AbortSignal = new AbortController().signal, begin = () => Promise.resolve()) => {
    const out = outgoing(more);
    return sendMail(await renderMail(out, account, tools), out, account, tools, signal, begin);
  };
  return { account, tools: tools as MemoryTools, send };
}

const to = (server: ScriptedSmtp): Partial<EmailSettings> => ({ smtpHost: '127.0.0.1', smtpPort: server.port, smtpSecurity: 'starttls' });

describe('sending a mail', () => {
  test('hands it to the account’s server, from our address, to everybody named', async () => {
    const server = await serve();
    const { send } = sender({ ...to(server), user: 'service', password: 'geheim' });
    const result = await send({ bcc: [{ name: '', address: 'chef@shop.test' }] });
    expect(result).toMatchObject({ state: 'sent', reply: '250 queued as 1' });
    expect(server.heard.filter((line) => /^(?:MAIL|RCPT)/.test(line))).toEqual([
      expect.stringMatching(/^MAIL FROM:<service@shop\.test>/),
      'RCPT TO:<klein@kunde.test>',
      'RCPT TO:<chef@shop.test>',
    ]);
    expect(server.heard.some((line) => line.startsWith('AUTH PLAIN'))).toBe(true);
  });

  test('uses a connection for a few mails only, then a fresh one', async () => {
    const server = await serve();
    const { send } = sender(to(server));
    for (let i = 0; i < 9; i += 1) expect(await send()).toMatchObject({ state: 'sent' });
    expect(server.connections()).toBe(2);
  });

  test('goes through the installation’s server when the account has none', async () => {
    const server = await serve();
    const { send } = sender({}, { smtpUrl: `smtp://nahbar:p%40ss@127.0.0.1:${server.port}` });
    expect(await send()).toMatchObject({ state: 'sent' });
    const auth = server.heard.find((line) => line.startsWith('AUTH PLAIN'))?.split(' ')[2] ?? '';
    expect(Buffer.from(auth, 'base64').toString()).toBe('\0nahbar\0p@ss');
  });

  test('keeps it in the local outbox when there is no server at all', async () => {
    const { send, tools } = sender({});
    expect(await send()).toMatchObject({ state: 'sent', reply: 'local outbox' });
    expect(tools.local).toHaveLength(1);
    expect(tools.local[0]).toMatchObject({ to: ['klein@kunde.test'], subject: 'Re: Kühlschrank', mediaType: 'message/rfc822' });
  });

  test.each<[string, Answers, string, string]>([
    ['a full server', (said) => (said.startsWith('RCPT') ? '452 4.2.2 Mailbox full' : undefined), 'temporary', 'server_full'],
    ['greylisting', (said) => (said.startsWith('RCPT') ? '451 4.7.1 Greylisted' : undefined), 'temporary', 'refused_for_now'],
    ['an unknown recipient', (said) => (said.startsWith('RCPT') ? '550 5.1.1 No such user' : undefined), 'permanent', 'recipient_unknown'],
    ['a refusal after the content', (said) => (said === 'MAIL' ? '554 5.7.1 Spam' : undefined), 'permanent', 'refused_as_unwanted'],
    ['a mail too large', (said) => (said.startsWith('MAIL ') ? '552 5.3.4 Too large' : undefined), 'permanent', 'too_large'],
    ['a server that closes', (said) => (said === 'CONNECT' ? '421 Too busy' : undefined), 'temporary', 'refused_for_now'],
    ['a wrong password', (said) => (said.startsWith('AUTH') ? '535 5.7.8 Bad credentials' : undefined), 'reauthorise', 'sign_in_refused'],
    [
      'a sign-in that cannot be checked now',
      (said) => (said.startsWith('AUTH') ? '454 4.7.0 Later' : undefined),
      'temporary',
      'refused_for_now',
    ],
    [
      'a server that wants a sign-in',
      (said) => (said.startsWith('MAIL ') ? '530 5.7.57 Not authenticated' : undefined),
      'reauthorise',
      'sign_in_required',
    ],
    ['a connection cut at the greeting', (said) => (said === 'CONNECT' ? 'cut' : undefined), 'temporary', 'unreachable'],
    ['a connection cut at the envelope', (said) => (said.startsWith('RCPT') ? 'cut' : undefined), 'temporary', 'connection_lost'],
    ['a connection cut after the last byte', (said) => (said === 'MAIL' ? 'cut' : undefined), 'unknown', 'connection_lost'],
  ])('tells what it means: %s', async (_name, answers, permanence, code) => {
    const server = await serve(answers);
    const { send } = sender({ ...to(server), user: 'service', password: 'geheim' });
    expect(await send()).toMatchObject({ state: 'failed', permanence, code });
  });

  test('a connection cut in the middle of a large mail certainly did not send it', async () => {
    const server = await serve((said) => (said === 'PART' ? 'cut' : undefined));
    const { send } = sender(to(server));
    expect(await send({ attachments: [file('gross.bin', Buffer.alloc(8_000_000, 'x'))] })).toMatchObject({
      state: 'failed',
      permanence: 'temporary',
      code: 'connection_lost',
    });
  });

  test('names the recipients that were refused while others were taken', async () => {
    const server = await serve((said) => (said.includes('weg@') ? '550 5.1.1 No such user' : undefined));
    const { send } = sender(to(server));
    expect(await send({ cc: [{ name: '', address: 'weg@kunde.test' }] })).toMatchObject({
      state: 'sent',
      refused: [{ recipient: 'weg@kunde.test', code: 'recipient_unknown' }],
    });
  });

  test('gives up when told to, and says that nobody knows', async () => {
    const abort = new AbortController();
    const server = await serve((said) => {
      if (said !== 'MAIL') return undefined;
      abort.abort();
      return null;
    });
    const { send } = sender(to(server));
    expect(await send({}, abort.signal)).toMatchObject({ state: 'failed', permanence: 'unknown' });
  });

  test('an unreachable server is tried again later', async () => {
    const { send } = sender({ smtpHost: '127.0.0.1', smtpPort: 1 });
    expect(await send()).toMatchObject({ state: 'failed', permanence: 'temporary', code: 'unreachable' });
  });

  test('signs in with OAuth 2, renewing a token that was refused', async () => {
    const tokens = await startTokenServer('service@shop.test');
    closers.push(() => tokens.stop());
    const server = await serve((said) =>
      said.startsWith('AUTH')
        ? Buffer.from(said.split(' ')[2] ?? '', 'base64')
            .toString()
            .includes('access-2')
          ? '235 welcome'
          : '535 5.7.8 Expired'
        : undefined,
    );
    const settings: Partial<EmailSettings> = {
      ...to(server),
      signIn: 'oauth',
      oauthClientId: 'send-test',
      oauthRefreshToken: tokens.refreshToken,
      oauthTokenUrl: tokens.tokenUrl,
    };
    const refused = await sender(settings).send();
    expect(refused).toMatchObject({ state: 'failed', permanence: 'reauthorise', code: 'token_address_refused' });
    expect([tokens.exchanges(), server.heard.filter((said) => said.startsWith('AUTH'))]).toEqual([0, []]);
    const { send } = sender(settings, { privateAddresses: true });
    expect(await send()).toMatchObject({ state: 'sent' });
    expect(tokens.exchanges()).toBe(2);
    tokens.revoke();
  });

  test('a token server that is away says nothing about the password, even while a token is renewed', async () => {
    const tokens = await startTokenServer('service@shop.test');
    let isAway = false;
    const server = await serve((said) => {
      if (!said.startsWith('AUTH')) return undefined;
      if (!isAway) void tokens.stop();
      isAway = true;
      return '535 5.7.8 Expired';
    });
    const settings = {
      signIn: 'oauth',
      oauthClientId: 'away',
      oauthRefreshToken: tokens.refreshToken,
      oauthTokenUrl: tokens.tokenUrl,
    } as const;
    const { send } = sender({ ...to(server), ...settings }, { privateAddresses: true });
    for (const once of ['while renewing', 'from the start'])
      expect([once, await send()]).toMatchObject([once, { state: 'failed', permanence: 'temporary', code: 'token_unavailable' }]);
    expect(isAway).toBe(true);
  });

  test('asks for encryption but on the machine itself, unless told that none is wanted', async () => {
    const server = await serve();
    // The scripted server has no TLS: loopback goes without.
    expect(await sender(to(server)).send()).toMatchObject({ state: 'sent' });
    // By another name of the same machine it must not.
    const elsewhere = sender({ ...to(server), smtpHost: 'localhost.localdomain' });
    expect(await elsewhere.send()).toMatchObject({ state: 'failed', permanence: 'temporary' });
  });
});
