import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { addInbound, createConversation } from '../testing.ts';
import { fillTalks } from './testing.ts';
import { learnWords } from './vocabulary.ts';

let h: TestHouse;
let we: Cast;
/** More than are weighed against each other. */
const many = 700;
let old: string;
let scattered: string;
let foreign: string;

beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  old = (await createConversation(h, { teamId: we.team.id, subject: 'Anfrage', text: 'Wie lange gilt die Garantie?' })).id;
  const talk = await createConversation(h, { teamId: we.team.id, subject: 'Anfrage', text: 'Das Quittenbrot war verdorben.' });
  scattered = talk.id;
  await addInbound(h, talk.id, talk.customerId, 'Gilt hier eine Verlängerung?', 2);
  foreign = (await createConversation(h, { teamId: we.otherTeam.id, subject: 'Anfrage', text: 'Pfirsichmarmelade mit Verlängerung' })).id;
  await fillTalks(h, we.team.id, { text: 'Ich möchte eine Garantieverlängerung.', count: many });
  await fillTalks(h, we.team.id, { text: 'Bitte um Verlängerung.', count: many });
  h.clock.advance(3_600_000);
  const ids = await h.db.query<{ id: string }>(sql`select id from messages`);
  await transaction(h.house.platform, system, (ctx) =>
    learnWords(
      ctx,
      ids.map(({ id }) => id),
    ),
  );
}, 120_000);
afterAll(() => h.close());

const search = async (q: string, who = we.kim) => {
  const { body } = await h.call(who, api.search, { q });
  return { ...body, ids: body.items.map(({ conversation }) => conversation.id) };
};

it('what holds the word itself comes before what was made with it, however much of that is newer', async () => {
  const found = await search('Garantie');
  expect(found.ids[0]).toBe(old);
  expect(found.ids.length).toBeGreaterThan(1);
});

it('a talk is found by a rare word and a common one that stand in different messages', async () => {
  const found = await search('Quittenbrot Verlängerung');
  expect(found).toMatchObject({ ids: [scattered], order: 'best', loosened: false });
  expect(found.items[0]?.more).toBe(1);
});

it('what one may not read changes nothing of what is shown', async () => {
  // Only a message of another team holds both: to Kim the search is as if nobody had written it.
  const [known, unknown] = [await search('Pfirsichmarmelade Verlängerung'), await search('Pfirsichkompott Verlängerung')];
  expect(known.ids).not.toContain(foreign);
  expect(known.ids).toEqual(unknown.ids);
  expect(known).toMatchObject({ order: unknown.order, loosened: true });
});
