import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../contract/conversations.ts';
import { type ChatHouse, chatHouse } from './testing/house.ts';
import { type Page, page } from './testing/visitor.ts';

let house: ChatHouse;
let visitor: Page;
beforeAll(async () => {
  house = await chatHouse({ choices: ['Wo ist mein Paket?'], greeting: 'Moin!' });
  visitor = page(house.base, house.chat);
});
afterAll(() => house.h.close());

it('a visitor writes, an adviser sees it at once, answers, and the visitor reads it, each told of the other', async () => {
  const { secret, look, state } = await visitor.start();
  expect(look).toMatchObject({ name: 'Haus & Heim', greeting: 'Moin!', choices: ['Wo ist mein Paket?'] });
  expect(state).toMatchObject({ messages: [], wait: null });
  const line = await visitor.line({ secret });
  await expect.poll(() => line.states().length).toBe(1);

  expect((await visitor.say(secret, 'Passt der Kühlschrank?', { id: 'first-message', name: 'Erna' })).status).toBe(200);
  await house.settle();
  const conversation = await house.newest();
  expect(conversation).toMatchObject({ preview: 'Passt der Kühlschrank?', customerName: 'Erna', channel: 'chat', state: 'queued' });
  expect((await house.open(conversation.id)).messages.at(-1)).toMatchObject({ direction: 'in' });
  await expect
    .poll(() => line.states().at(-1))
    .toMatchObject({ messages: [{ id: 'first-message', isMine: true, isRead: false }], wait: 'unknown' });

  const messageId = await house.answer(conversation, 'Ja, er ist 60 cm breit.');
  await expect
    .poll(() => line.states().at(-1)?.messages)
    .toMatchObject([
      { id: 'first-message', isRead: true },
      { id: messageId, isMine: false, text: 'Ja, er ist 60 cm breit.', author: 'Kim', isRead: false },
    ]);
  expect(line.states().at(-1)?.wait).toBeNull();

  line.send({ there: true });
  await expect.poll(() => line.frames).toContainEqual({ kind: 'there' });

  line.send({ read: true });
  await expect
    .poll(async () => {
      await house.settle();
      return (await visitor.look(secret)).messages.at(-1)?.isRead;
    })
    .toBe(true);
  line.close();
});

it('what an adviser writes among colleagues, or has not sent, is never shown', async () => {
  const { secret } = await visitor.start();
  await visitor.say(secret, 'Guten Tag');
  await house.settle();
  const conversation = await house.newest();
  await house.h.call(house.people.kim, api.note, { id: conversation.id, noteId: crypto.randomUUID(), text: 'Nur für uns' });
  await house.h.call(house.people.kim, api.saveDraft, { id: conversation.id, kind: 'reply', text: 'Noch nicht', baseSeq: 1 });
  await house.settle();
  expect((await visitor.look(secret)).messages.map(({ text }) => text)).toEqual(['Guten Tag']);
});
