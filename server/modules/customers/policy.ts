import { type Actor, mayAtAll, scopes } from '../../platform/actor.ts';
import type { Ctx } from '../../platform/context.ts';
import { familiesOf, familyOf } from './queries/customers.ts';
import { accessible } from './queries/records.ts';

/** Which of these customers the actor may read because of a conversation; given by the room that knows conversations. */
export type Reader = (ctx: Ctx, customerIds: readonly string[]) => Promise<Set<string>>;

let reader: Reader = async () => new Set();

/**
 * A customer is readable to whoever may read one of their conversations; this room cannot know, so a room above says it, once, when it is loaded.
 * Until then only a written reason opens a customer.
 */
export function provideReader(fn: Reader): void {
  reader = fn;
}

/** Whose a conversation is, if the actor may read it; nobody's otherwise. Given by the room that knows conversations, too. */
export type ConversationCustomers = (ctx: Ctx, conversationId: string) => Promise<readonly string[]>;

let customersOf: ConversationCustomers = async () => [];

/** Gives the one it takes the place of, for tests to put back: files of tests share one process. */
export function provideConversationCustomers(fn: ConversationCustomers): ConversationCustomers {
  const before = customersOf;
  customersOf = fn;
  return before;
}

/** Whether the actor may read this conversation and it is one of this customer's, merged ones' included. */
export async function isConversationOf(ctx: Ctx, rootId: string, conversationId: string): Promise<boolean> {
  const customers = await customersOf(ctx, conversationId);
  return customers.length > 0 && (await familyOf(ctx.db, rootId)).some((id) => customers.includes(id));
}

/** Whether the actor sees this customer: through a conversation, for a written reason, or as the customer. */
export async function mayRead(ctx: Ctx, rootId: string): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind === 'system') return true;
  if (!mayAtAll(actor, 'read_case')) return false;
  const family = await familyOf(ctx.db, rootId);
  if (actor.kind === 'customer') return actor.id !== null && family.includes(actor.id);
  if (scopes(actor, 'read_case').has('A')) return true;
  if (actor.id && (await accessible(ctx.db, [rootId], actor.id, ctx.now)).size > 0) return true;
  return (await reader(ctx, family)).size > 0;
}

/** Those of these customers that `mayRead` lets an adviser read, in three statements however many they are. */
export async function readableAmong(ctx: Ctx, rootIds: readonly string[]): Promise<Set<string>> {
  const { actor } = ctx;
  if (rootIds.length === 0 || !mayAtAll(actor, 'read_case')) return new Set();
  if (scopes(actor, 'read_case').has('A')) return new Set(rootIds);
  const granted = actor.id ? await accessible(ctx.db, rootIds, actor.id, ctx.now) : new Set<string>();
  const families = await familiesOf(ctx.db, rootIds);
  const read = await reader(
    ctx,
    families.map(({ id }) => id),
  );
  return new Set([...granted, ...families.filter(({ id }) => read.has(id)).map(({ root_id: rootId }) => rootId)]);
}

/** Masked data only: every scope the actor has is M. */
export const seesMasked = (actor: Actor): boolean => {
  const held = scopes(actor, 'read_case');
  return held.size === 1 && held.has('M');
};

/** A reason opens what is not the actor's own: for those who handle cases, not for those who learn or who see their own only. */
export const mayGiveReason = (actor: Actor): boolean => {
  const held = scopes(actor, 'read_case');
  return held.has('R') || held.has('T') || held.has('A');
};

/**
 * Changes to name, number or identities of a customer with a proved identity need level 3; what is known of somebody unproved (a first mail, a
 * first call) may be written down. Wishes, language and form of address need no level.
 */
export const needsLevel3 = (change: readonly string[], hasProvedIdentity: boolean): boolean =>
  hasProvedIdentity && change.some((field) => ['name', 'number', 'since', 'identities'].includes(field));

/** Advisers merge what is proved on both sides; leads and data protection judge by themselves. */
export const mayMerge = (actor: Actor, bothProved: boolean): boolean => {
  const held = scopes(actor, 'merge_customer');
  return held.has('A') || held.has('T') || (held.has('O') && bothProved);
};

/** The level a method can prove (DP-07): what a caller merely says is never enough. */
export const levelOf = { claimed: 1, two_facts: 2, call_back: 2, login: 3, app_confirmation: 3 } as const;
