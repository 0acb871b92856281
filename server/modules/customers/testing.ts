import type { IdentityKind } from '../../../contract/customers.ts';
import { type Actor, system } from '../../platform/actor.ts';
import { type Ctx, type Platform, transaction } from '../../platform/context.ts';
import { type Db, sql } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { testsBegin } from '../../testing/begin.ts';
import { displayName } from './customer.ts';
import { normaliseIdentity } from './identities/normalise.ts';

export interface TestCustomer {
  id: string;
  name: string | null;
  mail: string | null;
}

/** A customer with any identities; `verified` proves them. */
export async function createCustomer(
  at: { db: Db },
  given: {
    name?: string | null;
    mail?: string;
    number?: string;
    identities?: { kind: IdentityKind; value: string }[];
    verified?: boolean;
  } = {},
): Promise<TestCustomer> {
  const id = newId();
  const name = given.name ?? null;
  const identities = [...(given.mail ? [{ kind: 'mail' as const, value: given.mail }] : []), ...(given.identities ?? [])];
  const shown = displayName(
    name,
    identities.map(({ kind, value }) => ({ kind, label: value })),
  );
  await at.db.exec(sql`insert into customers (id, root_id, number, name, name_source, display_name, created_at)
    values (${id}, ${id}, ${given.number ?? null}, ${name}, 'person', ${shown}, ${testsBegin})`);
  for (const identity of identities)
    await at.db.exec(sql`insert into customer_identities (id, customer_id, kind, value, label, evidence, verified_at, recognises, created_at)
      values (${newId()}, ${id}, ${identity.kind}, ${normaliseIdentity(identity.kind, identity.value) ?? identity.value}, ${identity.value}, 'test',
        ${given.verified ? testsBegin : null}, ${identity.kind !== 'postal'}, ${testsBegin})`);
  return { id, name, mail: given.mail ?? null };
}

/** The customers tests and the demo tell stories about. */
export async function customerCast(at: { db: Db }): Promise<Record<'klein' | 'aydin' | 'weiss' | 'petersen', TestCustomer>> {
  return {
    klein: await createCustomer(at, { name: 'Erika Klein', mail: 'erika.klein@post.example', number: 'K-1001', verified: true }),
    aydin: await createCustomer(at, { name: 'Elif Aydın', mail: 'elif@aydin.example', verified: true }),
    weiss: await createCustomer(at, { name: 'Jonas Weiß', mail: 'jonas.weiss@post.example' }),
    petersen: await createCustomer(at, { name: 'Inge Petersen', identities: [{ kind: 'phone', value: '040 123456' }] }),
  };
}

/** Opens a customer for a person as a written reason would. */
export async function letRead(at: { db: Db }, customerId: string, personId: string): Promise<void> {
  await at.db.exec(
    sql`insert into customer_access (customer_id, person_id, reason, until) values (${customerId}, ${personId}, 'test', 'infinity')`,
  );
}

/** A piece of work as the system or as somebody, in a transaction of its own. */
export const act = <T>(platform: Platform, work: (ctx: Ctx) => Promise<T>, actor: Actor = system): Promise<T> =>
  transaction(platform, actor, work);
