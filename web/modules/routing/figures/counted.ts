import type { Outcome, ServiceFigure } from '../../../../contract/routing.ts';

/** What a team's figure counts is kept so long, to be looked up one by one. */
const keptDays = 35;

export interface Counted extends Pick<ServiceFigure, 'channel' | 'clock'> {
  week: string;
  teamId: string;
  outcome?: Outcome;
}

/** Whether there is a list behind a figure: behind those of teams alone, that are shown, and of late. */
export const isListed = ({ groupKind, figures }: ServiceFigure, week: string): boolean =>
  groupKind === 'team' && figures !== null && Date.parse(`${week}T00:00:00Z`) > Date.now() - keptDays * 86_400_000;

export function pathTo({ week, teamId, channel, clock, outcome }: Counted): string {
  const asked = new URLSearchParams({ week, team: teamId, channel, clock, ...(outcome && { outcome }) });
  return `/figures/conversations?${asked.toString()}`;
}
