import { afterAll, beforeAll, expect, it } from 'vitest';
import { customersEndpoints as e } from '../../../../contract/customers.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';

let house: TestHouse;
let people: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'customers' });
  people = await cast(house);
});
afterAll(() => house.close());

it('a customer added by hand has a name or an identity', async () => {
  const nothing = [{}, { name: ' ' }, { number: 'K-1' }, { name: null, identities: [] }];
  for (const input of nothing) {
    const refused = await house.call(people.kim, e.create, input as never);
    expect([refused.status, refused.problem.fields?.[0]?.path]).toEqual([400, 'name']);
  }
  expect(await house.db.query(sql`select from customers`)).toEqual([]);
  expect((await house.call(people.kim, e.create, { name: 'Elif Aydın' })).body.displayName).toBe('Elif Aydın');
  const byMail = await house.call(people.kim, e.create, { identities: [{ kind: 'mail', value: 'elif@post.example' }] });
  expect(byMail.body.displayName).toBe('elif@post.example');
});
