import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { ownersOf } from '../../cases/index.ts';
import { conflictsIn, conversationFacts, heldBy, holderAt, type Offerable, offerableIn, restingQueues } from '../../conversations/index.ts';
import { availablePeople, setAway } from '../../workspace/index.ts';
import { isAtWork } from '../eligibility/at-work.ts';
import { routingRules } from '../rules.ts';
import { type Candidate, choose, type Waiting } from './choose.ts';
import { type EndState, endOffers, insertOffers, lastOffers, leftBy, type OfferRow, openOffers } from './queries.ts';
import { unitsOf } from './units.ts';

/** How long somebody has to answer. */
export const offerSeconds = 20;
/** As many of those who wait in one queue of one team as are looked at, each time. */
const mostLookedAt = 50;

/** Ends what was answered or not, then offers what waits to whoever is free. Any number of processes may do it at once. */
export async function giveOut(ctx: Ctx): Promise<void> {
  const { queues, calendars } = await routingRules(ctx);
  const offered = queues.filter(({ isOffered }) => isOffered);
  const open = await openOffers(ctx.db);
  if (open.length > 0) await settle(ctx, open);
  if (offered.length === 0) return;
  const still = await openOffers(ctx.db);
  const busy = new Set(still.map(({ personId }) => personId));
  const people = (await availablePeople(ctx.db, ctx.now)).filter(
    ({ personId, siteId, location }) => !busy.has(personId) && isAtWork(location, calendars.ofSite(siteId, ctx.now), ctx.now),
  );
  if (people.length === 0) return;
  const waits = await offerableIn(ctx.db, {
    queueIds: offered.map(({ id }) => id),
    teamIds: [...new Set(people.flatMap(({ teamIds }) => teamIds))],
    restingQueueIds: await restingQueues(ctx),
    besides: still.map(({ conversationId }) => conversationId),
    now: ctx.now,
    most: mostLookedAt,
  });
  if (waits.length === 0) return;
  const candidates = await candidatesOf(ctx, people);
  const names = new Map(offered.map(({ id, name }) => [id, name]));
  const queueOf = new Map(waits.map(({ id, queueId }) => [id, names.get(queueId ?? '') ?? '']));
  const chosen = choose(await waitingOf(ctx, waits, offered), candidates, ctx.now.toISOString().slice(0, 10));
  const until = new Date(ctx.now.getTime() + offerSeconds * 1_000);
  const made = await insertOffers(
    ctx.db,
    chosen.map(({ conversationId, personId, because, free }) => ({
      id: newId(ctx.now.getTime()),
      conversationId,
      personId,
      at: ctx.now,
      until,
      why: { queue: queueOf.get(conversationId) ?? '', because, free },
    })),
  );
  for (const { id, conversationId, personId } of made) ctx.emit('routing.offered', { offerId: id, conversationId, personId });
}

async function candidatesOf({ db, now }: Ctx, people: Awaited<ReturnType<typeof availablePeople>>): Promise<Candidate[]> {
  const ids = people.map(({ personId }) => personId);
  const held = Map.groupBy(await heldBy(db, ids, now), ({ personId }) => personId);
  const last = await lastOffers(db, ids);
  return people.map(({ personId, teamIds, skills, since }) => ({
    personId,
    teamIds,
    skills,
    units: (held.get(personId) ?? []).reduce((sum, one) => sum + unitsOf(one), 0),
    withoutSince: Math.max(since.getTime(), last.get(personId)?.getTime() ?? 0),
  }));
}

async function waitingOf(
  { db }: Ctx,
  waits: readonly Offerable[],
  queues: readonly { id: string; needs: Waiting['needs'] }[],
): Promise<Waiting[]> {
  const owners = await ownersOf(
    db,
    waits.flatMap(({ caseId }) => caseId ?? []),
  );
  const conflicts = await conflictsIn(
    db,
    waits.map(({ id }) => id),
  );
  const left = await leftBy(
    db,
    waits.map(({ id }) => id),
  );
  return waits.map((one) => ({
    conversationId: one.id,
    teamId: one.teamId,
    needs: queues.find(({ id }) => id === one.queueId)?.needs ?? [],
    units: unitsOf(one),
    knownTo: (one.caseId && owners.get(one.caseId)) ?? null,
    servedBy: one.servedBy,
    conflicts: conflicts.get(one.id) ?? [],
    leftBy: left.get(one.id) ?? [],
  }));
}

/** What became of the conversation decides first: who takes it in the last moment has it. */
async function settle(ctx: Ctx, open: readonly OfferRow[]): Promise<void> {
  const rows = await conversationFacts(
    ctx.db,
    open.map(({ conversationId }) => conversationId),
  );
  const becomes = ({ conversationId, personId, until }: OfferRow): EndState | 'open' => {
    const row = rows.get(conversationId);
    const holder = row ? holderAt(row, ctx.now) : null;
    if (holder === personId) return 'accepted';
    if (!row || holder !== null || row.assigneeId !== null || !['new', 'queued'].includes(row.state)) return 'withdrawn';
    return until <= ctx.now ? 'timed_out' : 'open';
  };
  for (const [state, offers] of Map.groupBy(open, becomes)) {
    if (state === 'open') continue;
    const ids = offers.map(({ id }) => id);
    for (const { personId } of await end(ctx, ids, state)) if (state === 'timed_out') await setAway(ctx, personId);
  }
}

export async function end(ctx: Ctx, ids: readonly string[], state: EndState): Promise<OfferRow[]> {
  const ended = await endOffers(ctx.db, ids, state, ctx.now);
  for (const { id, conversationId, personId } of ended) ctx.emit('routing.offer_ended', { offerId: id, conversationId, personId, state });
  return ended;
}
