import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channelsEndpoints as e } from '../../contract/channels.ts';
import { destinations, secretFields } from '../../server/modules/channels/accounts/settings.ts';
import { type Cast, cast } from '../../server/modules/workspace/testing.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { type EmailSettings, emailSettings } from './channel.ts';
import { imapServer, type MailServer, smtpServer, tokenEndpoint } from './server/access/servers.ts';
import { accessOf } from './server/access/state.ts';
import { server } from './server/index.ts';
import { mailAccount, memoryTools } from './testing/memory-tools.ts';
import { type ScriptedSmtp, scriptedSmtp } from './testing/scripted-smtp.ts';

const wire = (one: MailServer | undefined) => (one ? [`${one.host} ${one.port} ${one.security} ${one.certificateAuthority}`] : []);
const signIns = (at: ScriptedSmtp) => at.heard.filter((said) => said.startsWith('AUTH')).length;

describe('where a mail account’s secrets go', () => {
  /** Every server that is shown a secret, as the channel connects. */
  function shownTo(secret: string, settings: EmailSettings): string[] {
    const [imap, smtp, token] = [imapServer(settings, 'a@b.test'), smtpServer(settings, 'a@b.test'), tokenEndpoint(settings).url];
    const isOwnSignIn = settings.smtpUser !== '';
    if (secret === 'smtpPassword') return isOwnSignIn ? wire(smtp) : [];
    if (secret === 'dkimPrivateKey') return [];
    if (secret === 'oauthClientSecret') return [token];
    const both = [...wire(imap), ...(isOwnSignIn ? [] : wire(smtp))];
    // What is got for a refresh token opens the same servers.
    return secret === 'oauthRefreshToken' ? [token, ...both] : both;
  }
  const settings = fc
    .record({
      provider: fc.constantFrom('generic', 'google', 'microsoft'),
      imapHost: fc.constantFrom('', 'a.test', 'b.test'),
      imapPort: fc.constantFrom(993, 143),
      imapSecurity: fc.constantFrom('tls', 'none'),
      smtpHost: fc.constantFrom('', 'a.test', 'b.test'),
      smtpPort: fc.constantFrom(587, 25),
      smtpSecurity: fc.constantFrom('starttls', 'none'),
      smtpUser: fc.constantFrom('', 'other'),
      oauthTokenUrl: fc.constantFrom('', 'https://a.test/token', 'https://b.test/token'),
      certificateAuthority: fc.constantFrom('', 'PEM'),
    })
    .map((given) => emailSettings.parse(given));

  test('is named completely: no server is shown one without a named setting having changed', () => {
    const goesTo = destinations(server);
    expect([...goesTo.keys()].toSorted()).toEqual(secretFields(server).toSorted());
    for (const [secret, names] of goesTo)
      fc.assert(
        fc.property(settings, settings, (before, after) => {
          const known = new Set(shownTo(secret, before));
          const isNew = shownTo(secret, after).some((where) => where && !known.has(where));
          return !isNew || names.some((name) => before[name as keyof EmailSettings] !== after[name as keyof EmailSettings]);
        }),
        { numRuns: 500 },
      );
  });

  test('holds for tokens that came since, too', () => {
    const account = (oauthTokenUrl: string) =>
      mailAccount('service@shop.test', { signIn: 'oauth', oauthTokenUrl, oauthRefreshToken: 'old' });
    const tools = memoryTools([]);
    let oauth: { of: string; sealed: string } | undefined;
    const access = (url: string) =>
      accessOf(account(url), tools, { folders: {}, ...(oauth ? { oauth } : {}) }, (kept) => {
        oauth = kept;
        return Promise.resolve();
      });
    void access('https://a.test/token').rotated?.('newer');
    expect(access('https://a.test/token').refreshToken).toBe('newer');
    expect(access('https://b.test/token').refreshToken).toBe('old');
  });
});

describe('a mail account whose server is changed', () => {
  let house: TestHouse;
  let people: Cast;
  let own: ScriptedSmtp;
  let other: ScriptedSmtp;
  let saved: { id: string; version: number };
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    people = await cast(house);
    [own, other] = await Promise.all([scriptedSmtp(), scriptedSmtp()]);
    const settings = { user: 'service', password: 'streng geheim', smtpHost: '127.0.0.1', smtpPort: own.port };
    const made = await house.call(people.dorit, e.createAccount, {
      channel: 'email',
      name: 'Service',
      address: 'service@shop.test',
      settings,
    });
    saved = made.body.account;
  });
  afterAll(async () => {
    await Promise.all([own.stop(), other.stop()]);
    await house.close();
  });

  test('is not tested with the stored password: the other server hears nothing', async () => {
    expect((await house.call(people.dorit, e.testAccount, { id: saved.id })).body).toMatchObject({ ok: true });
    expect(signIns(own)).toBe(1);
    const tried = await house.call(people.dorit, e.testAccount, { id: saved.id, settings: { smtpPort: other.port } });
    expect([tried.status, tried.problem.code, tried.problem.fields?.map(({ path }) => path)]).toEqual([
      400,
      'channels.secret_needed',
      ['settings.password'],
    ]);
    expect(tried.problem.data).toEqual({ secrets: [{ secret: 'password', changed: ['smtpPort'] }] });
    expect(other.connections()).toBe(0);
    const entered = { id: saved.id, settings: { smtpPort: other.port, password: 'ein anderes' } };
    expect((await house.call(people.dorit, e.testAccount, entered)).body).toMatchObject({ ok: true });
    const shown = other.heard.map((said) => Buffer.from(said.split(' ').at(-1) ?? '', 'base64').toString());
    expect(shown.some((text) => text.includes('ein anderes'))).toBe(true);
    expect(shown.some((text) => text.includes('streng geheim'))).toBe(false);
  });

  test('is not saved with the stored password, and nothing of the change is', async () => {
    for (const settings of [{ smtpHost: 'evil.test' }, { imapHost: 'evil.test' }, { user: 'other' }, { provider: 'google' }]) {
      const refused = await house.call(people.dorit, e.changeAccount, { id: saved.id, version: saved.version, name: 'Anders', settings });
      expect([settings, refused.status, refused.problem.code]).toEqual([settings, 400, 'channels.secret_needed']);
      expect(refused.events).toEqual([]);
    }
    expect((await house.call(people.dorit, e.account, { id: saved.id })).body).toMatchObject({
      account: { name: 'Service' },
      settings: { smtpHost: '127.0.0.1', imapHost: '', user: 'service' },
    });
    const change = { id: saved.id, version: saved.version, settings: { smtpPort: other.port, password: 'ein anderes' } };
    expect((await house.call(people.dorit, e.changeAccount, change)).body).toMatchObject({ settings: { smtpPort: other.port } });
  });

  test('keeps it through changes that send it nowhere else', async () => {
    const { body } = await house.call(people.dorit, e.account, { id: saved.id });
    const settings = { ...body.settings, senderName: 'Möbel & Mehr', imapFolders: ['INBOX', 'Shop'] };
    const changed = await house.call(people.dorit, e.changeAccount, { id: saved.id, version: body.account.version, settings });
    expect(changed.body).toMatchObject({ settings: { senderName: 'Möbel & Mehr' }, secrets: { password: true } });
  });
});
