import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseEndpoints as cases, customerPageEndpoints as page } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type PageScene, pageScene, phone } from './testing.ts';

/** A mail was forwarded: what does whoever has it learn by the link? Every word of the concern is one that must not be found in a reply. */
let s: PageScene;
let link: string;
let ids: { conversationId: string; caseId: string };
const secret = [
  'Quittenbrot',
  'Waldmeister',
  'Hollerbusch',
  'Zwetschge',
  'Rosskastanie',
  'Ligusterhecke',
  'Kim',
  'Sommer',
  'erika',
  'klein',
  'post.example',
  'Cousine',
];
beforeAll(async () => {
  s = await pageScene();
  ids = await s.writes({
    name: 'Erika Klein',
    subject: 'Quittenbrot',
    text: 'Mein Waldmeister ist welk.',
    cc: 'Cousine Klein <cousine@post.example>',
  });
  const { kim } = s.people;
  ({ link } = await s.answers(ids.conversationId, { text: 'Der Hollerbusch kommt.' }));
  const dueTo = new Date(s.h.clock.now().getTime() + 86_400_000).toISOString();
  const told = await s.h.call(kim, cases.state, {
    id: ids.caseId,
    kind: 'commitment',
    text: 'Zwetschge bis morgen',
    dueTo,
    informed: { how: 'phone' },
  });
  if (told.status !== 201) throw new Error(told.problem.code);
  await s.h.call(kim, cases.putFact, { id: ids.caseId, key: 'baum', label: 'Baum', value: 'Rosskastanie', source: 'Kunde' });
  await s.h.call(kim, api.note, { id: ids.conversationId, noteId: crypto.randomUUID(), text: 'Ligusterhecke schneiden' });
});
afterAll(() => s.h.close());

const findIn = (raw: string): string[] => {
  const text = raw.toLowerCase();
  return secret.filter((word) => text.includes(word.toLowerCase()));
};

it('the whole reply holds the state and the date of the promise, and nothing that anybody wrote or is called', async () => {
  const kase = await s.h.db.one<{ number: string; customerId: string }>(
    sql`select number, customer_id as "customerId" from cases where id = ${ids.caseId}`,
  );
  const seen = await phone(s.h).call(page.read, { link });
  expect(seen.status).toBe(200);
  expect(seen.body).toEqual({
    company: '',
    language: 'de',
    confirmed: false,
    preview: false,
    state: 'with_you',
    promises: [{ state: 'open', dueFrom: null, dueTo: expect.any(String), text: null }],
    retold: false,
    until: expect.any(String),
    concern: null,
    history: null,
  });
  expect(findIn(seen.raw + JSON.stringify(seen.headers))).toEqual([]);
  for (const id of [kase.number, kase.customerId, ids.caseId, ids.conversationId]) expect(seen.raw).not.toContain(id);
});

it('nothing that can be done with the link alone tells more', async () => {
  const stranger = phone(s.h, '198.51.100.9');
  const replies = [
    await stranger.call(page.read, { link, cursor: Buffer.from(`2030-01-01T00:00:00.000Z ${ids.caseId}`).toString('base64url') }),
    await stranger.call(page.askCode, { link }),
    await stranger.call(page.confirm, { link, code: '12345678' }),
    await stranger.call(page.retell, { link }),
    await stranger.call(page.add, { link, messageId: crypto.randomUUID(), text: 'Ich bin es.' }),
  ];
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 422, 200, 201]);
  expect(replies.map(({ raw }) => findIn(raw))).toEqual([[], [], [], [], []]);
  const file = await s.h.db.one<{ id: string }>(sql`insert into attachments (id, message_id, n, filename, media_type, size, created_at)
    select gen_random_uuid(), id, 0, 'Quittenbrot.txt', 'text/plain', 1, now() from messages where text like 'Mein Waldmeister%' returning id`);
  const refused = await stranger.call(page.file, { id: file.id });
  expect(refused).toMatchObject({ status: 404, problem: { code: 'cases.page_unavailable' } });
  expect(findIn(refused.raw)).toEqual([]);
});

it('confirmed, the customer reads what was written between the two, and neither notes, facts nor names of colleagues', async () => {
  const mine = phone(s.h);
  await mine.call(page.askCode, { link });
  const opened = await mine.call(page.confirm, { link, code: await s.newestCode() });
  expect(opened.body).toMatchObject({ concern: { subject: 'Quittenbrot' }, promises: [{ text: 'Zwetschge bis morgen' }] });
  expect(findIn(opened.raw).toSorted()).toEqual(['Hollerbusch', 'Quittenbrot', 'Waldmeister', 'Zwetschge'].toSorted());
});

it('a confirmation that was tampered with, of another address, or too old is none', async () => {
  const mine = phone(s.h);
  await mine.call(page.askCode, { link });
  await mine.call(page.confirm, { link, code: await s.newestCode() });
  const [identity = '', at = '', signature = ''] = mine.cookie?.split('.') ?? [];
  for (const cookie of [
    `${identity}.${Number(at) + 1}.${signature}`,
    `${crypto.randomUUID()}.${at}.${signature}`,
    `${identity}.${at}.`,
    'x',
    '..',
  ]) {
    const other = phone(s.h);
    other.cookie = cookie;
    expect((await other.call(page.read, { link })).body.confirmed).toBe(false);
  }
  const { conversationId } = await s.writes({ from: 'andere@post.example', subject: 'Anderes' });
  const { link: elsewhere } = await s.answers(conversationId);
  expect((await mine.call(page.read, { link: elsewhere })).body).toMatchObject({ confirmed: false, history: null });
  expect((await mine.call(page.read, { link })).body.confirmed).toBe(true);
  s.h.clock.advance(12 * 3_600_000);
  expect((await mine.call(page.read, { link })).body.confirmed).toBe(false);
});
