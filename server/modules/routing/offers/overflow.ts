import type { Offer, Queue } from '../../../../contract/routing.ts';

type Reason = NonNullable<Offer['why']['helps']>['because'];

/** Why other teams help with somebody who waits in this queue, if they do now: nobody is at the own site, or it has been too long at any hour of the day. */
export function helpedBecause({ overflow }: Pick<Queue, 'overflow'>, since: Date, isSiteOpen: boolean, now: Date): Reason | null {
  const { whenClosed, afterMinutes } = overflow;
  if (whenClosed && !isSiteOpen) return 'closed';
  return afterMinutes !== null && now.getTime() - since.getTime() >= afterMinutes * 60_000 ? 'long' : null;
}

/** The teams of whose work one of these teams may get some: all for which a queue names them. */
export const helpedTeams = (
  queues: readonly Pick<Queue, 'overflow' | 'teamIds'>[],
  ownTeamIds: ReadonlySet<string>,
  allTeamIds: readonly string[],
): string[] =>
  queues
    .filter(({ overflow }) => overflow.teamIds.some((id) => ownTeamIds.has(id)))
    .flatMap(({ teamIds }) => (teamIds.length > 0 ? teamIds : allTeamIds));
