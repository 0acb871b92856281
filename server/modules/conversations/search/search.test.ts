import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createCustomer } from '../../customers/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';
import { forgetWords, learnWords } from './vocabulary.ts';

let h: TestHouse;
let we: Cast;
/** What each mail says, by the name under which the tests speak of it. */
const said = {
  washer: 'Guten Tag, die Waschmaschinengarantie läuft nächsten Monat ab. Kann ich sie verlängern?',
  parts: 'Gilt die Garantie noch für meine Waschmaschine? Sie schleudert nicht mehr.',
  guarantee: 'Wie lange gilt die Garantie auf Gartenmöbel?',
  delivery: 'Die Lieferung ist nicht angekommen, die Lieferung war für gestern zugesagt, Lieferung an die Packstation.',
  note: 'Der Lieferschein fehlt im Paket.',
  apparatus: 'Der Apparat macht Geräusche.',
  advice: 'Ich brauche einen Rat.',
  refund: 'I was refunded twice for the same order, please check the refunding.',
  phrase: 'Das ist ganz genau so gewesen, wie ich es gesagt habe.',
  scattered: 'Genau so ein Gerät habe ich ganz gern.',
  number: 'Es geht um die Bestellung H-4711-22 vom 3. November.',
} as const;
type Name = keyof typeof said;
const conversations = new Map<string, Name>();

beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  for (const name of Object.keys(said) as Name[]) {
    h.clock.advance(60_000);
    const { id } = await createConversation(h, { teamId: we.team.id, subject: 'Anfrage', text: said[name] });
    conversations.set(id, name);
  }
  // Everyday words, so that the few of above are not the only ones.
  const ids = await h.db.query<{ id: string }>(sql`select id from messages`);
  for (let n = 0; n < 3; n++)
    await transaction(h.house.platform, system, (ctx) =>
      learnWords(
        ctx,
        ids.map(({ id }) => id),
      ),
    );
});
afterAll(() => h.close());

const search = async (q: string, more: { order?: 'best' | 'newest'; limit?: number; cursor?: string } = {}) => {
  const { body } = await h.call(we.kim, api.search, { q, ...more });
  return { ...body, names: body.items.map(({ conversation }) => conversations.get(conversation.id)) };
};

describe('words are found', () => {
  it.each<[string, Name[]]>([
    ['garantie waschmaschine', ['parts', 'washer']],
    ['Waschmaschinengarantie', ['washer', 'parts']],
    ['garantien', ['guarantee', 'parts', 'washer']],
    ['verlängern', ['washer']],
    ['lieferung', ['delivery', 'note']],
    ['Lifeerung', ['delivery']],
    ['lieferrung zugesagt', ['delivery']],
    ['rat', ['advice']],
    ['refunds', ['refund']],
    ['"ganz genau so"', ['phrase']],
    ['ganz genau so', ['phrase', 'scattered']],
    ['garantie -waschmaschine', ['guarantee', 'washer']],
    ['H-4711-22', ['number']],
    ['die und der', []],
    ['Elefantenrüssel', []],
  ])('%s', async (q, expected) => {
    const { names } = await search(q);
    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  it('and what says just that comes first, what only has to do with it later', async () => {
    expect((await search('garantie')).names.at(-1)).toBe('washer');
    expect((await search('Waschmaschinengarantie')).names[0]).toBe('washer');
    expect((await search('Lieferung')).names[0]).toBe('delivery');
  });

  it('and marked where they stand, in whatever form', async () => {
    const { items } = await search('garantie waschmaschine');
    const marked = items.map(({ excerpt }) => [...excerpt.matchAll(/\[\[(.+?)\]\]/g)].map(([, word]) => word));
    expect(marked.toSorted()).toEqual([['Garantie', 'Waschmaschine'], ['Waschmaschinengarantie']].toSorted());
  });
});

it('says what a mistyped word was taken for, and what it left out', async () => {
  expect((await search('Lifeerung')).resembling).toEqual(['Lifeerung']);
  expect((await search('lieferung status:vielleicht')).wrong).toEqual([{ filter: 'status', value: 'vielleicht' }]);
});

it('with nothing that has all words, shows what has some, and says so', async () => {
  const found = await search('garantie zugesagt');
  expect(found.loosened).toBe(true);
  expect(found.names.toSorted()).toEqual(['delivery', 'guarantee', 'parts', 'washer']);
  expect((await search('garantie waschmaschine')).loosened).toBe(false);
});

it('sorts by time when that is asked for', async () => {
  expect((await search('garantie', { order: 'newest' })).names).toEqual(['guarantee', 'parts', 'washer']);
});

describe('filters', () => {
  it('by writer, channel, state and day', async () => {
    const customer = await createCustomer(h, { name: 'Paulina Zander', mail: 'paulina.zander@post.example' });
    const at = new Date('2025-06-15T10:00:00Z');
    const { id } = await createConversation(h, {
      teamId: we.team.id,
      customerId: customer.id,
      state: 'closed',
      text: 'Noch eine Garantie.',
      at,
    });
    const found = async (q: string) =>
      (await h.call(we.kim, api.search, { q })).body.items.map(({ conversation }) => conversation.id === id);
    for (const q of [
      'von:zander',
      'from:Paulina garantie',
      'von:paulina.zander@post.example',
      'garantie stand:erledigt',
      'garantie vor:2025-07',
      'seit:15.6.2025 vor:16.6.2025',
      'garantie status:done kanal:email',
    ])
      expect(await found(q), q).toEqual([true]);
    for (const q of [
      'von:niemand',
      'garantie von:zander stand:offen',
      'garantie vor:15.6.2025',
      'garantie von:zander kanal:echo',
      'von:zander mit:datei',
      'von:zander mit:notiz',
    ])
      expect(await found(q), q).toEqual([]);
    // A day begins at midnight where the company is: in summer that is two hours before it does in Greenwich.
    await h.db.exec(sql`update messages set at = '2025-06-14T22:30:00Z' where conversation_id = ${id}`);
    expect(await found('garantie von:zander seit:15.6.2025')).toEqual([true]);
    expect(await found('garantie von:zander vor:15.6.2025')).toEqual([]);
  });

  it('by files, which a picture within the text is not', async () => {
    const [attached, inline, none] = await Promise.all(
      ['Foto liegt bei.', 'Foto steht im Text.', 'Foto folgt.'].map((text) => createConversation(h, { teamId: we.team.id, text })),
    );
    const attach = (conversationId: string, filename: string, isInline: boolean) =>
      h.db.exec(sql`insert into attachments (id, message_id, n, filename, media_type, size, inline, created_at)
        select ${newId()}, id, 1, ${filename}, 'image/png', 7, ${isInline}, at from messages where conversation_id = ${conversationId}`);
    await attach(attached?.id ?? '', 'riss.png', false);
    await attach(inline?.id ?? '', 'logo.png', true);
    const found = async (q: string) => (await search(q)).items.map(({ conversation }) => conversation.id);
    expect((await found('foto')).toSorted()).toEqual([attached?.id, inline?.id, none?.id].toSorted());
    for (const q of ['foto mit:datei', 'foto has:file', 'mit:datei']) expect(await found(q), q).toEqual([attached?.id]);
  });

  it('by notes, whose words are learnt as they are written', async () => {
    const { id } = await createConversation(h, { teamId: we.team.id, text: 'Guten Tag' });
    await h.call(we.kim, api.note, { id, text: 'Die Kundin verkauft ihre Briefmarkensammlung.', noteId: crypto.randomUUID() } as never);
    await h.drain();
    const { items } = (await h.call(we.kim, api.search, { q: 'sammlung mit:notiz' })).body;
    expect(items.map(({ message }) => message.kind)).toEqual(['note']);
  });
});

describe('without a window of time', () => {
  it('a message of ten years ago is found by its words alone, before and behind what is new', async () => {
    const at = new Date(h.clock.now());
    at.setUTCFullYear(at.getUTCFullYear() - 10);
    const text = 'Der Teekessel pfeift nicht mehr.';
    const old = await createConversation(h, { teamId: we.team.id, state: 'closed', text, at });
    const fresh = await createConversation(h, { teamId: we.team.id, text });
    const found = async (q: string, order?: 'newest') =>
      (await search(q, order ? { order } : {})).items.map(({ conversation }) => conversation.id);
    expect(await found('teekessel pfeift')).toEqual([fresh.id, old.id]);
    expect(await found('teekessel', 'newest')).toEqual([fresh.id, old.id]);
    expect(await found(`teekessel vor:${at.getUTCFullYear() + 1}`)).toEqual([old.id]);
  });
});

it('pages hold everything once, in order, also when something new comes in between', async () => {
  const whole = (await search('garantie', { limit: 50 })).items.map(({ message }) => message.id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await search('garantie', { limit: 1, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ message }) => message.id));
    cursor = page.nextCursor ?? undefined;
    h.clock.advance(1_000);
    await createConversation(h, { teamId: we.team.id, text: 'Und noch eine Garantie.' });
  } while (cursor);
  expect(seen).toEqual(whole);
  expect((await h.call(we.kim, api.search, { q: 'garantie', cursor: 'bm8=' })).status).toBe(400);
});

it('shows only what one may read, however it is asked', async () => {
  for (const q of ['garantie', 'Waschmaschinengarantie', 'lifeerung', 'kanal:email', 'mit:notiz', 'von:erika'])
    expect((await h.call(we.mehmet, api.search, { q })).body, q).toMatchObject({ items: [], resembling: [] });
});

it('forgets words that only erased messages held, and no others', async () => {
  const { id } = await createConversation(h, { teamId: we.team.id, text: 'Quittenbrot und Garantie' });
  const ids = (await h.db.query<{ id: string }>(sql`select id from messages where conversation_id = ${id}`)).map((row) => row.id);
  const known = async () =>
    (await h.db.query<{ word: string }>(sql`select word from search_words where word in ('quittenbrot', 'garanti') order by 1`)).map(
      ({ word }) => word,
    );
  await transaction(h.house.platform, system, (ctx) => learnWords(ctx, ids));
  expect(await known()).toEqual(['garanti', 'quittenbrot']);
  await transaction(h.house.platform, system, (ctx) => forgetWords(ctx, ids));
  expect(await known()).toEqual(['garanti']);
});
