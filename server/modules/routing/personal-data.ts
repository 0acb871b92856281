import type { PersonalDataRegister } from '../../platform/personal-data.ts';

export const personalData: PersonalDataRegister = {
  breaches: {
    plain: [
      'id',
      'conversation_id',
      'case_id',
      'statement_id',
      'since',
      'clock',
      'due_at',
      'team_id',
      'queue_id',
      'cause',
      'phases',
      'people_there',
    ],
    personal: {},
  },
  left_waits: { plain: ['conversation_id', 'since', 'left_at'], personal: {} },
  offers: {
    plain: ['id', 'conversation_id', 'customer_id', 'at', 'until', 'state', 'ended_at', 'why'],
    personal: { person_id: { purpose: 'Offer work to whoever is free, in turn', basis: 'employment', retention: 'technical' } },
  },
  queues: { plain: ['id', 'place', 'name', 'filter', 'needs', 'is_offered', 'keep_free', 'overflow'], personal: {} },
  service_figures: {
    plain: [
      'week',
      'group_kind',
      'group_id',
      'site_id',
      'channel',
      'clock',
      'withheld',
      'answered',
      'answered_in_time',
      'unanswered',
      'abandoned',
      'abandoned_in_time',
      'abandoned_short',
      'p50',
      'p90',
      'longest',
    ],
    personal: {},
  },
  service_waits: {
    plain: ['week', 'team_id', 'channel', 'clock', 'outcome', 'conversation_id', 'since', 'due_at', 'minutes'],
    personal: {},
  },
  service_weeks: { plain: ['week', 'computed_at'], personal: {} },
  solution_clocks: { plain: ['case_id', 'started_at', 'near_at', 'due_at', 'alarm_at', 'stopped_at', 'rung'], personal: {} },
  service_levels: {
    plain: ['id', 'valid_from', 'recomputes', 'levels', 'created_at'],
    personal: { set_by: { purpose: 'Say whom to ask about how soon answers are due', basis: 'employment', retention: 'employment' } },
  },
  work_units: { plain: ['is_only', 'version', 'units'], personal: {} },
};
