import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customersEndpoints as customers } from '../../../../contract/customers.ts';
import { ordersEndpoints as on } from '../../../../contract/orders.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { listen } from '../../../testing/sync-law.ts';
import { createCustomer, letRead } from '../../customers/testing.ts';
import { type Cast, cast, createPerson, type TestPerson } from '../../workspace/testing.ts';
import { reportOf } from '../testing.ts';

let house: TestHouse;
let we: Cast;
let privacy: TestPerson;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'orders' });
  we = await cast(house);
  privacy = await createPerson(house, { roles: ['privacy'] });
});
afterAll(() => house.close());

const reason = 'Verlangt am Telefon';
const report = (input: ReturnType<typeof reportOf>) => house.call(we.dorit, on.report, input);
const read = (id: string) => house.call(we.luise, on.ofCustomer, { id });
async function somebody(given: Parameters<typeof createCustomer>[1] = {}): Promise<string> {
  const { id } = await createCustomer(house, given);
  await letRead(house, id, we.luise.id);
  return id;
}

describe('a browser that only listens knows what one that asks is told', () => {
  const ordersIn = (records: ReadonlyMap<string, { data: unknown }>) =>
    [...records].filter(([key]) => key.startsWith('order ')).map(([, { data }]) => data);

  it('when a shop tells of an order, and tells more, and gives it to somebody else', async () => {
    const [id, other] = [await somebody(), await somebody()];
    const heard = await listen(house, we.luise, [{ kind: 'customer', id }]);
    const told = reportOf({ id });
    for (const input of [told, { ...told, revision: 2, status: 'delivered' as const }, reportOf({ id })]) {
      await report(input);
      await heard.settled();
      expect(new Set(ordersIn(heard.records))).toEqual(new Set((await read(id)).body.items));
    }
    await report({ ...told, revision: 3, customer: { id: other } });
    await heard.settled();
    expect(ordersIn(heard.records)).toEqual((await read(id)).body.items);
    heard.close();
  });

  it('when customers are merged and parted, restricted and free again', async () => {
    const [from, into] = [await somebody({ name: 'E. Klein' }), await somebody({ name: 'Erika Klein' })];
    for (const id of [from, into]) await report(reportOf({ id }));
    const heard = await listen(house, we.luise, [{ kind: 'customer', id: into }]);
    const agree = async (count: number) => {
      await house.drain();
      await heard.settled();
      const { items } = (await read(into)).body;
      expect(items).toHaveLength(count);
      expect(new Set(ordersIn(heard.records))).toEqual(new Set(items));
    };
    await house.call(we.luise, customers.merge, { id: from, intoId: into, reason });
    await agree(2);
    await house.call(we.luise, customers.unmerge, { id: from, reason });
    await agree(1);
    await report(reportOf({ id: into }));
    await agree(2);
    await house.call(privacy, customers.restrict, { id: into, reason });
    await house.drain();
    await heard.settled();
    expect(ordersIn(heard.records)).toEqual([]);
    heard.close();
  });

  it('tells nobody who sees masked data', async () => {
    const id = await somebody();
    const learner = await createPerson(house, { roles: ['participant'], teamIds: [we.team.id] });
    await letRead(house, id, learner.id);
    const heard = await listen(house, learner, [{ kind: 'customer', id }]);
    await report(reportOf({ id }));
    await heard.settled();
    expect(JSON.stringify([...heard.records])).not.toContain('Wasserkocher');
    heard.close();
  });
});

describe('a restricted customer', () => {
  it('has no orders for anybody, gets no new ones, and has them again afterwards', async () => {
    const id = await somebody({ number: 'K-3001' });
    const told = reportOf({ number: 'K-3001' });
    await report(told);
    await house.call(privacy, customers.restrict, { id, reason });
    await house.drain();
    expect((await read(id)).status).toBe(404);
    const [changed, added] = [await report({ ...told, revision: 2 }), await report(reportOf({ number: 'K-3001' }))];
    expect([changed.status, changed.problem.code]).toEqual([409, 'orders.customer_restricted']);
    expect([added.status, added.problem.code]).toEqual([422, 'orders.customer_unknown']);
    // Not even to somebody else: what is restricted stays as it is.
    const other = await somebody();
    expect((await report({ ...told, revision: 2, customer: { id: other } })).status).toBe(409);
    await house.call(privacy, customers.liftRestriction, { id, reason });
    await house.drain();
    expect((await read(id)).body.items).toMatchObject([{ reference: told.reference, revision: 1 }]);
    expect((await report({ ...told, revision: 2 })).body.taken).toBe(true);
  });
});

describe('an erased customer', () => {
  it.each(['keep', 'erase'] as const)(
    'has no order left anywhere, those of who was merged included, and none comes back (letters: %s)',
    async (letters) => {
      const mail = `${letters}@post.example`;
      const [id, merged] = [await somebody({ mail, verified: true }), await somebody()];
      const mine = [reportOf({ mail, confirmed: true }), reportOf({ id: merged })];
      const stranger = await somebody();
      const others = reportOf({ id: stranger });
      for (const input of [...mine, others]) await report(input);
      await house.call(we.luise, customers.merge, { id: merged, intoId: id, reason });
      await house.call(privacy, customers.erase, { id, letters, reason });
      await house.drain();
      const left = await house.db.query<{ reference: string }>(
        sql`select reference from orders where reference = any(${[...mine, others].map(({ reference }) => reference)}::text[])`,
      );
      expect(left).toEqual([{ reference: others.reference }]);
      expect(await house.db.query(sql`select from shipments s where not exists (select from orders o where o.id = s.order_id)`)).toEqual(
        [],
      );
      const marks = JSON.stringify(await house.db.query(sql`select mark from erased_orders`));
      for (const { reference } of mine) expect(marks).not.toContain(reference);
      for (const input of mine) {
        const again = await report({ ...input, revision: 9, customer: { mail, confirmed: true } });
        expect([again.status, again.problem.code, again.events]).toEqual([410, 'orders.erased', []]);
      }
      expect((await report({ ...others, revision: 2 })).body.taken).toBe(true);
    },
  );
});
