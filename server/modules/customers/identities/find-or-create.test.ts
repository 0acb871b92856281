import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Claim, findOrCreateByIdentity, findOrCreateMany } from '../index.ts';
import { act, createCustomer } from '../testing.ts';

const mail = (value: string, name = ''): Claim => ({ kind: 'mail', value, label: value, name, evidence: 'inbound_mail' });

describe('finding or making a customer by an identity', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'customers' });
  });
  afterAll(() => house.close());
  const find = (claims: Claim[]) => act(house.house.platform, (ctx) => findOrCreateMany(ctx, claims));

  it('makes one provisional customer with the claimed name, and finds it again however the address is written', async () => {
    const [first] = await find([mail('Frau.Neu@Post.example', ' Frau\u202e Neu\n')]);
    expect(first).toMatchObject({ displayName: 'Frau Neu', created: true, verified: false });
    const [second] = await find([mail('frau.neu@post.EXAMPLE.', 'Someone Else')]);
    expect(second).toMatchObject({ customerId: first?.customerId, displayName: 'Frau Neu', created: false });
    const [tagged] = await find([mail('frau.neu+shop@post.example')]);
    expect(tagged?.customerId).not.toBe(first?.customerId);
    expect(tagged?.displayName).toBe('frau.neu+shop@post.example');
  });

  it('learns the name of somebody whose first mail had none', async () => {
    const [first] = await find([mail('stumm@post.example')]);
    const [later] = await find([mail('stumm@post.example', 'Stefan Stumm')]);
    expect(later).toMatchObject({ customerId: first?.customerId, displayName: 'Stefan Stumm' });
  });

  it('prefers whoever proved the identity, and never goes by name', async () => {
    const claimed = (await find([mail('geteilt@post.example', 'Max Muster')]))[0];
    const owner = await createCustomer(house, { name: 'Moritz Muster' });
    await house.db.exec(sql`insert into customer_identities (id, customer_id, kind, value, label, verified_at, recognises, created_at)
      values (gen_random_uuid(), ${owner.id}, 'mail', 'geteilt@post.example', '', now(), true, now())`);
    expect((await find([mail('geteilt@post.example')]))[0]).toMatchObject({ customerId: owner.id, verified: true });
    expect((await find([mail('anders@post.example', 'Max Muster')]))[0]?.customerId).not.toBe(claimed?.customerId);
  });

  it('starts anew when the customer of old is restricted', async () => {
    const old = (await find([mail('alt@post.example')]))[0];
    await house.db.exec(sql`update customers set status = 'restricted' where id = ${old?.customerId}`);
    await house.db.exec(sql`update customer_identities set recognises = false where customer_id = ${old?.customerId}`);
    expect((await find([mail('alt@post.example')]))[0]).toMatchObject({ created: true });
  });

  it('takes one round trip for any number of senders', async () => {
    let statements = 0;
    const claims = Array.from({ length: 100 }, (_, i) => mail(`menge${i % 60}@post.example`, `Menge ${i % 60}`));
    await act(house.house.platform, async (ctx) => {
      const counting = {
        ...ctx,
        db: { ...ctx.db, query: <R>(q: Parameters<typeof ctx.db.query>[0]) => ((statements += 1), ctx.db.query<R>(q)) },
      };
      const owners = await findOrCreateMany(counting, claims);
      expect(new Set(owners.map((owner) => owner.customerId)).size).toBe(60);
      expect(owners[61]).toEqual(owners[1]);
    });
    expect(statements).toBe(1);
  });

  it('makes one customer of a new sender however many mails arrive at the same instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 }),
        fc.uuid(),
        async (batches, run) => {
          const results = await Promise.all(batches.map((batch) => find(batch.map((n) => mail(`${n}.${run}@post.example`)))));
          const owners = new Map<number, Set<string>>();
          for (const [b, batch] of batches.entries())
            for (const [i, n] of batch.entries()) {
              const seen = owners.get(n) ?? new Set();
              owners.set(n, seen.add(results[b]?.[i]?.customerId ?? ''));
            }
          for (const seen of owners.values()) expect(seen.size).toBe(1);
          const rows = await house.db.query(sql`select from customer_identities where value like ${`%.${run}@post.example`}`);
          expect(rows).toHaveLength(owners.size);
          const lonely = await house.db.query(
            sql`select from customers c where not exists (select from customer_identities i where i.customer_id = c.id) and c.name is null`,
          );
          expect(lonely).toHaveLength(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('makes one customer of somebody new who is proved by several at the same instant', async () => {
    for (let n = 0; n < 10; n += 1) {
      const claim = { ...mail(`belegt${n}@post.example`), isProved: true };
      const owners = (await Promise.all(Array.from({ length: 5 }, () => find([claim])))).flat();
      expect(new Set(owners.map((owner) => owner.customerId)).size).toBe(1);
      expect(owners.filter((owner) => owner.created)).toHaveLength(1);
    }
  });

  it('never loses a sender that cannot be read', async () => {
    const owner = await act(house.house.platform, (ctx) => findOrCreateByIdentity(ctx, mail('\u0000undisclosed recipients;')));
    expect(owner).toMatchObject({ created: true, displayName: 'undisclosed recipients;' });
  });
});
