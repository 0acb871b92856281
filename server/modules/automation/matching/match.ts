import type { AutomationAction, AutomationCondition, AutomationRule } from '../../../../contract/automation.ts';
import { fold } from './fold.ts';

/** All that conditions may ask of a conversation. Of those who work on it there is nothing here, and so no rule can go by it. */
export interface Facts {
  channel: string;
  accountId: string | null;
  /** What the customer speaks, as far as we know. */
  languages: readonly string[];
  /** The topic of its case with all above it, nearest first; empty where it has none. */
  topicIds: readonly string[];
  tags: readonly string[];
  priority: string;
  teamId: string | null;
  state: string;
  /** Subject and what the customer wrote last, folded. */
  text: string;
  /** Whether a machine wrote last. */
  isAutomatic: boolean;
  /** Whether the customer has an earlier conversation. */
  isKnown: boolean;
  /** Whether the centre of its team is open. */
  isOpen: boolean;
  /** Whether it is out of sight already. */
  isSnoozed: boolean;
}

/** Which conditions hold, by their place, and whether so the rule fits. A pure function. */
export function match(
  { match: how, conditions }: Pick<AutomationRule, 'match' | 'conditions'>,
  facts: Facts,
): { fits: boolean; holds: boolean[] } {
  const holds = conditions.map((condition) => isSo(condition, facts) === condition.is);
  return { fits: how === 'all' ? !holds.includes(false) : holds.length === 0 || holds.includes(true), holds };
}

function isSo({ kind, values }: AutomationCondition, facts: Facts): boolean {
  switch (kind) {
    case 'channel':
      return values.includes(facts.channel);
    case 'account':
      return facts.accountId !== null && values.includes(facts.accountId);
    case 'language':
      return facts.languages.some((one) => values.includes(one));
    case 'topic':
      return facts.topicIds.some((one) => values.includes(one));
    case 'tag':
      return facts.tags.some((one) => values.includes(one));
    case 'priority':
      return values.includes(facts.priority);
    case 'team':
      return facts.teamId !== null && values.includes(facts.teamId);
    case 'state':
      return values.includes(facts.state);
    case 'text':
      return values.some((one) => facts.text.includes(fold(one)));
    case 'automatic':
      return facts.isAutomatic;
    case 'customer_known':
      return facts.isKnown;
    case 'open_hours':
      return facts.isOpen;
  }
}

/** Whether an action would change anything; words always do. */
export function changes(
  { kind, value }: AutomationAction,
  facts: Pick<Facts, 'priority' | 'tags' | 'topicIds' | 'teamId' | 'isSnoozed'>,
): boolean {
  switch (kind) {
    case 'set_priority':
      return facts.priority !== value;
    case 'add_tag':
      return !facts.tags.includes(value);
    case 'remove_tag':
      return facts.tags.includes(value);
    case 'set_topic':
      return facts.topicIds[0] !== value;
    case 'assign_team':
      return facts.teamId !== value;
    case 'snooze':
      return !facts.isSnoozed;
    case 'add_note':
    case 'tell_lead':
      return true;
  }
}
