import type { DataSubject } from '../../../../contract/customers.ts';
import { scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { normaliseIdentity } from '../identities/normalise.ts';
import { presentSubject } from '../present.ts';
import { findSubject, subjectRows } from './queries.ts';
import { eraseCustomer, liftRestriction, restrictCustomer } from './restrict.ts';

const most = 50;

/** Everybody who serves customers may take a request down; deciding about it is data protection's alone. */
function assertDecides(ctx: Ctx): void {
  if (!scopes(ctx.actor, 'data_request').has('A')) throw core('core.forbidden', { right: 'data_request' });
}

export async function findSubjects(ctx: Ctx, { q }: { q: string }): Promise<{ items: DataSubject[]; more: boolean }> {
  assertDecides(ctx);
  const values = (['mail', 'phone', 'customer_number', 'handle'] as const).map((kind) => normaliseIdentity(kind, q));
  const rows = await subjectRows(ctx.db, { text: q, values: [...new Set(values.filter((v) => v !== null))], limit: most + 1 });
  await audit(ctx, { action: 'customers.data_subject_searched', data: { found: Math.min(rows.length, most) } });
  return { items: rows.slice(0, most).map((row) => presentSubject(row)), more: rows.length > most };
}

interface Request {
  id: string;
  reason: string;
}

export async function restrictData(ctx: Ctx, { id, reason }: Request): Promise<DataSubject> {
  const row = await subjectOf(ctx, id);
  if (!(await restrictCustomer(ctx, row.id))) throw fail('customers.restricted_already');
  await audit(ctx, { action: 'customers.restricted', object: { kind: 'customer', id: row.id }, reason });
  return now(ctx, row.id);
}

export async function liftDataRestriction(ctx: Ctx, { id, reason }: Request): Promise<DataSubject> {
  const row = await subjectOf(ctx, id);
  if (row.erasure_asked_at) throw fail('customers.being_erased');
  if (!(await liftRestriction(ctx, row.id))) throw fail('customers.not_restricted');
  await audit(ctx, { action: 'customers.restriction_lifted', object: { kind: 'customer', id: row.id }, reason });
  return now(ctx, row.id);
}

/** Asked twice it erases nothing new; asked again with `erase`, what had been kept goes too. */
export async function eraseData(ctx: Ctx, { id, reason, letters }: Request & { letters: 'keep' | 'erase' }): Promise<DataSubject> {
  const row = await subjectOf(ctx, id);
  await eraseCustomer(ctx, row.id, { keepsLetters: letters === 'keep' });
  await audit(ctx, { action: 'customers.erased', object: { kind: 'customer', id: row.id }, reason, data: { letters } });
  return now(ctx, row.id);
}

async function subjectOf(ctx: Ctx, id: string) {
  assertDecides(ctx);
  const row = await findSubject(ctx.db, id);
  if (!row || row.status === 'erased') throw core('core.not_found');
  return row;
}

async function now(ctx: Ctx, id: string): Promise<DataSubject> {
  const row = await findSubject(ctx.db, id);
  if (!row) throw core('core.not_found');
  return presentSubject(row);
}
