import { afterAll, beforeAll, expect, it } from 'vitest';
import { customersEndpoints as e } from '../../../../contract/customers.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { eraseCustomer, wishedAdvisers } from '../index.ts';
import { act, createCustomer, letRead } from '../testing.ts';

let h: TestHouse;
let we: Cast;
beforeAll(async () => {
  h = await testHouse({}, { upTo: 'customers' });
  we = await cast(h);
});
afterAll(() => h.close());

const words = 'Frau Sommer kennt unser Haus, gern wieder mit ihr.';
async function somebody(): Promise<string> {
  const { id } = await createCustomer(h, { name: 'Elif Aydın', verified: true, mail: `${crypto.randomUUID()}@post.example` });
  await letRead(h, id, we.luise.id);
  return id;
}
const wishes = (id: string, personId: string) => h.call(we.luise, e.setAdviserWish, { id, personId, words });
const wished = async (id: string) => (await wishedAdvisers(h.db, [id])).get(id) ?? null;

it('is noted in the customer’s words with who noted it, takes the place of an earlier one, is audited without words, and can be removed', async () => {
  const id = await somebody();
  expect((await h.call(we.luise, e.get, { id })).body.adviserWish).toBeNull();
  const noted = await wishes(id, we.kim.id);
  expect(noted.events).toEqual([{ type: 'customers.changed', data: { customerId: id } }]);
  expect(noted.body.adviserWish).toMatchObject({ personId: we.kim.id, words, notedBy: we.luise.id, at: h.clock.now().toISOString() });
  expect((await wishes(id, we.olaf.id)).body.adviserWish?.personId).toBe(we.olaf.id);
  expect(await wished(id)).toBe(we.olaf.id);
  const audited = await h.db.query<{ data: unknown }>(sql`select data from audit_log where object_id = ${id} and action like '%wish%'`);
  expect(JSON.stringify(audited)).not.toContain('Haus');
  expect(audited).toHaveLength(2);
  expect((await h.call(we.luise, e.removeAdviserWish, { id })).body.adviserWish).toBeNull();
  expect(await wished(id)).toBeNull();
  expect((await h.call(we.luise, e.removeAdviserWish, { id })).events).toEqual([]);
});

it('is refused without words, for whoever does not advise, and to whoever may not read the customer', async () => {
  const id = await somebody();
  expect((await h.call(we.luise, e.setAdviserWish, { id, personId: we.kim.id, words: ' ' })).status).toBe(400);
  const analyst = await createPerson(h, { name: 'Ada Zahl', roles: ['analyst'], teamIds: [] });
  for (const personId of [analyst.id, we.dorit.id, crypto.randomUUID()])
    expect((await wishes(id, personId)).problem.code).toBe('customers.adviser_unknown');
  expect((await h.call(we.kim, e.setAdviserWish, { id, personId: we.kim.id, words })).status).toBe(404);
  expect(await wished(id)).toBeNull();
});

it('of merged customers the latest counts for all of them; taken apart each has its own again', async () => {
  const [from, into] = [await somebody(), await somebody()];
  await wishes(into, we.olaf.id);
  h.clock.advance(1_000);
  await wishes(from, we.kim.id);
  await h.call(we.luise, e.merge, { id: from, intoId: into, reason: 'Dieselbe Person' });
  expect([await wished(from), await wished(into)]).toEqual([we.kim.id, we.kim.id]);
  expect((await h.call(we.luise, e.get, { id: from })).body).toMatchObject({ id: into, adviserWish: { personId: we.kim.id } });
  await h.call(we.luise, e.unmerge, { id: from, reason: 'Doch nicht' });
  expect([await wished(from), await wished(into)]).toEqual([we.kim.id, we.olaf.id]);
  await h.call(we.luise, e.merge, { id: from, intoId: into, reason: 'Dieselbe Person' });
  // Taken back once, no earlier one comes back.
  await h.call(we.luise, e.removeAdviserWish, { id: into });
  expect([await wished(from), await wished(into)]).toEqual([null, null]);
});

it.each([true, false])('goes with an erasure, letters kept: %s', async (keepsLetters) => {
  const id = await somebody();
  await wishes(id, we.kim.id);
  await act(h.house.platform, (ctx) => eraseCustomer(ctx, id, { keepsLetters }));
  expect(await h.db.query(sql`select from customer_wishes where customer_id = ${id}`)).toEqual([]);
});
