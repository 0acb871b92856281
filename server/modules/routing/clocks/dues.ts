import type { ServiceLevel } from '../../../../contract/routing.ts';
import type { Due, Wait } from '../../conversations/index.ts';
import { afterOpen, always, type Calendar, type SiteCalendars } from '../../workspace/index.ts';
import type { Work } from '../matching.ts';
import { levelFor, type LevelsVersion, versionFor } from '../service-levels/levels.ts';

/** Everything that due times follow from, beside the waits themselves. */
export interface DueRules {
  versions: readonly LevelsVersion[];
  usual: readonly ServiceLevel[];
  calendars: Pick<SiteCalendars, 'of'>;
}

/** A wait as far as its time goes. */
export type TimedWork = Work & Pick<Wait, 'since' | 'isFirst'>;

/** A due time with why. */
export interface ReasonedDue extends Due {
  level: ServiceLevel;
  minutes: number;
}

const minute = 60_000;

/**
 * When the answer to a wait is due: a pure function of the wait, the service levels and the opening hours. Both are those that held when the wait began; hours changed
 * later move nothing that was promised. Null where no level fits, it says nothing of this clock, or the site does not open any more.
 */
export function dueOf({ versions, usual, calendars }: DueRules, wait: TimedWork, now: Date): ReasonedDue | null {
  const level = levelFor(versionFor(versions, wait.since, now)?.levels ?? usual, wait);
  const minutes = level && (wait.isFirst ? level.firstAnswerMinutes : level.nextAnswerMinutes);
  if (!level || !minutes) return null;
  const calendar: Calendar = level.hours === 'always' ? always : calendars.of(wait.teamId, wait.since);
  const since = wait.since.getTime();
  const at = afterOpen(calendar, since, minutes * minute);
  const near = afterOpen(calendar, since, (minutes * minute * level.warnPercent) / 100);
  return at === null || near === null ? null : { at: new Date(at), warnAt: new Date(near), level, minutes };
}
