import type { ServiceLevel } from '../../../../contract/routing.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import type { Due, DuesNow, Wait } from '../../conversations/index.ts';
import { afterOpen, always, type Calendar, companySettings, type SiteCalendars, siteCalendars } from '../../workspace/index.ts';
import { levelFor, type LevelsVersion, usualLevels, versionFor } from '../service-levels/levels.ts';
import { findVersions } from '../service-levels/set-levels.ts';

/** Everything that due times follow from, beside the waits themselves. */
export interface DueRules {
  versions: readonly LevelsVersion[];
  usual: readonly ServiceLevel[];
  calendars: SiteCalendars;
}

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
export function dueOf({ versions, usual, calendars }: DueRules, wait: Wait, now: Date): ReasonedDue | null {
  const level = levelFor(versionFor(versions, wait.since, now)?.levels ?? usual, wait);
  const minutes = level && (wait.isFirst ? level.firstAnswerMinutes : level.nextAnswerMinutes);
  if (!level || !minutes) return null;
  const calendar: Calendar = level.hours === 'always' ? always : calendars.of(wait.teamId, wait.since);
  const since = wait.since.getTime();
  const at = afterOpen(calendar, since, minutes * minute);
  const near = afterOpen(calendar, since, (minutes * minute * level.warnPercent) / 100);
  return at === null || near === null ? null : { at: new Date(at), warnAt: new Date(near), level, minutes };
}

const rulesOf = new WeakMap<Platform, { rules?: DueRules | undefined; generation: number }>();
const keptFor = (platform: Platform) => {
  let kept = rulesOf.get(platform);
  if (!kept) rulesOf.set(platform, (kept = { generation: 0 }));
  return kept;
};

/** Read on the caller's own connection: whoever holds one never waits for another. */
export async function dueRules(ctx: Ctx): Promise<DueRules> {
  const kept = keptFor(ctx.platform);
  if (kept.rules) return kept.rules;
  const { generation } = kept;
  const [versions, { locale }, calendars] = [await findVersions(ctx.db), await companySettings(ctx.db), await siteCalendars(ctx.db)];
  const rules = { versions, usual: usualLevels(locale), calendars };
  // Read before something changed and finished after it: right or wrong, nobody knows, so it is not kept.
  if (generation === kept.generation) kept.rules = rules;
  return rules;
}

export async function duesNow(ctx: Ctx): Promise<DuesNow> {
  const rules = await dueRules(ctx);
  return (wait) => dueOf(rules, wait, ctx.now);
}

const changing = new Set([
  'routing.service_levels_changed',
  'workspace.hours_changed',
  'workspace.site_changed',
  'workspace.team_changed',
  'workspace.settings_changed',
  'workspace.set_up',
]);

/** What this process remembers goes when any process has changed it. A wait that began in between is put right by the job that follows a change. */
export function forgetDues(platform: Platform, events: readonly Event[]): void {
  if (!events.some(({ type }) => changing.has(type))) return;
  const kept = keptFor(platform);
  kept.rules = undefined;
  kept.generation += 1;
}
