import { afterAll, beforeAll, expect, it } from 'vitest';
import { customersEndpoints } from '../../contract/customers.ts';
import { createPerson } from '../../server/modules/workspace/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type ChatHouse, chatHouse } from './testing/house.ts';
import { type Page, page } from './testing/visitor.ts';

let house: ChatHouse;
let visitor: Page;
beforeAll(async () => {
  house = await chatHouse();
  visitor = page(house.base, house.chat);
});
afterAll(() => house.h.close());

const talk = async (text: string) => {
  const { secret } = await visitor.start();
  await visitor.say(secret, text, { name: 'Erna Geheim', address: 'geheim@kunde.example' });
  await house.settle();
  const conversation = await house.newest();
  await house.answer(conversation, 'Am Samstag.');
  await house.unread();
  return { secret, conversation };
};

const decide = async (step: 'restrict' | 'erase', id: string): Promise<void> => {
  const privacy = await createPerson(house.h, { roles: ['privacy'] });
  const reason = 'Wunsch der betroffenen Person';
  const reply =
    step === 'erase'
      ? await house.h.call(privacy, customersEndpoints.erase, { id, reason, letters: 'erase' })
      : await house.h.call(privacy, customersEndpoints.restrict, { id, reason });
  expect(reply.status).toBe(200);
  await house.settle();
};

it('a talk of somebody whose data is restricted is there for nobody, and what they write begins another one', async () => {
  const { secret, conversation } = await talk('Geheim vor der Einschränkung');
  await decide('restrict', conversation.customerId);
  expect((await visitor.look(secret)).messages).toEqual([]);
  await visitor.say(secret, 'Neues Anliegen');
  await house.settle();
  expect((await visitor.look(secret)).messages.map(({ text }) => text)).toEqual(['Neues Anliegen']);
});

it('of an erased one nothing is left: no sentence, no note, no address, and the page shows an empty talk', async () => {
  const { secret, conversation } = await talk('Geheim vor der Löschung');
  const traces = async (): Promise<string[]> => {
    const found = await house.h.db.query<{ place: string; text: string }>(sql`
      select 'note' as place, note::text as text from channel_threads union all select 'outbox', detour::text from outbox
      union all select 'messages', text || envelope::text from messages where conversation_id = ${conversation.id}
      union all select 'conversations', preview || participants::text || coalesce(thread_key, '') from conversations where id = ${conversation.id}`);
    return [...new Set(found.filter(({ text }) => /geheim|gast-/i.test(text ?? '')).map(({ place }) => place))];
  };
  const others = (await house.h.db.query(sql`select from channel_threads`)).length;
  expect(await traces()).toEqual(expect.arrayContaining(['note', 'outbox', 'messages', 'conversations']));
  await decide('erase', conversation.customerId);
  expect((await visitor.look(secret)).messages).toEqual([]);
  // What is left is the talk before this one, which is restricted and not erased.
  expect((await house.h.db.query(sql`select from channel_threads`)).length).toBe(others - 1);
  expect((await traces()).filter((place) => place === 'messages' || place === 'conversations')).toEqual([]);
});
