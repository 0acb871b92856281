import { mostUnits, type Queue } from '../../../../contract/routing.ts';
import { system } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import {
  addSystemLine,
  conversationFacts,
  holderAt,
  letTake,
  letTakeNoMore,
  offerableIn,
  serversOf,
  restingQueues,
} from '../../conversations/index.ts';
import { audit, availablePeople, findTeams, listTeamIds, setAway } from '../../workspace/index.ts';
import { isAtWork } from '../eligibility/at-work.ts';
import { routingRules } from '../rules.ts';
import { type Choice, choose } from './choose.ts';
import { candidatesOf, knownAdvisers, reservesOf, waitingOf } from './situation.ts';
import { helpedTeams } from './overflow.ts';
import { type EndState, endOffers, insertOffers, type OfferRow, openOffers } from './queries.ts';

/** How long somebody has to answer. */
export const offerSeconds = 20;
/** For how long whoever took something of another team may come back to it. */
const helpHours = 8;
/** As many of those who wait in one queue of one team as are looked at, each time. */
const mostLookedAt = 50;
/** So often is looked at what stands behind those who wait for somebody they know. */
const mostLooks = 10;

/** Ends what was answered or not, then offers what waits to whoever is free. Any number of processes may do it at once. */
export async function giveOut(ctx: Ctx): Promise<void> {
  const [rules, open] = await Promise.all([routingRules(ctx), openOffers(ctx.db)]);
  const { queues, calendars, units } = rules;
  const offered = queues.filter(({ isOffered }) => isOffered);
  if (open.length > 0) await settle(ctx, open);
  if (offered.length === 0) return;
  const [still, available, restingQueueIds] = await Promise.all([openOffers(ctx.db), availablePeople(ctx.db, ctx.now), restingQueues(ctx)]);
  const busy = new Set(still.map(({ personId }) => personId));
  const people = available.filter(
    ({ personId, siteId, location }) => !busy.has(personId) && isAtWork(location, calendars.ofSite(siteId, ctx.now), ctx.now),
  );
  if (people.length === 0) return;
  const own = new Set(people.flatMap(({ teamIds }) => teamIds));
  const helped = offered.some(({ overflow }) => overflow.teamIds.length > 0) ? helpedTeams(offered, own, await listTeamIds(ctx.db)) : [];
  const wanted = {
    queueIds: offered.map(({ id }) => id),
    teamIds: [...new Set([...own, ...helped])],
    restingQueueIds,
    now: ctx.now,
    most: mostLookedAt,
  };
  // A customer who is offered to somebody is offered to nobody else.
  const besides = still.flatMap(({ customerId }) => customerId ?? []);
  const looked = new Map<string, Looked>();
  const chosen: Choice[] = [];
  let free = await candidatesOf(ctx, people, units);
  for (let look = 0; look < mostLooks && free.some((one) => one.units < mostUnits); look += 1) {
    const waits = await offerableIn(ctx.db, { ...wanted, besides });
    if (waits.length === 0) break;
    const asked = knownAdvisers(ctx, waits, calendars);
    const [known, waiting] = await Promise.all([asked, waitingOf(ctx, waits, offered, rules, asked)]);
    for (const one of waiting) looked.set(one.conversationId, one);
    const isFree = new Set(free.map(({ personId }) => personId));
    const expected = [...known.onShift.values()].filter(({ personId }) => !isFree.has(personId));
    const reserves = reservesOf(queues, units, free);
    const given = choose(waiting, free, calendars.day(ctx.now), reserves, await candidatesOf(ctx, expected, units));
    chosen.push(...given);
    // Nobody waits in vain behind those who wait for somebody they know: what stands behind as many is looked at, too.
    const toWhom = new Map(given.map(({ conversationId, personId }) => [conversationId, personId]));
    const isAwaited = waiting.some((one) => one.awaitsKnown && !toWhom.has(one.conversationId));
    if (!isAwaited || waits.length < mostLookedAt) break;
    besides.push(...waiting.filter((one) => one.awaitsKnown || toWhom.has(one.conversationId)).map(({ customerId }) => customerId));
    const taken = new Set(toWhom.values());
    free = free.filter(({ personId }) => !taken.has(personId));
  }
  if (chosen.length > 0) await offer(ctx, chosen, looked, offered);
}

type Looked = Awaited<ReturnType<typeof waitingOf>>[number];

async function offer(ctx: Ctx, chosen: readonly Choice[], byId: ReadonlyMap<string, Looked>, queues: readonly Queue[]): Promise<void> {
  const until = new Date(ctx.now.getTime() + offerSeconds * 1_000);
  const helped = chosen.filter(({ isHelp }) => isHelp).flatMap(({ conversationId }) => byId.get(conversationId)?.teamId ?? []);
  const teams = new Map((helped.length > 0 ? await findTeams(ctx.db, helped) : []).map(({ id, name }) => [id, name]));
  const made = await insertOffers(
    ctx.db,
    chosen.map(({ conversationId, personId, because, free, isHelp }) => {
      const { customerId, queueId, teamId, helpedBecause } = byId.get(conversationId) ?? {};
      const helps = isHelp && helpedBecause ? { team: teams.get(teamId ?? '') ?? '', because: helpedBecause } : null;
      const why = { queue: queues.find(({ id }) => id === queueId)?.name ?? '', because, free, helps };
      return { id: newId(ctx.now.getTime()), conversationId, customerId: customerId ?? null, personId, at: ctx.now, until, why };
    }),
  );
  for (const { id, conversationId, personId } of made) ctx.emit('routing.offered', { offerId: id, conversationId, personId });
  const toOthers = made.filter(({ why }) => why.helps);
  for (const { conversationId, personId } of toOthers) await letTake(ctx, conversationId, personId, until);
  // After everything else: the audit log is locked from here on.
  for (const { conversationId, personId } of toOthers)
    await audit(ctx, {
      action: 'routing.opened_to_help',
      object: { kind: 'conversation', id: conversationId },
      data: { personId, until: until.toISOString() },
    });
}

/** What became of the conversation decides first: who takes it in the last moment has it. */
async function settle(ctx: Ctx, open: readonly OfferRow[]): Promise<void> {
  const ids = open.map(({ conversationId }) => conversationId);
  const [rows, servers] = await Promise.all([conversationFacts(ctx.db, ids), serversOf(ctx.db, ids, ctx.now)]);
  const becomes = ({ conversationId, personId, until }: OfferRow): EndState | 'open' => {
    const row = rows.get(conversationId);
    const holder = row ? holderAt(row, ctx.now) : null;
    if (holder === personId) return 'accepted';
    const isServed = (servers.get(conversationId) ?? personId) !== personId;
    if (!row || isServed || holder !== null || row.assigneeId !== null || !['new', 'queued'].includes(row.state)) return 'withdrawn';
    return until <= ctx.now ? 'timed_out' : 'open';
  };
  for (const [state, offers] of Map.groupBy(open, becomes)) {
    if (state === 'open') continue;
    const ended = await end(
      ctx,
      offers.map(({ id }) => id),
      state,
    );
    for (const { personId } of ended) if (state === 'timed_out') await setAway(ctx, personId);
  }
}

export async function end(ctx: Ctx, ids: readonly string[], state: EndState): Promise<OfferRow[]> {
  const ended = await endOffers(ctx.db, ids, state, ctx.now);
  for (const row of ended) {
    ctx.emit('routing.offer_ended', { offerId: row.id, conversationId: row.conversationId, personId: row.personId, state });
    if (row.why.helps) await endHelp(ctx, row, state);
  }
  return ended;
}

/**
 * What another team's people did not take is closed to them again. Whoever took it may come back to it for the rest of their shift, should they lose it in the middle;
 * the timeline says who helps and why, and the conversation stays in its team throughout.
 */
async function endHelp(ctx: Ctx, { conversationId, personId, why }: OfferRow, state: EndState): Promise<void> {
  if (state !== 'accepted') return letTakeNoMore(ctx, conversationId, personId);
  await letTake(ctx, conversationId, personId, new Date(ctx.now.getTime() + helpHours * 3_600_000));
  await addSystemLine({ ...ctx, actor: system }, conversationId, {
    code: `routing.helps_${why.helps?.because}`,
    data: { fromId: personId },
  });
}
