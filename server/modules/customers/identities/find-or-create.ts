import type { IdentityKind } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { updateCustomer } from '../queries/customers.ts';
import { claimedName, normaliseIdentity } from './normalise.ts';
import { type ClaimRow, findOrInsertOwners, insertHistory, type OwnerRow, proveIdentity, takeTurns } from './queries.ts';

/** A sender as a channel tells it. `evidence` says where it was seen, e.g. `inbound_mail`. */
export interface Claim {
  kind: IdentityKind;
  value: string;
  label: string;
  name: string;
  evidence: string;
  /** Whoever signed the person in vouches for the address: it is proved from here on. */
  isProved?: boolean;
}

export interface Owner {
  /** Whom the identity belongs to itself: store this one, it stays right when a merge is taken back. */
  customerId: string;
  /** The customer it counts as now; the same unless merged. Use it where one person is meant: leases, grouping, names. */
  rootId: string;
  displayName: string;
  /** The identity is proved, not merely written from. */
  verified: boolean;
  created: boolean;
}

export const findOrCreateByIdentity = async (ctx: Ctx, claim: Claim): Promise<Owner> => (await findOrCreateMany(ctx, [claim]))[0] as Owner;

/**
 * Whom each identity belongs to, in the order given; whoever is unknown becomes a customer with this one, unproved identity. Usually one
 * round trip for any number. Two at the same instant with the same new identity make one customer. Never guesses: no match by name.
 */
export async function findOrCreateMany(ctx: Ctx, claims: readonly Claim[]): Promise<Owner[]> {
  const keys = claims.map((claim) => keyOf(claim.kind, normaliseIdentity(claim.kind, claim.value) ?? unreadable(claim.value)));
  const rows = new Map<string, ClaimRow>();
  for (const [n, claim] of claims.entries()) {
    const key = keys[n] as string;
    const known = rows.get(key);
    const name = claimedName(claim.name) || null;
    if (!known) rows.set(key, claimRow(ctx, claim, key, name));
    else if (claim.isProved && !known.proved) Object.assign(known, { proved: true, evidence: claim.evidence });
    if (known && !known.name && name) Object.assign(known, { name, display_name: name });
  }
  const owners = await ownersOf(ctx, rows);
  return keys.map((key) => {
    const owner = owners.get(key) as OwnerRow;
    return {
      customerId: owner.customer_id,
      rootId: owner.root_id,
      displayName: owner.display_name,
      verified: owner.verified,
      created: owner.created,
    };
  });
}

async function ownersOf(ctx: Ctx, rows: ReadonlyMap<string, ClaimRow>): Promise<Map<string, OwnerRow>> {
  const owners = new Map<string, OwnerRow>();
  const proved = [...rows].flatMap(([key, row]) => (row.proved ? [key] : []));
  if (proved.length > 0) await takeTurns(ctx.db, proved.toSorted());
  for (let missing = [...rows.keys()].toSorted(); missing.length > 0; missing = missing.filter((key) => !owners.has(key))) {
    const found = await findOrInsertOwners(
      ctx.db,
      missing.map((key) => rows.get(key) as ClaimRow),
      ctx.now,
    );
    for (const owner of found) {
      const key = keyOf(owner.kind, owner.value);
      owners.set(key, owner);
      const claim = rows.get(key);
      if (claim?.proved && !owner.verified) await prove(ctx, owner, claim);
      if (owner.created) ctx.emit('customers.created', { customerId: owner.customer_id });
      else await nameUnnamed(ctx, owner, rows.get(key)?.name ?? null);
    }
  }
  return owners;
}

/** Somebody wrote from it before; now it is known to be theirs. */
async function prove(ctx: Ctx, owner: OwnerRow, claim: ClaimRow): Promise<void> {
  const identity = await proveIdentity(ctx.db, { kind: owner.kind, value: owner.value, evidence: claim.evidence, at: ctx.now });
  if (!identity) return;
  owner.verified = true;
  await insertHistory(ctx.db, {
    id: newId(ctx.now.getTime()),
    identity,
    step: 'verified',
    evidence: claim.evidence,
    byId: null,
    at: ctx.now,
  });
  ctx.emit('customers.changed', { customerId: owner.root_id });
}

/** Somebody whom we knew by address only signs with a name now. */
async function nameUnnamed(ctx: Ctx, owner: OwnerRow, name: string | null): Promise<void> {
  if (!owner.unnamed || !name || owner.customer_id !== owner.root_id) return;
  await updateCustomer(ctx.db, owner.root_id, { name, name_source: 'claimed', display_name: name });
  owner.display_name = name;
  ctx.emit('customers.changed', { customerId: owner.root_id });
}

function claimRow(ctx: Ctx, claim: Claim, key: string, name: string | null): ClaimRow {
  const at = ctx.now.getTime();
  const value = key.slice(key.indexOf(' ') + 1);
  const label =
    claim.label
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, 320) || value;
  return {
    kind: claim.kind,
    value,
    label,
    name,
    display_name: name ?? label,
    evidence: claim.evidence,
    proved: claim.isProved === true,
    customer_id: newId(at),
    identity_id: newId(at),
    history_id: newId(at),
  };
}

const keyOf = (kind: IdentityKind, value: string): string => `${kind} ${value}`;

// Even a sender nobody can read must be somebody, or the message would be lost.
const unreadable = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .toLowerCase()
    .slice(0, 320) || 'unknown';
