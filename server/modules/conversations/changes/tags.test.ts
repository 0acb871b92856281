import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
});
afterAll(() => h.close());

const words = (count: number): string[] => Array.from({ length: count }, (_, n) => `wort-${n}`);
const tagsOf = async (id: string): Promise<string[]> => (await h.call(people.kim, api.open, { id })).body.conversation.tags;

it('thirty tags are taken; one more is refused with the field named, and nothing changes, for one and for many', async () => {
  const { id } = await createConversation(h, { teamId: people.team.id });
  expect((await h.call(people.kim, api.change, { id, tags: words(30) })).status).toBe(200);
  expect(await tagsOf(id)).toEqual(words(30));
  for (const tags of [words(31), words(300)]) {
    const refused = { status: 400, body: { code: 'core.invalid_input', fields: [{ path: 'tags' }] } };
    expect(await h.call(people.kim, api.change, { id, tags })).toMatchObject(refused);
    expect(await h.call(people.kim, api.bulk, { ids: [id], tags })).toMatchObject(refused);
  }
  expect(await tagsOf(id)).toEqual(words(30));
});

it('a tag longer than fifty letters, or of nothing but spaces, is refused at its place', async () => {
  const { id } = await createConversation(h, { teamId: people.team.id });
  for (const wrong of ['x'.repeat(51), '   '])
    expect(await h.call(people.kim, api.change, { id, tags: ['gut', wrong] })).toMatchObject({
      status: 400,
      body: { code: 'core.invalid_input', fields: [{ path: 'tags.1' }] },
    });
  expect(await tagsOf(id)).toEqual([]);
});
