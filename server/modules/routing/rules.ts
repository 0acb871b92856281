import type { Queue, Units } from '../../../contract/routing.ts';
import { remembered } from '../../platform/concurrency/remembered.ts';
import type { Ctx } from '../../platform/context.ts';
import { topicParents, topicsOfCases } from '../cases/index.ts';
import type { RoutingNow, Wait } from '../conversations/index.ts';
import { languagesOf } from '../customers/index.ts';
import { companySettings, type SiteCalendars, siteCalendars } from '../workspace/index.ts';
import { type DueRules, dueOf } from './clocks/dues.ts';
import { findWorkUnits } from './offers/set-units.ts';
import { type About, lineOf, queueFor } from './queues/queues.ts';
import { findQueues } from './queues/set-queues.ts';
import { usualLevels } from './service-levels/levels.ts';
import { findVersions } from './service-levels/set-levels.ts';

/** Everything that routing follows, beside the work itself. */
export interface RoutingRules extends DueRules {
  calendars: SiteCalendars;
  queues: readonly Queue[];
  /** How much of a person each kind of work takes. */
  units: Units;
  /** What lies above each topic. */
  topics: ReadonlyMap<string, string | null>;
}

const changing = new Set([
  'routing.service_levels_changed',
  'routing.queues_changed',
  'routing.work_units_changed',
  'cases.topic_changed',
  'workspace.hours_changed',
  'workspace.site_changed',
  'workspace.team_changed',
  'workspace.settings_changed',
  'workspace.set_up',
]);

/** A wait that began before this process heard of a change is put right by the job that follows it. */
export const routingRules = remembered<RoutingRules>(async ({ db }) => {
  const versions = await findVersions(db);
  const { locale } = await companySettings(db);
  return {
    versions,
    usual: usualLevels(locale),
    calendars: await siteCalendars(db),
    queues: await findQueues(db),
    units: (await findWorkUnits(db)).units,
    topics: await topicParents(db),
  };
}, changing);

/** When each wait's answer is due, and in which queue the customer stands. */
export async function routingNow(ctx: Ctx, whose: readonly Pick<Wait, 'caseId' | 'customerId'>[]): Promise<RoutingNow> {
  const rules = await routingRules(ctx);
  const aboutOf = await knownOf(ctx, rules, whose);
  return (wait) => ({ due: dueOf(rules, wait, ctx.now), queueId: queueFor(rules.queues, wait, aboutOf(wait))?.id ?? null });
}

/** Looked up only where a queue asks for it. */
async function knownOf({ db }: Ctx, { queues, topics }: RoutingRules, whose: readonly Pick<Wait, 'caseId' | 'customerId'>[]) {
  const caseIds = asksForTopics(queues) ? whose.flatMap(({ caseId }) => caseId ?? []) : [];
  const customerIds = asksForLanguages(queues) ? whose.map(({ customerId }) => customerId) : [];
  const topicOf = caseIds.length > 0 ? await topicsOfCases(db, caseIds) : new Map<string, string | null>();
  const spoken = customerIds.length > 0 ? await languagesOf(db, customerIds) : new Map<string, string[]>();
  return ({ caseId, customerId }: Pick<Wait, 'caseId' | 'customerId'>): About => ({
    topicIds: caseId ? lineOf(topicOf.get(caseId), topics) : [],
    languages: spoken.get(customerId) ?? [],
  });
}

export const asksForTopics = (queues: readonly Queue[]): boolean => queues.some(({ topicIds }) => topicIds.length > 0);
export const asksForLanguages = (queues: readonly Queue[]): boolean => queues.some(({ languages }) => languages.length > 0);
