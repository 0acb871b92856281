import type { Ctx, Platform } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import { topicParents } from '../../cases/index.ts';
import { type SiteCalendars, siteCalendars } from '../../workspace/index.ts';
import { findRules, type RuleRow } from './queries.ts';

/** Everything that rules go by, beside the conversations themselves. */
export interface LiveRules {
  /** Those that are on, in their order. */
  rules: readonly RuleRow[];
  /** What lies above each topic. */
  topics: ReadonlyMap<string, string | null>;
  calendars: SiteCalendars;
}

const keptBy = new WeakMap<Platform, { rules?: LiveRules | undefined; generation: number }>();
const keptFor = (platform: Platform) => {
  let kept = keptBy.get(platform);
  if (!kept) keptBy.set(platform, (kept = { generation: 0 }));
  return kept;
};

/** Read on the caller's own connection: whoever holds one never waits for another. */
export async function liveRules({ db, platform }: Ctx): Promise<LiveRules> {
  const kept = keptFor(platform);
  if (kept.rules) return kept.rules;
  const { generation } = kept;
  const rules = {
    rules: (await findRules(db)).filter(({ isOn }) => isOn),
    topics: await topicParents(db),
    calendars: await siteCalendars(db),
  };
  // Read before something changed and finished after it: right or wrong, nobody knows, so it is not kept.
  if (generation === kept.generation) kept.rules = rules;
  return rules;
}

const changing = new Set([
  'automation.rules_changed',
  'cases.topic_changed',
  'workspace.hours_changed',
  'workspace.site_changed',
  'workspace.team_changed',
  'workspace.set_up',
]);

/** What this process remembers goes when any process has changed it. */
export function forgetRules(platform: Platform, events: readonly Event[]): void {
  if (!events.some(({ type }) => changing.has(type))) return;
  const kept = keptFor(platform);
  kept.rules = undefined;
  kept.generation += 1;
}
