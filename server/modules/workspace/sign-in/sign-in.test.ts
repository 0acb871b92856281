import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createPerson, givePassword, openBrowser, type TestPerson, testPassword } from '../testing.ts';
import { fromBase32, stepAt, totpCode } from './totp.ts';

let house: TestHouse;
let kim: TestPerson;
let address = 0;
/** Each test from an address of its own, so that the failures of one do not slow the others. */
const browser = () => openBrowser(house, `192.0.2.${address}`);
const enter = async (person = kim) => {
  const page = browser();
  const { status, body } = await page.call(on.signIn, { email: person.email, password: testPassword });
  expect([status, body]).toEqual([200, { status: 'signed_in' }]);
  return page;
};
const codeOf = (secret: string) => totpCode(fromBase32(secret), stepAt(house.clock.now()));

beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
});
afterAll(() => house.close());
beforeEach(async () => {
  address += 1;
  kim = await createPerson(house, { name: 'Kim Sommer' });
  await givePassword(house, kim.id);
});

describe('signing in', () => {
  it('gives a cookie no script can read, and lets in', async () => {
    const page = await enter();
    expect(page.set).toMatch(/HttpOnly/);
    expect(page.set).toMatch(/SameSite=Lax/);
    expect((await page.call(on.getMe, {})).body.person.id).toBe(kim.id);
    const [row] = await house.db.query<{ token_hash: Buffer }>(sql`select token_hash from sessions where person_id = ${kim.id}`);
    expect(row?.token_hash.toString('base64url')).not.toBe(page.cookie);
  });

  it('gives a cookie that only goes over TLS where people reach it by TLS', async () => {
    expect((await enter()).set).not.toMatch(/Secure/);
    const outside = await testHouse({ PUBLIC_URL: 'https://nahbar.example' }, { upTo: 'workspace' });
    const person = await createPerson(outside);
    await givePassword(outside, person.id);
    const page = openBrowser(outside);
    await page.call(on.signIn, { email: person.email, password: testPassword });
    expect(page.set).toMatch(/; Secure/);
    await outside.close();
  });

  it('takes the address in any case', async () => {
    const { status } = await browser().call(on.signIn, { email: ` ${kim.email.toUpperCase()} `, password: testPassword });
    expect(status).toBe(200);
  });

  it('answers alike whether the address, the password or the activity is wrong', async () => {
    const gone = await createPerson(house, { active: false });
    await givePassword(house, gone.id);
    const invited = await createPerson(house);
    const answers = await Promise.all(
      [kim.email, 'nobody@haus.example', invited.email, gone.email].map((email) =>
        browser().call(on.signIn, { email, password: email === gone.email ? testPassword : 'falsch' }),
      ),
    );
    expect(new Set(answers.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['401 workspace.sign_in_failed']));
    // Each leaves the same trace: a write for known addresses only would be heard in the time.
    const traces = await house.db.query(sql`select seq from audit_log where action = 'workspace.sign_in_failed'`);
    expect(traces).toHaveLength(answers.length);
  });

  it('refuses a cookie whose request another page may have sent', async () => {
    const page = await enter();
    expect((await page.call(on.changeMe, { name: 'X' }, { 'x-nahbar': '' })).code).toBe('core.csrf');
    expect((await page.call(on.changeMe, { name: 'X' }, { origin: 'https://evil.example' })).code).toBe('core.csrf');
    const stranger = await browser().call(on.signIn, { email: kim.email, password: testPassword }, { origin: 'https://evil.example' });
    expect(stranger.code).toBe('core.csrf');
  });

  it('asks no database once the session is known', async () => {
    const page = await enter();
    await page.call(on.getPermissions, {});
    let asked = 0;
    const { pool } = house.house.platform.database;
    const count = () => (asked += 1);
    pool.on('acquire', count);
    await page.call(on.getPermissions, {});
    pool.off('acquire', count);
    expect(asked).toBe(0);
  });
});

describe('a session', () => {
  it('is over a week after its last use and thirty days after its beginning', async () => {
    const page = await enter();
    const begun = house.clock.now();
    for (let day = 0; day < 29; day += 6) {
      house.clock.advance(6 * 86_400_000);
      expect((await page.call(on.getMe, {})).status).toBe(day < 24 ? 200 : 401);
    }
    house.clock.set(begun);
    const idle = await enter();
    house.clock.advance(7 * 86_400_000 + 1);
    expect((await idle.call(on.getMe, {})).status).toBe(401);
    house.clock.set(begun);
  });

  it('ends at once, for every browser it was listed in', async () => {
    const [here, there] = [await enter(), await enter()];
    const { items } = (await here.call(on.listSessions, {})).body;
    expect(items.map((one) => String(one.current)).toSorted()).toEqual(['false', 'true']);
    expect((await there.call(on.getMe, {})).status).toBe(200);
    await here.call(on.endSession, { id: items.find((one) => !one.current)?.id ?? '' });
    expect((await there.call(on.getMe, {})).status).toBe(401);
    expect((await here.call(on.getMe, {})).status).toBe(200);
  });

  it('of somebody else cannot be ended', async () => {
    const other = await createPerson(house);
    await givePassword(house, other.id);
    const { items } = (await (await enter(other)).call(on.listSessions, {})).body;
    expect((await (await enter()).call(on.endSession, { id: items[0]?.id ?? '' })).status).toBe(404);
  });

  it('ends by signing out, everywhere else on demand', async () => {
    const [one, two, three] = [await enter(), await enter(), await enter()];
    await one.call(on.endOtherSessions, {});
    expect(await Promise.all([one, two, three].map(async (page) => (await page.call(on.getMe, {})).status))).toEqual([200, 401, 401]);
    const kept = one.cookie;
    await one.call(on.signOut, {});
    one.cookie = kept;
    expect((await one.call(on.getMe, {})).status).toBe(401);
  });

  it('gets a new token when the password changes, and all others end', async () => {
    const [page, other] = [await enter(), await enter()];
    const before = page.cookie;
    const wrong = await page.call(on.changePassword, { current: 'falsch', password: 'neun Lampen singen leise' });
    expect(wrong.code).toBe('workspace.password_wrong');
    expect((await page.call(on.changePassword, { current: testPassword, password: 'Passwort 2026' })).code).toBe(
      'workspace.password_common',
    );
    expect((await page.call(on.changePassword, { current: testPassword, password: 'neun Lampen singen leise' })).status).toBe(200);
    expect(page.cookie).not.toBe(before);
    expect((await page.call(on.getMe, {})).status).toBe(200);
    expect((await other.call(on.getMe, {})).status).toBe(401);
    page.cookie = before;
    expect((await page.call(on.getMe, {})).status).toBe(401);
  });
});

describe('guessing', () => {
  const guess = (from: string, email: string, password = 'falsch') => openBrowser(house, from).call(on.signIn, { email, password });

  it('is stopped after five failures, longer each time, and forgotten after a success', async () => {
    const from = `198.51.100.${address}`;
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 6; n += 1) codes.push((await guess(from, kim.email)).code);
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'workspace.sign_in_failed'), 'workspace.too_many_attempts']);
    // The right password waits too, or the answer would tell it.
    expect((await guess(from, kim.email, testPassword)).code).toBe('workspace.too_many_attempts');
    house.clock.advance(1_001);
    expect((await guess(from, kim.email)).code).toBe('workspace.sign_in_failed');
    house.clock.advance(1_001);
    expect((await guess(from, kim.email)).code).toBe('workspace.too_many_attempts');
    house.clock.advance(1_000);
    expect((await guess(from, kim.email, testPassword)).status).toBe(200);
    expect((await guess(from, kim.email)).code).toBe('workspace.sign_in_failed');
  });

  it('many times at once counts many times', async () => {
    const from = `198.51.100.${address}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess(from, kim.email)));
    expect(answers.filter(({ code }) => code === 'workspace.sign_in_failed')).toHaveLength(5);
  });

  it('from elsewhere does not lock the owner out', async () => {
    for (let n = 0; n < 7; n += 1) await guess(`203.0.113.${address}`, kim.email);
    expect((await guess(`198.51.100.${address}`, kim.email, testPassword)).status).toBe(200);
  });

  it('many accounts from one address is stopped too', async () => {
    const codes = new Set<string | undefined>();
    await guess('198.51.100.250', 'nobody@haus.example');
    await house.db.exec(
      sql`update sign_in_attempts set failures = 98 where key = ${house.house.platform.secrets.sign('attempt by address', '198.51.100.250')}`,
    );
    for (let n = 0; n < 3; n += 1) codes.add((await guess('198.51.100.250', `nobody${n}@haus.example`)).code);
    expect(codes).toEqual(new Set(['workspace.sign_in_failed', 'workspace.too_many_attempts']));
  });

  it('from one address, however long, counts on the account no further than it is let through', async () => {
    for (let n = 0; n < 60; n += 1) await guess(`203.0.113.${address}`, kim.email);
    expect((await guess(`198.51.100.${address}`, kim.email, testPassword)).status).toBe(200);
  });

  it('from many addresses makes strangers wait, and nobody who was here before', async () => {
    const [known, stranger] = [`198.51.100.${address}`, `198.51.101.${address}`];
    const phone = openBrowser(house, known);
    expect((await phone.call(on.signIn, { email: kim.email, password: testPassword })).status).toBe(200);
    for (let n = 0; n < 35; n += 1) await guess(`203.0.${address}.${n}`, kim.email);
    expect((await guess(stranger, kim.email, testPassword)).code).toBe('workspace.too_many_attempts');
    // The same network without a cookie, and the same browser elsewhere.
    expect((await guess(known, kim.email, testPassword)).status).toBe(200);
    const travelling = openBrowser(house, stranger);
    travelling.device = phone.device;
    expect((await travelling.call(on.signIn, { email: kim.email, password: testPassword })).status).toBe(200);
  });

  it('from the same office keeps out no browser that was here before, and a known browser does not guess freely', async () => {
    const from = `198.51.100.${address}`;
    const desk = openBrowser(house, from);
    await desk.call(on.signIn, { email: kim.email, password: testPassword });
    for (let n = 0; n < 8; n += 1) await guess(from, kim.email);
    expect((await guess(from, kim.email, testPassword)).code).toBe('workspace.too_many_attempts');
    expect((await desk.call(on.signIn, { email: kim.email, password: testPassword })).status).toBe(200);
    for (let n = 0; n < 5; n += 1) await desk.call(on.signIn, { email: kim.email, password: 'falsch' });
    expect((await desk.call(on.signIn, { email: kim.email, password: testPassword })).code).toBe('workspace.too_many_attempts');
    // Known for one account is not known for another.
    const other = await createPerson(house);
    await givePassword(house, other.id);
    for (let n = 0; n < 8; n += 1) await guess(from, other.email);
    expect((await desk.call(on.signIn, { email: other.email, password: testPassword })).code).toBe('workspace.too_many_attempts');
  });

  it('from another address of the same IPv6 network, or an IPv4 address written as IPv6, counts as from one', async () => {
    const tried = async (from: (n: number) => string) => {
      const codes: (string | undefined)[] = [];
      for (let n = 0; n < 6; n += 1) codes.push((await guess(from(n), kim.email)).code);
      return codes.at(-1);
    };
    expect(await tried((n) => `2a00:1450:${address}:${n}::1`)).toBe('workspace.sign_in_failed');
    expect(await tried((n) => `2a00:1450:4002:${address}::${n + 1}`)).toBe('workspace.too_many_attempts');
    expect(await tried((n) => `${n % 2 ? '' : '::ffff:'}203.0.113.${address}`)).toBe('workspace.too_many_attempts');
  });

  it('leaves traces in the audit log', async () => {
    await guess(`198.51.100.${address}`, kim.email);
    const rows = await house.db.query<{ action: string }>(sql`select action from audit_log where object_id = ${kim.id}`);
    expect(rows.map((row) => row.action)).toEqual(['workspace.sign_in_failed']);
  });
});

it.each<[unknown]>([[{ toString: null }], [{ id: 1 }], [['x']], [null], [7]])(
  'a passkey whose id is %j is bad input and no fault of ours',
  async (id) => {
    const { body } = await browser().call(on.passkeySignInOptions, {});
    const answer = await browser().call(on.signInPasskey, { challengeId: body.challengeId, response: { id } } as never);
    expect([answer.status, answer.code]).toEqual([400, 'core.invalid_input']);
  },
);

describe('the second factor', () => {
  const begin = async () => {
    const page = await enter();
    const { secret } = (await page.call(on.beginTotp, { password: testPassword })).body;
    return { page, secret };
  };
  const turnOn = async () => {
    const { page, secret } = await begin();
    const { recoveryCodes } = (await page.call(on.confirmTotp, { code: codeOf(secret) })).body;
    house.clock.advance(30_000);
    return { page, secret, recoveryCodes };
  };
  const challenge = async () => {
    const page = browser();
    const { body } = await page.call(on.signIn, { email: kim.email, password: testPassword });
    if (body.status !== 'second_factor') throw new Error('no second factor was asked for');
    return { page, challenge: body.challenge };
  };

  it('counts only once a code has confirmed it', async () => {
    const { page } = await begin();
    expect((await page.call(on.confirmTotp, { code: '000000' })).code).toBe('workspace.code_wrong');
    await enter();
  });

  it('is asked for from then on, and each code works once', async () => {
    const { secret } = await turnOn();
    const first = await challenge();
    expect((await first.page.call(on.getMe, {})).status).toBe(401);
    const code = codeOf(secret);
    expect((await first.page.call(on.signInSecondFactor, { challenge: first.challenge, code })).status).toBe(200);
    expect((await first.page.call(on.getMe, {})).body.secondFactor.totp).toBe(true);
    const second = await challenge();
    expect((await second.page.call(on.signInSecondFactor, { challenge: second.challenge, code })).code).toBe('workspace.code_wrong');
  });

  it('yields to a recovery code, once', async () => {
    const { recoveryCodes } = await turnOn();
    expect(recoveryCodes).toHaveLength(10);
    const code = recoveryCodes[3]?.toLowerCase() ?? '';
    const one = await challenge();
    expect((await one.page.call(on.signInSecondFactor, { challenge: one.challenge, code })).status).toBe(200);
    const two = await challenge();
    expect((await two.page.call(on.signInSecondFactor, { challenge: two.challenge, code })).code).toBe('workspace.code_wrong');
  });

  it('cannot be guessed either', async () => {
    await turnOn();
    const { page, challenge: given } = await challenge();
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 6; n += 1) codes.push((await page.call(on.signInSecondFactor, { challenge: given, code: `00000${n}` })).code);
    expect(codes.at(-1)).toBe('workspace.too_many_attempts');
  });

  it('wants the challenge of the password, unaltered and within five minutes', async () => {
    const { secret } = await turnOn();
    const { page, challenge: given } = await challenge();
    const other = await createPerson(house);
    const forged = given.replace(kim.id, other.id);
    expect((await page.call(on.signInSecondFactor, { challenge: forged, code: codeOf(secret) })).code).toBe('workspace.challenge_expired');
    house.clock.advance(300_001);
    expect((await page.call(on.signInSecondFactor, { challenge: given, code: codeOf(secret) })).code).toBe('workspace.challenge_expired');
  });

  it('is turned off with the password, and by whoever manages people', async () => {
    const { page } = await turnOn();
    expect((await page.call(on.removeTotp, { password: 'falsch' })).code).toBe('workspace.password_wrong');
    await page.call(on.removeTotp, { password: testPassword });
    await enter();
    await turnOn();
    const dorit = await createPerson(house, { roles: ['admin'] });
    expect((await house.call(dorit, on.resetSecondFactor, { id: kim.id })).status).toBe(200);
    await enter();
  });

  it('lies sealed in the database', async () => {
    const { secret } = await begin();
    const rows = await house.db.query(sql`select * from totp_secrets where person_id = ${kim.id}`);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});
