import type { Queue, Units } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { ownersOf } from '../../cases/index.ts';
import { conflictsIn, heldBy, type Offerable } from '../../conversations/index.ts';
import { wishedAdvisers } from '../../customers/index.ts';
import { type AvailablePerson, openBetween, peopleOnShift, type PersonOnShift, type SiteCalendars } from '../../workspace/index.ts';
import type { Candidate, Waiting } from './choose.ts';
import { isAtWork } from '../eligibility/at-work.ts';
import { awaitsKnown } from './known.ts';
import { helpedBecause } from './overflow.ts';
import { lastOffers, leftBy } from './queries.ts';
import type { Reserve } from './reserve.ts';
import type { RoutingRules } from '../rules.ts';
import { isLive, unitsOf } from './units.ts';

/** Without a service level nothing is ever nearly due; so what could wait is given out in spite of who is kept free once it has waited for so long. */
const longestKept = 4 * 3_600_000;

/** Who is free, with what they have in hand. */
export async function candidatesOf({ db, now }: Ctx, people: readonly AvailablePerson[], units: Units): Promise<Candidate[]> {
  const ids = people.map(({ personId }) => personId);
  const [holdings, last] = await Promise.all([heldBy(db, ids, now), lastOffers(db, ids)]);
  const held = Map.groupBy(holdings, ({ personId }) => personId);
  return people.map(({ personId, teamIds, skills, since }) => {
    const inHand = held.get(personId) ?? [];
    return {
      personId,
      teamIds,
      skills,
      units: inHand.reduce((sum, one) => sum + unitsOf(one, units), 0),
      hasDeferred: inHand.some((one) => !isLive(one)),
      withoutSince: Math.max(since.getTime(), last.get(personId)?.getTime() ?? 0),
    };
  });
}

/** Those in charge of a case who are at work today, whether they are free or not. */
export interface KnownAdvisers {
  /** By case. */
  owners: ReadonlyMap<string, string>;
  onShift: ReadonlyMap<string, PersonOnShift>;
}

export async function knownAdvisers({ db, now }: Ctx, waits: readonly Offerable[], calendars: SiteCalendars): Promise<KnownAdvisers> {
  const owners = await ownersOf(
    db,
    waits.flatMap(({ caseId }) => caseId ?? []),
  );
  const people = owners.size > 0 ? await peopleOnShift(db, [...new Set(owners.values())], now) : [];
  const atWork = people.filter(({ location, siteId }) => isAtWork(location, calendars.ofSite(siteId, now), now));
  return { owners, onShift: new Map(atWork.map((one) => [one.personId, one])) };
}

/** Each with the teams that help with it now, and why they do. */
export async function waitingOf(
  { db, now }: Ctx,
  waits: readonly Offerable[],
  queues: readonly Queue[],
  { calendars, units }: Pick<RoutingRules, 'calendars' | 'units'>,
  known: Promise<KnownAdvisers>,
): Promise<(Waiting & { helpedBecause: ReturnType<typeof helpedBecause> })[]> {
  const [ids, customers] = [waits.map(({ id }) => id), waits.map(({ customerId }) => customerId)];
  const [{ owners, onShift }, wished, conflicts, left] = await Promise.all([
    known,
    wishedAdvisers(db, customers),
    conflictsIn(db, ids),
    leftBy(db, ids),
  ]);
  return waits.map((one) => {
    const queue = queues.find(({ id }) => id === one.queueId);
    const isSiteOpen = openBetween(calendars.of(one.teamId, now), now.getTime(), now.getTime() + 60_000) > 0;
    const isPressing = one.warnAt ? one.warnAt <= now : now.getTime() - one.since.getTime() >= longestKept;
    const knownTo = (one.caseId && owners.get(one.caseId)) ?? null;
    const because = queue ? helpedBecause(queue, one.since, isSiteOpen, now) : null;
    return {
      conversationId: one.id,
      customerId: one.customerId,
      teamId: one.teamId,
      helpers: (because && queue?.overflow.teamIds.filter((id) => id !== one.teamId)) ?? [],
      helpedBecause: because,
      queueId: one.queueId,
      isLive: isLive(one),
      isPressing,
      needs: queue?.needs ?? [],
      units: unitsOf(one, units),
      knownTo,
      awaitsKnown: !isPressing && awaitsKnown(one, onShift.get(knownTo ?? ''), now),
      wishedFor: wished.get(one.customerId) ?? null,
      servedBy: one.servedBy,
      conflicts: conflicts.get(one.id) ?? [],
      leftBy: left.get(one.id) ?? [],
    };
  });
}

/** In each team of these people for itself: whoever is kept free in one is no help in another. */
export const reservesOf = (queues: readonly Queue[], { chat }: Units, people: readonly Pick<Candidate, 'teamIds'>[]): Reserve[] =>
  [...new Set(people.flatMap(({ teamIds }) => teamIds))].flatMap((teamId) =>
    queues
      .filter(({ keepFree, teamIds }) => keepFree > 0 && (teamIds.length === 0 || teamIds.includes(teamId)))
      .map(({ id, needs, keepFree }) => ({ queueId: id, teamId, needs, people: keepFree, units: chat })),
  );
