import { remembered } from '../../../platform/concurrency/remembered.ts';
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

const changing = new Set([
  'automation.rules_changed',
  'cases.topic_changed',
  'workspace.hours_changed',
  'workspace.site_changed',
  'workspace.team_changed',
  'workspace.set_up',
]);

export const liveRules = remembered<LiveRules>(
  async ({ db }) => ({
    rules: (await findRules(db)).filter(({ isOn }) => isOn),
    topics: await topicParents(db),
    calendars: await siteCalendars(db),
  }),
  changing,
);
