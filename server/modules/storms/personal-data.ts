import type { PersonalDataRegister } from '../../platform/personal-data.ts';

const asked = { basis: 'employment', retention: 'employment' } as const;

export const personalData: PersonalDataRegister = {
  storms: {
    plain: [
      'id',
      'version',
      'title',
      'match',
      'topic_id',
      'words',
      'queue_id',
      'gathers_from',
      'ends_expected_at',
      'benefit',
      'resting_queue_ids',
      'seconds_per_answer',
      'declared_at',
      'ended_at',
      'outcome',
      'review_due_on',
      'cause',
      'measure',
      'measure_due_on',
      'reviewed_at',
    ],
    personal: {
      owner_id: { purpose: 'Say who answers for a storm', ...asked },
      declared_by: { purpose: 'Say whom to ask about a storm', ...asked },
      ended_by: { purpose: 'Say whom to ask about the end of a storm', ...asked },
      measure_owner_id: { purpose: 'Say who sees to what was learned', ...asked },
    },
  },
  storm_proposals: {
    plain: ['id', 'topic_id', 'at', 'count', 'expected', 'bound', 'closed_at', 'storm_id'],
    personal: { closed_by: { purpose: 'Say whom to ask why it was no storm', ...asked } },
  },
  storm_texts: {
    plain: ['storm_id', 'version', 'text_de', 'text_en', 'written_at', 'approved_at'],
    personal: {
      written_by: { purpose: 'Let somebody else approve a text', ...asked },
      approved_by: { purpose: 'Say who approved a text', ...asked },
    },
  },
  storm_mentions: {
    plain: ['storm_id', 'since', 'excepted_at'],
    personal: {
      conversation_id: {
        purpose: 'Give everybody who wrote about a storm an answer',
        basis: 'legitimate_interest',
        retention: 'service_message',
      },
      exception: { purpose: 'Say why somebody got no answer of their own', basis: 'legitimate_interest', retention: 'service_message' },
      excepted_by: { purpose: 'Say whom to ask about it', ...asked },
    },
  },
};
