import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customersEndpoints as e } from '../../../../contract/customers.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { type MergeableField, type Profile, planMerge, planUnmerge } from '../customer.ts';
import { familyOf, findOrCreateByIdentity, summaries } from '../index.ts';
import { saveCustomer } from '../profile/load.ts';
import { act, createCustomer, letRead } from '../testing.ts';
import { mergeCustomers, unmergeCustomer } from './merge.ts';

const nothing: Profile = {
  number: null,
  name: null,
  name_source: 'claimed',
  salutation: 'formal',
  locale: null,
  languages: [],
  preferences: {},
  since: null,
};

describe('a merge', () => {
  it.each<[string, Partial<Profile>, Partial<Profile>, Partial<Record<MergeableField, unknown>>, MergeableField[]]>([
    ['fills gaps', { name: 'A', number: '1', locale: 'de' }, {}, { name: 'A', number: '1', locale: 'de' }, []],
    ['keeps what is known', { name: 'A', number: '1' }, { name: 'B', number: '2' }, {}, ['name', 'number']],
    [
      'prefers a name written down to a claimed one',
      { name: 'A', name_source: 'person' },
      { name: 'b' },
      { name: 'A', name_source: 'person' },
      [],
    ],
    ['leaves a name written down alone', { name: 'a' }, { name: 'B', name_source: 'person' }, {}, ['name']],
    ['takes nothing that is equal', { languages: ['de'] }, { languages: ['de'] }, {}, []],
    [
      'takes wishes where none were left',
      { preferences: { channel: 'mail' } },
      { preferences: { deliveryWish: null, accessibility: [] } },
      { preferences: { channel: 'mail' } },
      [],
    ],
    [
      'takes no wishes that say nothing',
      { preferences: { deliveryWish: null, accessibility: [] } },
      { preferences: { channel: 'mail' } },
      {},
      [],
    ],
    ['tells differing wishes', { preferences: { channel: 'mail' } }, { preferences: { channel: 'phone' } }, {}, ['preferences']],
  ])('%s', (_name, from, into, taken, conflicts) => {
    const plan = planMerge({ ...nothing, ...from }, { ...nothing, ...into });
    expect(Object.fromEntries(Object.entries(plan.taken).map(([field, change]) => [field, change.after]))).toEqual(taken);
    expect(plan.conflicts.map((conflict) => conflict.field)).toEqual(conflicts);
  });

  it('taken back leaves what was changed since', () => {
    const from = { ...nothing, name: 'A', number: '1' };
    const { taken } = planMerge(from, nothing);
    expect(planUnmerge({ ...nothing, name: 'A', number: '9' }, taken)).toEqual({ name: null });
  });
});

describe('merging customers', () => {
  let house: TestHouse;
  let people: Cast;
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'customers' });
    people = await cast(house);
  });
  afterAll(() => house.close());
  const run = <T>(work: Parameters<typeof act<T>>[1]) => act(house.house.platform, work);

  /** Every row of the room but counters of change and the record of merging itself. */
  const everything = async () => ({
    customers: await house.db.query<{ row: Record<string, unknown> }>(
      sql`select to_jsonb(c) - 'version' as row from customers c order by id`,
    ),
    identities: await house.db.query(sql`select to_jsonb(i) - 'version' as row from customer_identities i order by id`),
    notes: await house.db.query(sql`select * from customer_notes order by id`),
    consents: await house.db.query(sql`select * from customer_consents order by id`),
  });

  it('shows a preview, does what it shows, and tells both', async () => {
    const from = await createCustomer(house, { name: 'E. Klein', mail: 'klein.privat@post.example', number: 'K-7', verified: true });
    const into = await createCustomer(house, { name: 'Erika Klein', mail: 'klein.arbeit@post.example', verified: true });
    for (const { id } of [from, into]) await letRead(house, id, people.kim.id);
    const preview = await house.call(people.kim, e.previewMerge, { id: from.id, intoId: into.id });
    expect(preview.body).toMatchObject({
      taken: [{ field: 'number', value: 'K-7' }],
      conflicts: [{ field: 'name', kept: 'Erika Klein', dropped: 'E. Klein' }],
      refusal: null,
    });
    const merged = await house.call(people.kim, e.merge, { id: from.id, intoId: into.id, reason: 'dieselbe Person' });
    expect(merged.status).toBe(200);
    expect(merged.events.map((event) => event.type)).toEqual(['customers.changed', 'customers.merged']);
    expect(merged.body.number).toBe('K-7');
    expect(merged.body.identities.map((identity) => identity.value)).toEqual(['klein.privat@post.example', 'klein.arbeit@post.example']);
    expect((await house.call(people.kim, e.get, { id: from.id })).body).toEqual(merged.body);
    expect((await house.call(people.kim, e.merges, { id: into.id })).body.items).toMatchObject([{ customerId: from.id }]);
    const found = await house.call(people.kim, e.list, { q: 'klein.privat@post.example' });
    expect(found.body.items.map((item) => item.id)).toEqual([into.id]);
    const again = await house.call(people.kim, e.merge, { id: from.id, intoId: into.id, reason: 'noch einmal' });
    expect([again.status, again.problem.code]).toEqual([409, 'customers.same_customer']);
    expect(await familyOf(house.db, from.id)).toEqual([from.id, into.id].toSorted());
    expect((await summaries(house.db, [from.id])).get(from.id)).toMatchObject({ id: into.id, displayName: 'Erika Klein' });
  });

  it('previews both sides of what differs, in fields that people know, and says who is unproved', async () => {
    const from = await createCustomer(house, { name: 'Ida Telefon', number: 'K-8' });
    const into = await createCustomer(house, { mail: 'nele.neu@post.example', verified: true });
    for (const { id } of [from, into]) await letRead(house, id, people.luise.id);
    await run((ctx) => saveCustomer(ctx, from.id, { salutation: 'informal' }));
    await run((ctx) => saveCustomer(ctx, into.id, { name: 'nele', name_source: 'claimed' }));
    const preview = (await house.call(people.luise, e.previewMerge, { id: from.id, intoId: into.id })).body;
    expect(preview.taken).toEqual([
      { field: 'number', value: 'K-8', before: null },
      { field: 'name', value: 'Ida Telefon', before: 'nele' },
    ]);
    expect(preview.conflicts).toEqual([{ field: 'salutation', kept: 'formal', dropped: 'informal' }]);
    expect([preview.unproved, preview.refusal]).toEqual([['from'], null]);
    await house.call(people.luise, e.merge, { id: into.id, intoId: from.id, reason: 'dieselbe Person' });
    const standing = (await house.call(people.luise, e.merges, { id: from.id })).body.items;
    expect(standing).toMatchObject([{ customerId: into.id, displayName: 'nele', addresses: ['nele.neu@post.example'] }]);
  });

  it('is for advisers only where both are proved; a lead may judge', async () => {
    const from = await createCustomer(house, { mail: 'unbewiesen@post.example' });
    const into = await createCustomer(house, { name: 'Jonas Weiß', mail: 'bewiesen@post.example', verified: true });
    for (const person of [people.kim, people.luise]) for (const { id } of [from, into]) await letRead(house, id, person.id);
    const pair = { id: from.id, intoId: into.id };
    const input = { ...pair, reason: 'gleiche Bestellnummer' };
    expect((await house.call(people.kim, e.previewMerge, pair)).body.refusal).toBe('customers.not_verified');
    const refused = await house.call(people.kim, e.merge, input);
    expect([refused.status, refused.problem.code, refused.events]).toEqual([403, 'customers.not_verified', []]);
    expect((await house.call(people.luise, e.merge, input)).status).toBe(200);
    const back = await house.call(people.luise, e.unmerge, { id: from.id, reason: 'doch zwei Personen' });
    expect(back.status).toBe(200);
    expect(back.events.at(-1)).toEqual({ type: 'customers.unmerged', data: { customerId: from.id, fromId: into.id } });
    const twice = await house.call(people.luise, e.unmerge, { id: from.id, reason: 'noch einmal' });
    expect([twice.status, twice.problem.code]).toEqual([409, 'customers.not_merged']);
  });

  it('of what was merged itself is taken back from the outside in', async () => {
    const [a, b, c] = [await createCustomer(house), await createCustomer(house), await createCustomer(house)];
    const before = await everything();
    await run((ctx) => mergeCustomers(ctx, { id: a.id, intoId: b.id, reason: 'test' }));
    await run((ctx) => mergeCustomers(ctx, { id: b.id, intoId: c.id, reason: 'test' }));
    expect(await familyOf(house.db, a.id)).toHaveLength(3);
    await expect(run((ctx) => unmergeCustomer(ctx, { id: a.id, reason: 'test' }))).rejects.toMatchObject({
      code: 'customers.merged_further',
    });
    await run((ctx) => unmergeCustomer(ctx, { id: b.id, reason: 'test' }));
    expect(await familyOf(house.db, a.id)).toEqual([a.id, b.id].toSorted());
    await run((ctx) => unmergeCustomer(ctx, { id: a.id, reason: 'test' }));
    expect(await everything()).toEqual(before);
  });

  it('lets a new mail of the merged one come home after taking it back', async () => {
    const claim = { kind: 'mail', label: 'rueck@post.example', name: '', evidence: 'inbound_mail', value: 'rueck@post.example' } as const;
    const from = await run((ctx) => findOrCreateByIdentity(ctx, claim));
    const into = await createCustomer(house, { name: 'Rita Rück' });
    await run((ctx) => mergeCustomers(ctx, { id: from.customerId, intoId: into.id, reason: 'test' }));
    const meanwhile = await run((ctx) => findOrCreateByIdentity(ctx, claim));
    expect(meanwhile).toMatchObject({ customerId: from.customerId, rootId: into.id, displayName: 'Rita Rück', created: false });
    await run((ctx) => unmergeCustomer(ctx, { id: from.customerId, reason: 'test' }));
    expect(await run((ctx) => findOrCreateByIdentity(ctx, claim))).toMatchObject({ customerId: from.customerId, rootId: from.customerId });
  });

  it('and taking it back is the identity on all rows, whatever unrelated was changed meanwhile', async () => {
    const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
    const profile = fc.record({
      name: maybe(fc.constantFrom('Ada', 'Berta', 'Cäsar')),
      name_source: fc.constantFrom('claimed' as const, 'person' as const),
      locale: maybe(fc.constantFrom('de', 'en')),
      languages: fc.subarray(['de', 'en', 'tr']),
      salutation: fc.constantFrom('formal' as const, 'informal' as const),
      preferences: fc.constantFrom({}, { channel: 'mail' }, { deliveryWish: 'Nachbar' }),
      since: maybe(fc.constantFrom('2011-05-01', '2020-12-31')),
    });
    const hasMail = fc.boolean();
    let n = 0;
    await fc.assert(
      fc.asyncProperty(profile, profile, hasMail, hasMail, fc.boolean(), async (one, other, oneMail, otherMail, isChanged) => {
        n += 1;
        const mail = (which: string, has: boolean) => (has ? { mail: `${which}${n}@post.example` } : {});
        const from = await createCustomer(house, mail('a', oneMail));
        const into = await createCustomer(house, mail('b', otherMail));
        await run((ctx) => saveCustomer(ctx, from.id, { ...one, number: `A-${n}` }));
        await run((ctx) => saveCustomer(ctx, into.id, other));
        const before = await everything();
        await run((ctx) => mergeCustomers(ctx, { id: from.id, intoId: into.id, reason: 'test' }));
        // Something that the merge did not take: only its own change may remain.
        const plan = planMerge({ ...nothing, ...one }, { ...nothing, ...other });
        const changed = isChanged && !('salutation' in plan.taken) ? { salutation: 'none' as const } : {};
        await run((ctx) => saveCustomer(ctx, into.id, changed));
        await run((ctx) => unmergeCustomer(ctx, { id: from.id, reason: 'test' }));
        const after = await everything();
        for (const { row } of before.customers) if (row['id'] === into.id) Object.assign(row, changed);
        expect(after).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });
});
