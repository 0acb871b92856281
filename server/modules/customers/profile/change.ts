import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Customer, customersEndpoints } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { fail as refuse } from '../errors.ts';
import type { CustomerRow } from '../queries/rows.ts';
import { demandLevel, isTaken, loadCustomer, present, saveCustomer } from './load.ts';

/** Changes what is known of a customer. Fields left out stay; preferences are changed one by one. */
export async function changeCustomer(ctx: Ctx, input: ParsedInputOf<typeof customersEndpoints.change>): Promise<Customer> {
  const { id, version, preferences, ...rest } = input;
  const loaded = await loadCustomer(ctx, id, true);
  if (loaded.row.version !== version) throw fail('core.conflict', { version: loaded.row.version });
  const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<CustomerRow>;
  // A form sends its whole contents: what stays as it is needs no level.
  const differing = Object.keys(fields).filter((field) => fields[field as keyof CustomerRow] !== loaded.row[field as keyof CustomerRow]);
  await demandLevel(ctx, loaded, differing);
  if (preferences) fields.preferences = { ...loaded.row.preferences, ...preferences };
  if (fields.name !== undefined) fields.name_source = 'person';
  const saved = await saveCustomer(ctx, loaded.row.id, fields).catch((error: unknown) => {
    throw isTaken(error, 'customers_number') ? refuse('customers.number_taken') : error;
  });
  await audit(ctx, { action: 'customers.changed', object: { kind: 'customer', id: loaded.row.id }, data: { fields: Object.keys(fields) } });
  return present(ctx, saved);
}
