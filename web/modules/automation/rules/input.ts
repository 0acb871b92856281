import type { AutomationRule } from '../../../../contract/automation.ts';

export type RuleInput = Omit<AutomationRule, 'changedBy' | 'changedAt'>;

/** What is sent of a rule: what it says, without who wrote it. */
export function inputOf({ changedBy: _by, changedAt: _at, ...input }: AutomationRule): RuleInput {
  return input;
}

export const freshRule = (): RuleInput => ({
  id: crypto.randomUUID(),
  version: 0,
  name: '',
  isOn: false,
  trigger: 'message_received',
  match: 'all',
  conditions: [],
  actions: [{ kind: 'set_priority', value: 'high' }],
  benefit: '',
});
