import type { Conversation } from '../../../../contract/conversations.ts';
import type { NextReason } from '../../../../contract/routing.ts';
import type { Actor } from '../../../platform/actor.ts';
import { together } from '../../../platform/concurrency/together.ts';
import { type InTurn, turns } from '../../../platform/concurrency/turns.ts';
import { type Ctx, type Platform, transaction } from '../../../platform/context.ts';
import type { Change } from '../../../platform/database/change.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { Overtaken } from '../../../platform/database/transaction.ts';
import { fail as core } from '../../../platform/errors.ts';
import { keepAnswer, type Keyed } from '../../../platform/http/idempotency.ts';
import { displayNameOf } from '../../customers/index.ts';
import { personNameOf } from '../../workspace/index.ts';
import { mayTakeNow } from '../access/grant-access.ts';
import { refuseStep } from '../changes/refuse-step.ts';
import { conflictsOf, hasConflict } from '../conflicts/conflicts.ts';
import { holderAt, isContested, leaseSeconds, nextState } from '../conversation.ts';
import { fail } from '../errors.ts';
import { mayRead, mayTakeOver, offeredTo, seesMaskedOnly } from '../policy.ts';
import { presentConversation } from '../present.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { tellOutside } from '../threads/tell.ts';
import { addSystemLine } from '../timeline/add-system-line.ts';
import { facts, updateConversation } from '../write.ts';
import { freeOthers, lockHeld } from './release.ts';
import { type AskedFor, whyNext } from './why-next.ts';

export interface Lease {
  fence: number;
  until: string;
}

/** Who works on something, and since when. */
interface Holder {
  id: string;
  name: string | null;
  since: string;
}

/** A conversation as it is when somebody reaches for it, with the names that the answer needs; `server` has the lease on the customer, `conflicts` must not get it. */
export type Seen = ConversationRow & {
  holderName: string | null;
  customerName: string | null;
  server: Holder | null;
  conflicts: readonly string[];
  /** Of other teams, who may take it to help. */
  helpers: readonly string[];
};

interface Wish {
  id: string;
  mode: 'take' | 'take_over';
  reason?: string | undefined;
  /** Not this one was wanted but any that is free: nobody is refused anything, so no such event. */
  any?: AskedFor;
  /** Of the request that asks for any: a repetition gets the same one. */
  key?: Keyed | undefined;
}

const turnsOf = new WeakMap<Platform, InTurn<Seen>>();

/**
 * Takes a conversation and its customer exclusively. Who reaches for one that somebody here is just taking waits for that and is refused by what came
 * of it, without asking the database; whatever else happens at the same time, in other processes too, is decided there. `looked` spares the first look.
 */
export async function claimConversation(outside: Ctx, wish: Wish, looked?: Seen): Promise<Taken> {
  const { platform, actor, causationId } = outside;
  let inTurn = turnsOf.get(platform);
  if (!inTurn) turnsOf.set(platform, (inTurn = turns()));
  const taken = await inTurn(wish.id, (before) => {
    let known = [before, looked].find((seen) => seen && mayTake(actor, seen));
    const attempt = async (ctx: Ctx) => {
      const seen = known ?? (await look(ctx, wish.id));
      // Should it be outdated, another attempt looks for itself.
      known = undefined;
      const given = await take(ctx, seen, wish);
      if (wish.key) keepAnswer(ctx, wish.key, { status: 200, reply: takenAs(given) });
      return given;
    };
    return transaction(platform, actor, attempt, { causationId, log: () => outside.log });
  });
  return takenAs(taken);
}

export interface Taken {
  lease: Lease;
  conversation: Conversation;
}

const takenAs = (taken: Seen): Taken => ({ lease: leaseOf(taken), conversation: presentConversation(taken, taken.customerName ?? '') });

/** Those who reach for something at the same moment look together. */
const looksOf = new WeakMap<Platform, (id: string) => Promise<Seen | undefined>>();

async function look({ platform, actor }: Ctx, id: string): Promise<Seen> {
  let looks = looksOf.get(platform);
  if (!looks) looksOf.set(platform, (looks = together((ids) => lookAt(platform, ids))));
  const found = await looks(id);
  if (!found || !mayTake(actor, found)) throw core('core.not_found');
  return found;
}

const mayTake = (actor: Actor, seen: Seen): boolean =>
  !seesMaskedOnly(actor) && mayRead(actor, isHelper(actor, seen) ? offeredTo(actor, seen) : seen, false, 'claim');

const isHelper = ({ id }: Actor, { helpers }: Seen): boolean => id !== null && helpers.includes(id);

/** Each of these as it is now; undefined where there is none. */
export async function lookAt({ database, clock }: Platform, ids: readonly string[]): Promise<(Seen | undefined)[]> {
  const rows = await database.looks.query<Seen>(sql`select ${conversationColumns}, ${personNameOf(sql`c.claimed_by`)} as "holderName",
      ${displayNameOf(sql`c.customer_root_id`)} as "customerName",
      (select jsonb_build_object('id', l.person_id, 'name', ${personNameOf(sql`l.person_id`)}, 'since', l.since) from customer_leases l
        where l.customer_id = c.customer_root_id and l.until > ${clock.now()}) as server, ${conflictsOf} as conflicts,
      ${mayTakeNow(sql`c.id`, clock.now())} as helpers
    from unnest(${sql.unseen(ids, 'uuid[]')}) as asked join conversations c on c.id = asked`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}

/**
 * Both changes compare with what was seen, so of any number of people exactly one gets it; the fence grows with every taking, and whoever held an older
 * one can no longer send. They are written when everything is decided; who is overtaken in between is undone and looks again.
 * Conversations are locked before the lease on their customer, several in the order of their ids: so does everything that ends a claim, and two who
 * want both never wait for each other.
 */
async function take(ctx: Ctx, first: Seen, { id, mode, reason, any }: Wish): Promise<Seen> {
  const isAny = any !== undefined;
  let seen = first;
  const me = ctx.actor.id;
  if (!me) throw core('core.forbidden', { right: 'claim' });
  if (seen.conflicts.includes(me)) throw fail('conversations.conflict_of_interest');
  if (!nextState(seen.state, 'claim'))
    throw isAny ? core('core.illegal_transition', { state: seen.state, event: 'claim' }) : refuseStep(ctx, seen, 'claim');
  const holder = holderOf(seen, ctx.now);
  const contested = isContested(me, holder?.id ?? null, seen.server?.id ?? null);
  if (contested) {
    if (mode === 'take' || (!mayTakeOver(ctx.actor, seen) && !reason?.trim())) throw refused(ctx, seen, holder, isAny);
    const [locked, served] = await Promise.all([
      lockHeld(ctx, seen, me),
      // From whoever was seen to serve the customer, nobody else; and before the others are looked for, so that what that person takes meanwhile is found.
      ctx.db.exec(customerTaken(ctx, seen.customerId, me, sql`l.person_id = ${seen.server?.id ?? null}::uuid`)),
    ]);
    if (served === 0) throw new Overtaken('Somebody else serves this customer by now.');
    const freed = await freeOthers(ctx, seen, me, locked);
    // Whoever is relieved reads by whom and why, where they were and where it goes on.
    const line = { code: 'conversations.taken_over', data: { fromId: (holder ?? seen.server)?.id ?? '', reason: reason?.trim() ?? '' } };
    for (const other of [...freed, id]) await addSystemLine(ctx, other, line);
    seen = { ...seen, version: seen.version + 1, lastSeq: seen.lastSeq + 1 };
  }
  const until = later(leaseEnd(ctx.now), holder?.id === me ? seen.claimUntil : null);
  const taken: Seen = {
    ...seen,
    version: seen.version + 1,
    fence: seen.fence + 1,
    state: 'in_progress',
    claimedBy: me,
    claimedAt: (holder?.id === me && seen.claimedAt) || ctx.now,
    claimUntil: until,
    // Whoever has it already keeps the reason for which they got it.
    nextReason: any ? whyNext(seen, any, me, ctx.now) : holder?.id === me ? seen.nextReason : null,
    snoozedUntil: null,
    resolvedAt: null,
    holderName: ctx.actor.name,
    server: { id: me, name: ctx.actor.name, since: ctx.now.toISOString() },
  };
  const lease = { person: me, at: ctx.now, until };
  ctx.changeOne(takesConversation, {
    conversation: id,
    version: seen.version,
    from: contested ? seen.claimedBy : null,
    since: taken.claimedAt ?? ctx.now,
    reason: taken.nextReason,
    ...lease,
  });
  ctx.changeOne(servesCustomer, { customer: seen.customerId, ...lease });
  ctx.emit('conversations.claimed', { ...facts(taken), personId: me, fence: taken.fence }, taken.caseId);
  tellOutside(ctx, taken);
  return taken;
}

interface TakenUntil {
  person: string;
  at: Date;
  until: Date;
}

/** Gives a free conversation, or one that is taken over from whoever was seen to have it. */
const takesConversation: Change<
  TakenUntil & { conversation: string; version: number; from: string | null; since: Date; reason: NextReason | null }
> = {
  columns: {
    conversation: 'uuid',
    version: 'int',
    person: 'uuid',
    from: 'uuid',
    since: 'timestamptz',
    reason: 'jsonb',
    at: 'timestamptz',
    until: 'timestamptz',
  },
  statement: (
    given,
  ) => sql`update conversations c set version = c.version + 1, fence = c.fence + 1, state = 'in_progress', claimed_by = given.person,
      claimed_at = given.since, claim_until = given.until, snoozed_until = null, resolved_at = null, read_seq = c.last_seq,
      next_reason = given.reason
    from (select * from ${given} order by conversation) as given where c.id = given.conversation and c.version = given.version
      and (c.claimed_by is null or c.claim_until <= given.at or c.claimed_by in (given.person, given."from"))`,
};

/** Takes or renews the lease on the customer, in an order in which those who want several never wait for each other. */
const servesCustomer: Change<TakenUntil & { customer: string }> = {
  columns: { customer: 'uuid', person: 'uuid', at: 'timestamptz', until: 'timestamptz' },
  statement: (given) => customerLease(sql`select customer, person, at, until from ${given} order by customer`),
};

/** Takes a conversation whose row is locked; null when somebody else holds it or serves the customer, or when they must not get it. */
export async function takeIfFree(ctx: Ctx, row: ConversationRow): Promise<Lease | null> {
  const me = ctx.actor.id;
  if (!me || holderAt(row, ctx.now) !== null || !nextState(row.state, 'claim') || !mayRead(ctx.actor, row, false, 'claim')) return null;
  if (await hasConflict(ctx.db, row.id, me)) return null;
  if ((await ctx.db.exec(customerTaken(ctx, row.customerId, me))) === 0) return null;
  const taken = await updateConversation(
    ctx,
    row.id,
    sql`fence = fence + 1, state = 'in_progress', claimed_by = ${me}, claimed_at = ${ctx.now}, claim_until = ${leaseEnd(ctx.now)},
      snoozed_until = null, resolved_at = null, read_seq = last_seq, next_reason = null`,
  );
  tellOutside(ctx, taken);
  ctx.emit('conversations.claimed', { ...facts(taken), personId: me, fence: taken.fence }, taken.caseId);
  return leaseOf(taken);
}

export const leaseOf = (row: ConversationRow): Lease => ({ fence: row.fence, until: (row.claimUntil ?? new Date(0)).toISOString() });

export const leaseEnd = (now: Date): Date => new Date(now.getTime() + leaseSeconds * 1_000);

const later = (a: Date, b: Date | null): Date => (b && b > a ? b : a);

/** Takes or renews the lease on the customer; touches no row when somebody else holds it, but for those it is taken over `from`. */
export const customerTaken = (ctx: Ctx, customerId: string, personId: string, from: Sql = sql`false`): Sql =>
  customerLease(sql`values (${customerId}::uuid, ${personId}::uuid, ${ctx.now}::timestamptz, ${leaseEnd(ctx.now)}::timestamptz)`, from);

/** Who has the customer already never gets less of them, however slow the process was, or behind its clock, through which they took one thing more. */
const customerLease = (wanted: Sql, from: Sql = sql`false`): Sql =>
  sql`insert into customer_leases as l (customer_id, person_id, since, until) ${wanted}
    on conflict (customer_id) do update set person_id = excluded.person_id,
      until = case when l.person_id = excluded.person_id then greatest(l.until, excluded.until) else excluded.until end,
      since = case when l.person_id = excluded.person_id and l.until > excluded.since then l.since else excluded.since end
    where l.person_id = excluded.person_id or l.until <= excluded.since or ${from}`;

function holderOf(seen: Seen, now: Date): Holder | null {
  const id = holderAt(seen, now);
  return id && seen.claimedAt ? { id, name: seen.holderName, since: seen.claimedAt.toISOString() } : null;
}

const isOther = (holder: Holder | null, me: string): boolean => holder !== null && holder.id !== me;

/** The refusal says who has it, since when; and is remembered as an event although nothing else comes of this. */
function refused(ctx: Ctx, seen: Seen, holder: Holder | null, isAny = false) {
  const isHeld = isOther(holder, ctx.actor.id ?? '');
  const other = isHeld ? holder : seen.server;
  const code = isHeld ? 'conversations.already_claimed' : 'conversations.customer_already_served';
  const holderId = other?.id ?? null;
  if (!isAny)
    ctx.emitEvenIfRefused('conversations.claim_refused', { conversationId: seen.id, personId: ctx.actor.id, holderId, reason: code });
  return fail(code, { holderId, holderName: other?.name ?? '', since: other ? new Date(other.since).toISOString() : null });
}
