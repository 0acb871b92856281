import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints } from '../../contract/conversations.ts';
import { customersEndpoints } from '../../contract/customers.ts';
import { createAccount, mailArrives } from '../../server/modules/channels/testing.ts';
import { type ChatHouse, chatHouse } from './testing/house.ts';
import { identitySecret, type Page, page, shop, tokenFor } from './testing/visitor.ts';

let house: ChatHouse;
let visitor: Page;
let secret = '';
beforeAll(async () => {
  house = await chatHouse();
  visitor = page(house.base, house.chat);
  ({ secret } = await visitor.start());
  await visitor.say(secret, 'Geheim: meine Bestellung 4711', {
    files: [{ name: 'geheim.txt', type: 'text/plain', base64: Buffer.from('Geheim').toString('base64') }],
  });
  await house.settle();
  await house.answer(await house.newest(), 'Geheim: kommt am Samstag');
});
afterAll(() => house.h.close());

const now = (): number => house.h.clock.now().getTime() / 1_000;
const claims = (more: Record<string, unknown> = {}) => ({ sub: 'c-1', aud: house.chat, exp: now() + 600, ...more });

/** Every call there is, with these credentials. */
async function everything(who: Page, credentials: Record<string, unknown>, fileId = crypto.randomUUID()): Promise<string[]> {
  const answers = await Promise.all([
    who.call('start', credentials),
    who.call('look', credentials),
    who.call('say', { ...credentials, id: 'somebody-else', text: 'x' }),
    who.call('read', credentials),
    who.call('file', { ...credentials, id: fileId }),
    who.call('transcript', { ...credentials, id: crypto.randomUUID(), address: 'x@y.example' }),
  ]);
  expect(answers.map(({ bytes }) => bytes.toString()).join('\n')).not.toMatch(/Geheim/);
  return [...new Set(answers.map(({ status, reason }) => `${status} ${reason}`))];
}

describe('nobody sees another one’s talk', () => {
  it('with a secret that was not made here, altered, cut, or the thread’s own name', async () => {
    const thread = (await house.open((await house.newest()).id)).messages[0]?.from?.address.replace('gast-', '') ?? '';
    const [random = '', mac = ''] = secret.split('.');
    const tries = [
      'x',
      random,
      `${random}.`,
      `${random}.${mac.slice(0, -1)}`,
      `${random}.${mac.slice(0, -1)}${mac.endsWith('A') ? 'B' : 'A'}`,
      `${random.slice(1)}A.${mac}`,
      thread,
      `${thread}.${mac}`,
      '__proto__',
    ];
    for (const one of tries) expect([one, await everything(visitor, { secret: one })]).toEqual([one, ['403 unknown_secret']]);
    for (const one of ['', 7, null, {}, [secret], 'y'.repeat(300)])
      expect((await visitor.call('look', { secret: one })).status).toBeGreaterThanOrEqual(400);
  });

  it('with the secret of another account, or at another account', async () => {
    const other = await createAccount(house.h, {
      kind: 'chat',
      address: 'www.other.example',
      settings: { origins: [shop], identitySecret },
    });
    const there = page(house.base, other.id);
    expect(await everything(there, { secret })).toEqual(['403 unknown_secret']);
    const foreign = (await there.start()).secret;
    expect(await everything(visitor, { secret: foreign })).toEqual(['403 unknown_secret']);
  });

  it('with an own secret and the ids of another’s messages and files', async () => {
    const mine = (await visitor.start()).secret;
    const file = (await visitor.look(secret)).messages[0]?.files[0];
    expect(file).toMatchObject({ name: 'geheim.txt', isReady: true });
    const stolen = await visitor.call('file', { secret: mine, id: file?.id });
    expect([stolen.status, stolen.reason]).toEqual([404, 'no_such_file']);
    // The same id in another thread is another message, and makes nobody's disappear.
    const [first] = (await visitor.look(secret)).messages;
    await visitor.say(mine, 'Eigenes', { id: first?.id });
    await house.settle();
    expect((await visitor.look(mine)).messages.map(({ text }) => text)).toEqual(['Eigenes']);
    expect((await visitor.look(secret)).messages).toHaveLength(2);
    expect((await visitor.call('file', { secret, id: file?.id })).bytes.toString()).toBe('Geheim');
  });

  it('on a line, whatever is said on it', async () => {
    const line = await visitor.line({ secret: 'x.y' });
    expect(await line.closed).toBe(1008);
    expect(line.frames).toEqual([{ kind: 'refused', code: 'unknown_secret' }]);
    const mute = await visitor.line({ read: true } as never);
    expect(await mute.closed).toBe(1008);
    expect(mute.frames).toEqual([]);
  });

  it('from a page that the account does not allow, by call or by line', async () => {
    for (const origin of ['https://evil.example', 'https://www.shop.example.evil.example', 'http://www.shop.example', 'null', null]) {
      const foreign = page(house.base, house.chat, origin);
      const refused = await foreign.call('look', { secret });
      expect([origin, refused.status, refused.reason, refused.allowed]).toEqual([origin, 403, 'channels.origin_refused', null]);
      await expect(foreign.line({ secret })).rejects.toThrow('403');
    }
    expect((await visitor.call('look', { secret })).allowed).toBe(shop);
  });
});

describe('who is signed in on the page', () => {
  it('is believed to the page’s server alone', async () => {
    const mine = (await visitor.start()).secret;
    const bad = {
      'another secret': tokenFor(claims(), 'a secret of somebody else, long enough for one'),
      'no signature': `${tokenFor(claims()).split('.').slice(0, 2).join('.')}.`,
      'algorithm none': tokenFor(claims(), identitySecret, { alg: 'none' }),
      'too old': tokenFor(claims({ exp: now() - 1 })),
      'living too long': tokenFor(claims({ exp: now() + 7_200 })),
      'for another account': tokenFor(claims({ aud: crypto.randomUUID() })),
      'for nobody': tokenFor(claims({ sub: '' })),
      'without an end': tokenFor({ sub: 'c-1', aud: house.chat }),
      altered: tokenFor(claims()).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify(claims({ sub: 'c-2' }))).toString('base64url')}.`),
    };
    for (const [what, token] of Object.entries(bad))
      expect([what, (await visitor.call('look', { secret: mine, token })).reason]).toEqual([what, 'bad_token']);
    expect((await visitor.call('look', { secret: mine, token: tokenFor(claims()) })).status).toBe(200);
  });

  it('is proved, by the address the shop has proved; a name somebody only gives is claimed', async () => {
    const mine = (await visitor.start()).secret;
    const token = tokenFor(claims({ sub: 'c-7', name: 'Erika Klein', email: 'Erika.Klein@kunde.example' }));
    await visitor.say(mine, 'Wo ist mein Paket?', { token });
    const guest = (await visitor.start()).secret;
    await visitor.say(guest, 'Ich bin Erika Klein', { name: 'Erika Klein' });
    await house.settle();
    const identities = async (text: string) => {
      const { items } = (await house.h.call(house.people.kim, conversationEndpoints.list, { view: 'open' })).body;
      const customerId = items.find(({ preview }) => preview === text)?.customerId ?? '';
      return (await house.h.call(house.people.kim, customersEndpoints.get, { id: customerId })).body.identities;
    };
    expect(await identities('Wo ist mein Paket?')).toMatchObject([
      { kind: 'mail', value: 'erika.klein@kunde.example', evidence: 'login', verifiedAt: expect.any(String) },
    ]);
    expect(await identities('Ich bin Erika Klein')).toMatchObject([{ kind: 'handle', verifiedAt: null }]);
  });

  it('is identified as by a sign-in, level 3, in this talk; without a signature nobody is, whatever they say', async () => {
    const { kim } = house.people;
    const erika = { sub: 'c-71', name: 'Erika Lang', email: 'erika.lang@kunde.example' };
    const talk = async (words: string) => {
      await house.settle();
      const { items } = (await house.h.call(kim, conversationEndpoints.list, { view: 'open' })).body;
      const found = items.find(({ preview }) => preview.startsWith(words));
      if (!found) throw new Error(`nobody said ${words}`);
      return found;
    };
    const levelOf = async (id: string) => (await house.h.call(kim, customersEndpoints.authentication, { id })).body;

    const guest = (await visitor.start()).secret;
    const forged = tokenFor(claims(erika), 'a secret of somebody else, long enough for one');
    expect((await visitor.call('say', { secret: guest, id: 'forged-token', text: 'x', token: forged })).reason).toBe('bad_token');
    const { sub: id, name, email: mail } = erika;
    const said = { id: 'claims-a-lot', secret: guest, text: 'Erika Lang hier', name, address: mail };
    expect((await visitor.call('say', { ...said, user: { id, name, mail }, isProved: true })).status).toBe(200);
    const claimed = await talk('Erika Lang hier');
    expect((await levelOf(claimed.customerId)).level).toBe(0);

    const mine = (await visitor.start()).secret;
    await visitor.say(mine, 'Neue Adresse bitte', { token: tokenFor(claims(erika)) });
    const signed = await talk('Neue Adresse bitte');
    expect(signed.customerId).not.toBe(claimed.customerId);
    expect(await levelOf(signed.customerId)).toMatchObject({ level: 3, method: 'login', conversationId: signed.id, byId: null });
    // More of the same says nothing new.
    await visitor.say(mine, 'Bitte bald', { token: tokenFor(claims(erika)) });
    expect((await house.h.drain()).map(({ type }) => type)).not.toContain('customers.authenticated');
    // In her talk by mail, from her address: anybody can write that into a mail.
    await house.answer(signed, 'Welche denn?');
    house.h.clock.advance(3 * 60_000);
    await house.unread();
    const [ours] = await house.mails();
    const head = `From: ${name} <${mail}>\nTo: ${ours?.replyTo}\nSubject: AW\nMessage-ID: <per-mail@kunde.example>`;
    await mailArrives(house.h, house.mailbox, `${head}\n\nLagerweg 3\n`);
    expect((await talk('Lagerweg 3')).id).toBe(signed.id);
    expect((await levelOf(signed.customerId)).level).toBe(0);
    await visitor.say(mine, 'Das war ich', { token: tokenFor(claims(erika)) });
    await talk('Das war ich');
    expect((await levelOf(signed.customerId)).level).toBe(3);
    await house.h.call(kim, conversationEndpoints.step, { id: signed.id, step: 'classify_spam' });
    expect((await levelOf(signed.customerId)).level).toBe(0);
  });

  it('keeps the talk: it opens to that person alone, not to whoever uses the browser next, nor to another one’s token', async () => {
    const mine = (await visitor.start()).secret;
    const token = tokenFor(claims({ sub: 'c-8', name: 'Geheim Person' }));
    await visitor.say(mine, 'Geheim', { token });
    await house.settle();
    expect((await visitor.look(mine, token)).messages).toHaveLength(1);
    expect(await everything(visitor, { secret: mine })).toEqual(['403 signed_out']);
    expect(await everything(visitor, { secret: mine, token: tokenFor(claims({ sub: 'c-9' })) })).toEqual(['403 signed_out']);
    // Their token, stolen, with another browser's secret: it opens what that browser has, which is nothing of theirs.
    const thief = (await visitor.start()).secret;
    expect((await visitor.look(thief, token)).messages).toEqual([]);
  });
});

it('somebody else’s mail in the same conversation is never shown to the visitor, nor what is answered to it', async () => {
  const mine = (await visitor.start()).secret;
  // An address that is not theirs: whoever owns it gets our answer and writes back.
  await visitor.say(mine, 'Bitte antworten Sie', { address: 'opfer@post.example' });
  await house.settle();
  const conversation = await house.newest();
  await house.answer(conversation, 'Womit denn?');
  house.h.clock.advance(3 * 60_000);
  await house.unread();
  const [mail] = await house.mails();
  await mailArrives(
    house.h,
    house.mailbox,
    `From: Opfer <opfer@post.example>\nTo: ${mail?.replyTo}\nSubject: AW\nMessage-ID: <o1@post.example>\n\nGeheim vom Opfer\n`,
  );
  await house.settle();
  const after = await house.open(conversation.id);
  expect(after.messages.map(({ text }) => text)).toContain('Geheim vom Opfer');
  expect(after.proposals.reply.to).toEqual([{ name: 'Opfer', address: 'opfer@post.example' }]);
  await house.answer(conversation, 'Geheim an das Opfer');
  await house.unread();
  expect((await visitor.look(mine)).messages.map(({ text }) => text).join()).not.toMatch(/Geheim/);
});
