import { z } from 'zod';
import {
  type AutomationAction,
  type AutomationCondition,
  listConditions,
  longestSnooze,
  ruleActions,
} from '../../../../contract/automation.ts';
import { conversationState, priority } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { topicParents } from '../../cases/index.ts';
import { listTeamIds } from '../../workspace/index.ts';
import { fail } from '../errors.ts';

const among = (known: readonly string[]) => (value: string) => known.includes(value);
const isId = (value: string): boolean => z.uuid().safeParse(value).success;
const longestTag = 50;

/** Whatever a rule or a macro names must be there when it is written; what goes later refuses itself, in the log. */
export async function checkActions(
  { db }: Pick<Ctx, 'db'>,
  actions: readonly AutomationAction[],
  kinds: readonly AutomationAction['kind'][] = ruleActions,
): Promise<void> {
  const topics = actions.some(({ kind }) => kind === 'set_topic') ? [...(await topicParents(db)).keys()] : [];
  const teams = actions.some(({ kind }) => kind === 'assign_team') ? await listTeamIds(db) : [];
  const isRight: Record<AutomationAction['kind'], (value: string, reason?: string) => boolean> = {
    set_priority: among(priority.options),
    add_tag: (value) => value.length <= longestTag,
    remove_tag: (value) => value.length <= longestTag,
    set_topic: among(topics),
    assign_team: among(teams),
    add_note: () => true,
    snooze: (value, reason) => /^[1-9][0-9]{0,2}$/.test(value) && Number(value) <= longestSnooze && reason !== undefined,
    tell_lead: () => true,
  };
  const wrong = actions.findIndex(({ kind, value, reason }) => !kinds.includes(kind) || !isRight[kind](value, reason));
  if (wrong >= 0) throw fail('automation.action_invalid', { number: wrong + 1 });
}

export async function checkConditions({ db }: Pick<Ctx, 'db'>, conditions: readonly AutomationCondition[]): Promise<void> {
  const topics = conditions.some(({ kind }) => kind === 'topic') ? [...(await topicParents(db)).keys()] : [];
  const teams = conditions.some(({ kind }) => kind === 'team') ? await listTeamIds(db) : [];
  const anything = () => true;
  const isRight: Record<AutomationCondition['kind'], (value: string) => boolean> = {
    channel: anything,
    account: isId,
    language: (value) => /^[a-z]{2,3}$/.test(value),
    topic: among(topics),
    tag: (value) => value.length <= longestTag,
    priority: among(priority.options),
    team: among(teams),
    state: among(conversationState.options),
    text: anything,
    automatic: anything,
    customer_known: anything,
    open_hours: anything,
  };
  const wrong = conditions.findIndex(
    ({ kind, values }) => (listConditions as readonly string[]).includes(kind) !== values.length > 0 || !values.every(isRight[kind]),
  );
  if (wrong >= 0) throw fail('automation.condition_invalid', { number: wrong + 1 });
}
