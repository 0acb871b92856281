import { columns, type PersonalColumn, type PersonalDataRegister } from '../../platform/personal-data.ts';

const concern: PersonalColumn = {
  purpose: 'Solve the concern without asking anything twice',
  basis: 'contract',
  retention: 'service_message',
};
const word: PersonalColumn = { purpose: 'Keep what was told and promised to the customer', basis: 'contract', retention: 'trade_letter' };
const handling: PersonalColumn = { purpose: 'Say who is responsible for a concern', basis: 'employment', retention: 'service_message' };
const passing: PersonalColumn = {
  purpose: 'Hand a concern over so that nothing is told twice',
  basis: 'contract',
  retention: 'service_message',
};
const undoing: PersonalColumn = {
  purpose: 'Take a wrong merge or split back exactly',
  basis: 'legitimate_interest',
  retention: 'service_message',
};

export const personalData: PersonalDataRegister = {
  topics: {
    plain: ['id', 'version', 'parent_id', 'key', 'label_de', 'label_en', 'owner_department', 'training_suitable', 'retired_at'],
    personal: {},
  },
  cases: {
    plain: [
      'id',
      'version',
      'number',
      'customer_id',
      'topic_id',
      'state',
      'priority',
      'origin',
      'contacts_count',
      'handovers_count',
      'first_answer_at',
      'last_answer_at',
      'last_activity_at',
      'resolved_at',
      'closed_at',
      'merged_into',
      'restricted_at',
      'erased_at',
      'created_at',
    ],
    personal: { ...columns(['subject', 'tags', 'facts', 'wish', 'resolution'], concern), owner_id: handling },
  },
  case_conversations: {
    plain: [
      'conversation_id',
      'case_id',
      'team_id',
      'state',
      'state_at',
      'contacts',
      'first_answer_at',
      'last_answer_at',
      'last_answer_id',
      'handled_at',
      'activity_at',
      'silence_due_at',
      'reminders',
      'page_withdrawn_at',
    ],
    personal: columns(['last_answer_by', 'last_handler_id'], handling),
  },
  statements: {
    plain: [
      'id',
      'version',
      'case_id',
      'kind',
      'due_from',
      'due_to',
      'state',
      'said_at',
      'channel',
      'conversation_id',
      'message_id',
      'supersedes_id',
      'broken_at',
      'alarm_at',
      'carried',
      'created_at',
    ],
    personal: { ...columns(['text', 'evidence'], word), ...columns(['owner_id', 'said_by'], handling) },
  },
  handovers: {
    plain: ['id', 'version', 'case_id', 'conversation_id', 'to_team_id', 'mode', 'state', 'read_at', 'expires_at', 'created_at'],
    personal: { ...columns(['brief', 'reason'], passing), ...columns(['from_id', 'to_person_id', 'readers', 'accepted_by'], handling) },
  },
  case_history: {
    plain: ['id', 'customer_id', 'case_id', 'what', 'about_id', 'at'],
    personal: { by_id: handling },
  },
  customer_page_codes: {
    plain: ['id', 'conversation_id', 'identity_id', 'attempts', 'created_at', 'used_at'],
    personal: {},
  },
  retellings: { plain: ['id', 'conversation_id', 'at'], personal: {} },
  case_moves: {
    plain: ['id', 'kind', 'from_id', 'into_id', 'conversation_ids', 'statement_ids', 'handover_ids', 'at', 'undone_at'],
    personal: columns(['taken', 'by_id'], undoing),
  },
};
