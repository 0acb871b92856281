import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { customersEndpoints as on } from '../../../../contract/customers.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { createCustomer, letRead } from '../testing.ts';
import { lettersApart } from './alike.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse({}, { upTo: 'customers' });
  people = await cast(h);
});
afterAll(() => h.close());

const find = async (q: string) => {
  const { body } = await h.call(people.kim, on.list, { q });
  return { names: body.items.map(({ displayName }) => displayName), alike: body.alike };
};

describe('a name that was mistyped', () => {
  beforeAll(async () => {
    for (const name of ['Wilhelmine Krüger', 'Wilhelm Kruse', 'Anton Meier', 'Yılmaz Şahin', 'Bo Li']) await createCustomer(h, { name });
  });

  it.each([
    ['Krügr', ['Wilhelmine Krüger']],
    ['wilhelmien krüger', ['Wilhelmine Krüger']],
    ['Krügre Wilhelmine', ['Wilhelmine Krüger']],
    ['Maier', ['Anton Meier']],
    ['Yilmaz', ['Yılmaz Şahin']],
    ['Bu', []],
    ['Bu Li', []],
    ['Staubsauger', []],
    ["%_\\ ' ; --", []],
  ])('%s finds %j', async (typed, names) => {
    expect(await find(typed)).toEqual({ names, alike: names.length > 0 });
  });

  it('is no name as soon as somebody is called so', async () => {
    expect(await find('Kruse')).toEqual({ names: ['Wilhelm Kruse'], alike: false });
    expect((await find('Krusa')).names).toEqual(['Wilhelm Kruse']);
    await createCustomer(h, { name: 'Olga Krusa' });
    expect(await find('Krusa')).toEqual({ names: ['Olga Krusa'], alike: false });
  });

  it('shows no more of somebody than the right name would, and nothing to who may search nobody', async () => {
    const customer = await createCustomer(h, { name: 'Theodora Quandt', mail: 'theodora@post.example' });
    const seen = async () => (await h.call(people.kim, on.list, { q: 'Theodora Qaundt' })).body.items.map(({ ways }) => ways[0]?.label);
    expect(await seen()).toEqual(['t…@post.example']);
    await letRead(h, customer.id, people.kim.id);
    expect(await seen()).toEqual(['theodora@post.example']);
    const learner = await createPerson(h, { roles: ['participant'], teamIds: [people.team.id] });
    expect((await h.call(learner, on.list, { q: 'Theodora Qaundt' })).status).toBe(403);
  });
});

test('one letter changed in a word of four or more is always forgiven, another word never', () => {
  const word = fc.stringMatching(/^[a-zäöü]{4,12}$/);
  fc.assert(
    fc.property(word, fc.nat(11), fc.constantFrom(...'abcxyzü'), (name, place, letter) => {
      const at = place % name.length;
      expect(lettersApart([name.slice(0, at) + letter + name.slice(at + 1)], [name, 'anders'])).not.toBeNull();
    }),
  );
  expect(lettersApart(['klein', 'otto'], ['klein'])).toBeNull();
});
