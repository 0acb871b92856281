import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customersEndpoints } from '../../../../contract/customers.ts';
import { ordersEndpoints as on } from '../../../../contract/orders.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { House } from '../../../platform/house/house.ts';
import { newId } from '../../../platform/ids.ts';
import { sql } from '../../../platform/database/sql.ts';
import { besides, type TestHouse, testHouse } from '../../../testing/house.ts';
import { findOrCreateByIdentity } from '../../customers/index.ts';
import { act, createCustomer, letRead } from '../../customers/testing.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { type ReportInput, reportOf } from '../testing.ts';

let house: TestHouse;
let we: Cast;
let shop: { token: string };
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'orders' });
  we = await cast(house);
  shop = (await house.call(we.dorit, workspaceEndpoints.createToken, { name: 'Shop', role: 'integration' })).body;
});
afterAll(() => house.close());

const report = (input: ReportInput, who: { token: string } | { id: string } = shop) => house.call(who, on.report, input);
/** The right to read whose, given once. */
const opened = new Set<string>();
async function open(id: string): Promise<void> {
  if (opened.has(id)) return;
  opened.add(id);
  await letRead(house, id, we.luise.id);
}
const ofCustomer = async (id: string) => {
  await open(id);
  return (await house.call(we.luise, on.ofCustomer, { id })).body;
};
const references = async (id: string) => (await ofCustomer(id)).items.map(({ reference }) => reference);

describe('a report', () => {
  it('by a token that may do nothing else is stored with its event, and read as it was told', async () => {
    const { id: customerId } = await createCustomer(house, { number: 'K 2001' });
    const told = reportOf({ number: 'k-2001' });
    const made = await report(told);
    expect([made.status, made.body]).toEqual([200, { id: expect.any(String), revision: 1, taken: true }]);
    const { id } = made.body;
    expect(made.events).toEqual([{ type: 'orders.reported', data: { orderId: id, customerId, formerCustomerId: null } }]);
    const { customer: _, ...shown } = told;
    const { items, nextCursor, fed } = await ofCustomer(customerId);
    expect([items, nextCursor, fed]).toEqual([
      [{ ...shown, id, version: 1, customerId, reportedAt: house.clock.now().toISOString() }],
      null,
      true,
    ]);
    for (const [endpoint, input] of [
      [on.ofCustomer, { id: customerId }],
      [customersEndpoints.get, { id: customerId }],
      [customersEndpoints.list, { q: 'K' }],
      [workspaceEndpoints.listPeople, {}],
    ] as const)
      expect((await house.call(shop, endpoint as typeof on.ofCustomer, input as { id: string })).status).toBe(403);
  });

  it('is refused to whoever may not, administrators apart', async () => {
    const { id } = await createCustomer(house);
    for (const who of [we.kim, we.luise]) expect((await report(reportOf({ id }), who)).status).toBe(403);
    expect((await report(reportOf({ id }), we.dorit)).status).toBe(200);
  });

  it('that is newer takes the place of the older one, whole; one that comes late or again changes nothing', async () => {
    const { id } = await createCustomer(house);
    const first = reportOf({ id }, { revision: 3 });
    const made = (await report(first)).body;
    const newer = { ...first, revision: 5, status: 'delivered' as const, shipments: [] };
    expect((await report(newer)).body).toEqual({ id: made.id, revision: 5, taken: true });
    for (const late of [newer, first, { ...first, revision: 4 }]) {
      const reply = await report(late);
      expect([reply.status, reply.body, reply.events]).toEqual([200, { id: made.id, revision: 5, taken: false }, []]);
    }
    expect((await ofCustomer(id)).items).toMatchObject([{ version: 2, revision: 5, status: 'delivered', shipments: [] }]);
  });

  it('goes to whom the shop says now, and leaves whom it said before', async () => {
    const [one, other] = [await createCustomer(house), await createCustomer(house)];
    const first = reportOf({ id: one.id });
    await report(first);
    const { events } = await report({ ...first, revision: 2, customer: { id: other.id } });
    expect(events).toMatchObject([{ data: { customerId: other.id, formerCustomerId: one.id } }]);
    expect([await references(one.id), await references(other.id)]).toEqual([[], [first.reference]]);
  });

  it.each([
    ['a link that is not https', { trackingUrl: 'http://verfolgen.example/1' }],
    ['a link that runs', { trackingUrl: 'javascript:alert(1)' }],
    ['a link with a password', { trackingUrl: 'https://a:b@verfolgen.example/1' }],
    ['a window that ends before it begins', { promised: { from: '2026-11-24T08:00:00Z', to: '2026-11-23T08:00:00Z' } }],
    ['a carrier of two lines', { carrier: 'Hanse\nPaket' }],
  ])('with %s is refused, and nothing is stored', async (_what, wrong) => {
    const { id } = await createCustomer(house);
    const told = reportOf({ id });
    const refused = await report({
      ...told,
      shipments: [{ ...told.shipments?.[0], ...wrong } as NonNullable<ReportInput['shipments']>[number]],
    });
    expect([refused.status, refused.problem.code, refused.events]).toEqual([400, 'core.invalid_input', []]);
    expect(await references(id)).toEqual([]);
  });
});

describe('whose order it is', () => {
  it('is found by number and by a proved address, never by an address that somebody merely wrote from', async () => {
    const mail = 'wer.weiss@post.example';
    const claimed = await createCustomer(house, { mail });
    const refused = await report(reportOf({ mail }));
    expect([refused.status, refused.problem.code, refused.events]).toEqual([422, 'orders.customer_unknown', []]);
    expect(await references(claimed.id)).toEqual([]);
    const proved = await createCustomer(house, { mail: 'Sicher@Post.example', verified: true });
    const told = reportOf({ mail: 'sicher@post.EXAMPLE' });
    expect((await report(told)).status).toBe(200);
    expect(await references(proved.id)).toEqual([told.reference]);
    for (const customer of [{ number: 'K-unbekannt' }, { id: newId() }, { mail: 'kein@post.example' }, { mail: 'kein @ mail' }])
      expect((await report(reportOf(customer))).problem.code).toBe('orders.customer_unknown');
  });

  it('is whoever wrote from an address that the shop has confirmed, which is proved from then on', async () => {
    const mail = 'bestaetigt@post.example';
    const writer = await act(house.house.platform, (ctx) =>
      findOrCreateByIdentity(ctx, { kind: 'mail', value: mail, label: mail, name: 'Uta Uhl', evidence: 'inbound_mail' }),
    );
    const told = reportOf({ mail, confirmed: true });
    const { events } = await report(told);
    expect(events.map(({ type }) => type)).toEqual(['customers.changed', 'orders.reported']);
    expect(await references(writer.customerId)).toEqual([told.reference]);
    const { identities } = (await house.call(we.luise, customersEndpoints.get, { id: writer.customerId })).body;
    expect(identities).toMatchObject([{ value: mail, evidence: 'import', verifiedAt: expect.any(String) }]);
  });

  it('is somebody new when nobody is known by an address the shop has confirmed: the order is there when they write', async () => {
    const mail = 'neu@post.example';
    const told = reportOf({ mail, confirmed: true });
    const { events } = await report(told);
    expect(events.map(({ type }) => type)).toEqual(['customers.changed', 'customers.created', 'orders.reported']);
    const writer = await act(house.house.platform, (ctx) =>
      findOrCreateByIdentity(ctx, { kind: 'mail', value: mail, label: mail, name: 'Nele Neu', evidence: 'inbound_mail' }),
    );
    expect(writer.created).toBe(false);
    expect(await references(writer.customerId)).toEqual([told.reference]);
  });

  it('is the merged one that brought the number, so that undoing the merge parts what came meanwhile', async () => {
    const [from, into] = [await createCustomer(house, { number: 'K-77' }), await createCustomer(house, { name: 'Ohne Nummer' })];
    for (const { id } of [from, into]) await open(id);
    const before = reportOf({ number: 'K-77' });
    await report(before);
    await house.call(we.luise, customersEndpoints.merge, { id: from.id, intoId: into.id, reason: 'dieselbe Person' });
    const meanwhile = reportOf({ number: 'K-77' });
    const { events } = await report(meanwhile);
    expect(events).toMatchObject([{ data: { customerId: into.id } }]);
    expect((await references(into.id)).toSorted()).toEqual([before.reference, meanwhile.reference]);
    await house.call(we.luise, customersEndpoints.unmerge, { id: from.id, reason: 'doch nicht' });
    expect([(await references(from.id)).toSorted(), await references(into.id)]).toEqual([[before.reference, meanwhile.reference], []]);
  });

  it('is nobody when a number came to different customers by merging', async () => {
    const roots = [await createCustomer(house, { number: 'K-81' }), await createCustomer(house, { number: 'K-82' })];
    for (const root of roots) {
      const { id } = await createCustomer(house, { number: `K-83-${root.id}` });
      await house.db.exec(
        sql`update customers set status = 'merged', merged_into = ${root.id}, root_id = ${root.id}, number = 'K-83' where id = ${id}`,
      );
    }
    expect((await report(reportOf({ number: 'K-83' }))).problem.code).toBe('orders.customer_unknown');
  });
});

describe('reports in any order, again, and through two processes at once', () => {
  let second: House;
  beforeAll(async () => {
    second = await besides(house, { upTo: 'orders' });
  });
  afterAll(() => second.close());
  const through = async (process: House | null, input: ReportInput): Promise<{ status: number; taken: boolean }> => {
    if (!process) {
      const { status, body } = await report(input);
      return { status, taken: body.taken };
    }
    const { reference, ...payload } = input;
    const headers = { authorization: `Bearer ${shop.token}` };
    const reply = await process.http.inject({ method: 'PUT', url: `/api/v1/orders/${reference}`, payload, headers });
    return { status: reply.statusCode, taken: reply.json<{ taken: boolean }>().taken };
  };

  it('leave the highest revision, once, and one event for each that was taken', async () => {
    const { id: customerId } = await createCustomer(house);
    const plan = fc
      .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
      .chain((revisions) =>
        fc.tuple(
          fc.constant(revisions),
          fc.shuffledSubarray([...revisions, ...revisions], { minLength: revisions.length * 2 }),
          fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
          fc.integer({ min: 1, max: 4 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(plan, async ([revisions, told, elsewhere, atOnce]) => {
        const base = reportOf({ id: customerId });
        const inputOf = (revision: number): ReportInput => ({
          ...base,
          revision,
          lines: [{ name: `Stand ${revision}`, quantity: revision }],
          shipments: Array.from({ length: revision % 3 }, (_, n) => ({ carrier: `Bote ${revision}.${n}`, status: 'transit' as const })),
        });
        const replies: { status: number; taken: boolean }[] = [];
        for (let from = 0; from < told.length; from += atOnce)
          replies.push(
            ...(await Promise.all(
              told.slice(from, from + atOnce).map((revision, n) => through(elsewhere[from + n] ? second : null, inputOf(revision))),
            )),
          );
        expect(replies.every(({ status }) => status === 200)).toBe(true);
        const highest = Math.max(...revisions);
        const rows = await house.db.query<{ id: string; version: number; revision: number; lines: unknown; parcels: string[] }>(
          sql`select id, version, revision, lines, array(select carrier from shipments s where s.order_id = o.id order by position) as parcels
            from orders o where reference = ${base.reference}`,
        );
        const expected = inputOf(highest);
        expect(rows).toMatchObject([
          { revision: highest, lines: expected.lines, parcels: expected.shipments?.map(({ carrier }) => carrier) ?? [] },
        ]);
        const revisionsTaken = told.filter((_, n) => replies[n]?.taken);
        expect(new Set(revisionsTaken).size).toBe(revisionsTaken.length);
        const taken = revisionsTaken.length;
        const events = await house.db.query(
          sql`select from events where type = 'orders.reported' and data->>'orderId' = ${rows[0]?.id ?? ''}`,
        );
        expect([events.length, rows[0]?.version]).toEqual([taken, taken]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('of somebody nobody knew make one customer, with every order', async () => {
    const mail = 'gleichzeitig@post.example';
    const orders = Array.from({ length: 6 }, () => reportOf({ mail, confirmed: true }));
    const replies = await Promise.all(orders.map((input, n) => through(n % 2 === 0 ? null : second, input)));
    expect(replies).toEqual(orders.map(() => ({ status: 200, taken: true })));
    const owners = await house.db.query<{ id: string }>(sql`select distinct customer_id as id from orders
      where reference = any(${orders.map(({ reference }) => reference)}::text[])`);
    expect(owners).toHaveLength(1);
    expect((await references(owners[0]?.id ?? '')).toSorted()).toEqual(orders.map(({ reference }) => reference).toSorted());
  });
});

describe('a customer’s orders', () => {
  it('are read page by page, the newest first, also where several were placed at once', async () => {
    const { id } = await createCustomer(house);
    const days = ['2026-11-03', '2026-11-01', '2026-11-02', '2026-11-02', '2026-11-02'];
    for (const day of days) await report(reportOf({ id }, { placedAt: `${day}T10:00:00.000Z` }));
    const all = (await ofCustomer(id)).items;
    expect(all.map(({ placedAt }) => placedAt.slice(0, 10))).toEqual(days.toSorted().toReversed());
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { body } = await house.call(we.luise, on.ofCustomer, { id, limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...body.items.map((item) => item.id));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(all.map((item) => item.id));
    expect((await house.call(we.luise, on.ofCustomer, { id, cursor: 'x' })).problem.code).toBe('core.cursor_invalid');
  });

  it('are not found by who may not read the customer, and not shown to who sees masked data', async () => {
    const { id } = await createCustomer(house);
    await report(reportOf({ id }));
    for (const who of [we.kim, we.luise]) expect((await house.call(who, on.ofCustomer, { id })).status).toBe(404);
    const learner = await createPerson(house, { roles: ['participant'], teamIds: [we.team.id] });
    await letRead(house, id, learner.id);
    expect((await house.call(learner, on.ofCustomer, { id })).body).toEqual({ items: [], nextCursor: null, customerId: id, fed: false });
  });
});
