import type { AutomationRule } from '../../../contract/automation.ts';
import type { Facts } from './matching/match.ts';

/** A mail like many, but for what is given. */
export const someFacts = (given: Partial<Facts> = {}): Facts => ({
  channel: 'email',
  accountId: null,
  languages: ['de'],
  topicIds: [],
  tags: [],
  priority: 'normal',
  teamId: 'team',
  state: 'queued',
  text: 'wo ist mein paket?',
  isAutomatic: false,
  isKnown: false,
  isOpen: true,
  isSnoozed: false,
  ...given,
});

type Written = Omit<AutomationRule, 'changedBy' | 'changedAt'>;

/** A rule that is on and makes urgent whatever comes in, but for what is given. */
export const someRule = (given: Partial<Written> = {}): Written => ({
  id: crypto.randomUUID(),
  version: 0,
  name: `Regel ${crypto.randomUUID()}`,
  isOn: true,
  trigger: 'message_received',
  match: 'all',
  conditions: [],
  actions: [{ kind: 'set_priority', value: 'urgent' }],
  benefit: 'Wer es eilig hat, wartet nicht.',
  ...given,
});
