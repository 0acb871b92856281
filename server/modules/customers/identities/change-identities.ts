import type { Customer, IdentityKind } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../../workspace/index.ts';
import { fail as refuse } from '../errors.ts';
import { demandLevel, isTaken, type Loaded, loadCustomer, present, saveCustomer } from '../profile/load.ts';
import type { IdentityRow } from '../queries/rows.ts';
import { normaliseIdentity } from './normalise.ts';
import { deleteIdentity, findIdentity, holderOf, insertHistory, insertIdentity, markVerified } from './queries.ts';

interface Written {
  kind: IdentityKind;
  value: string;
}

/** Adds an identity without proof. */
export async function addIdentity(ctx: Ctx, input: { id: string } & Written): Promise<Customer> {
  const loaded = await loadCustomer(ctx, input.id, true);
  await demandLevel(ctx, loaded, ['identities']);
  await putIdentity(ctx, loaded.row.id, input);
  return saved(ctx, loaded, 'customers.identity_added');
}

/**
 * Records the proof of an identity: from then on it recognises this customer, even where another one merely wrote from it. Refused while another
 * customer has proved it. `by`: rooms above call this with what a sign-in or a signed link proved.
 */
export async function verifyIdentity(
  ctx: Ctx,
  input: { id: string; identityId: string; evidence: string; note?: string | undefined },
): Promise<Customer> {
  const { loaded, identity } = await identityOf(ctx, input);
  // Proving the caller's identity is how level 3 is reached; an adviser's own check is not, so that one needs it.
  if (input.evidence === 'agent_checked' || input.evidence === 'import') await demandLevel(ctx, loaded, ['identities']);
  if (identity.verified_at) return present(ctx, loaded);
  const evidence = input.note ? `${input.evidence}: ${input.note}` : input.evidence;
  await markVerified(ctx.db, identity.id, evidence, ctx.now).catch(async (error: unknown) => {
    throw isTaken(error, 'customer_identities_proved') ? refuse('customers.identity_taken') : error;
  });
  await record(ctx, identity, 'verified', evidence);
  return saved(ctx, loaded, 'customers.identity_verified');
}

export async function removeIdentity(ctx: Ctx, input: { id: string; identityId: string }): Promise<Customer> {
  const { loaded, identity } = await identityOf(ctx, input);
  await demandLevel(ctx, loaded, ['identities']);
  await deleteIdentity(ctx.db, identity.id);
  await record(ctx, identity, 'removed', identity.evidence);
  return saved(ctx, loaded, 'customers.identity_removed');
}

/** Writes a new identity with its history; refused when it is another customer's. Having it already is no error. */
export async function putIdentity(ctx: Ctx, customerId: string, { kind, value: label }: Written): Promise<void> {
  const value = normaliseIdentity(kind, label);
  if (value === null) throw refuse('customers.identity_invalid', { kind });
  const recognises = kind !== 'postal';
  if (recognises) {
    const holder = (await holderOf(ctx.db, kind, value, true)) ?? (await holderOf(ctx.db, kind, value, false));
    if (holder && (holder.customer_id === customerId || holder.root_id === customerId)) return;
    if (holder) throw refuse('customers.identity_taken', { customerId: holder.root_id });
  }
  const identity = {
    id: newId(ctx.now.getTime()),
    customer_id: customerId,
    kind,
    value,
    label,
    evidence: 'person',
    verified_at: null,
    recognises,
  };
  if (!(await insertIdentity(ctx.db, { ...identity, created_at: ctx.now }))) throw refuse('customers.identity_taken');
  await record(ctx, identity, 'added', 'person');
}

async function identityOf(ctx: Ctx, input: { id: string; identityId: string }): Promise<{ loaded: Loaded; identity: IdentityRow }> {
  const loaded = await loadCustomer(ctx, input.id, true);
  const identity = await findIdentity(ctx.db, input.identityId);
  if (!identity || !loaded.identities.some((own) => own.id === identity.id)) throw fail('core.not_found');
  return { loaded, identity };
}

const record = (
  ctx: Ctx,
  identity: Pick<IdentityRow, 'id' | 'customer_id' | 'kind' | 'value'>,
  step: 'added' | 'verified' | 'removed',
  evidence: string | null,
) => insertHistory(ctx.db, { id: newId(ctx.now.getTime()), identity, step, evidence, byId: ctx.actor.id, at: ctx.now });

async function saved(ctx: Ctx, { row }: Loaded, action: string): Promise<Customer> {
  const after = await saveCustomer(ctx, row.id, {});
  await audit(ctx, { action, object: { kind: 'customer', id: row.id } });
  return present(ctx, after);
}
