import type { PersonalDataRegister } from '../../platform/personal-data.ts';

export const personalData: PersonalDataRegister = {
  automation_rules: { plain: ['id', 'version', 'place', 'removed_at'], personal: {} },
  automation_rule_versions: {
    plain: ['rule_id', 'version', 'name', 'is_on', 'trigger', 'match', 'conditions', 'actions', 'benefit', 'changed_at'],
    personal: { changed_by: { purpose: 'Say whom to ask about a rule', basis: 'employment', retention: 'employment' } },
  },
  automation_firings: {
    plain: ['id', 'event_id', 'rule_id', 'version', 'trigger', 'chain', 'stop', 'held', 'actions', 'at'],
    personal: {
      conversation_id: {
        purpose: 'Say which rule did what in a conversation, and why',
        basis: 'legitimate_interest',
        retention: 'recording',
      },
    },
  },
  macros: {
    plain: ['id', 'version', 'name', 'team_id', 'actions', 'text_de', 'text_en', 'benefit', 'changed_at'],
    personal: { changed_by: { purpose: 'Say whom to ask about steps that many take', basis: 'employment', retention: 'employment' } },
  },
};
