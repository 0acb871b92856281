import { columns, type PersonalColumn, type PersonalDataRegister } from '../../platform/personal-data.ts';

const letter: PersonalColumn = {
  purpose: 'Keep what the customer and we wrote to each other',
  basis: 'contract',
  retention: 'trade_letter',
};
const thread: PersonalColumn = { purpose: 'Find the thread a message belongs to', basis: 'contract', retention: 'service_message' };
const findable: PersonalColumn = {
  purpose: 'Find a message by parts of its words, and despite typing errors',
  basis: 'contract',
  retention: 'trade_letter',
};
const handling: PersonalColumn = {
  purpose: 'Let one adviser at a time serve a customer',
  basis: 'employment',
  retention: 'service_message',
};
const conflict: PersonalColumn = {
  purpose: 'Keep a customer from somebody who must not serve them',
  basis: 'legitimate_interest',
  retention: 'service_message',
};
const typing: PersonalColumn = { purpose: 'Lose nothing an adviser has typed', basis: 'contract', retention: 'draft' };
const reading: PersonalColumn = {
  purpose: 'Open a case to a colleague for a written reason',
  basis: 'legitimate_interest',
  retention: 'service_message',
};
const own: PersonalColumn = { purpose: 'Show a person the lists they made for themselves', basis: 'employment', retention: 'employment' };

export const personalData: PersonalDataRegister = {
  conversations: {
    plain: [
      'id',
      'version',
      'channel',
      'account_id',
      'visibility',
      'state',
      'is_open',
      'customer_id',
      'customer_root_id',
      'case_id',
      'team_id',
      'claimed_at',
      'claim_until',
      'fence',
      'next_reason',
      'priority',
      'last_seq',
      'read_seq',
      'last_message_at',
      'last_direction',
      'waiting_since',
      'first_answer_at',
      'due_at',
      'queue_id',
      'warn_at',
      'alarm_at',
      'snoozed_until',
      'wait_until',
      'automatic',
      'attachment_count',
      'merged_into',
      'state_before_merge',
      'resolved_at',
      'restricted_at',
      'restricted_team_id',
      'erased_at',
      'created_at',
    ],
    personal: {
      ...columns(['subject', 'preview', 'tags'], letter),
      ...columns(['participants', 'thread_key'], thread),
      ...columns(['assignee_id', 'restricted_assignee_id', 'claimed_by'], handling),
    },
  },
  conversation_conflicts: {
    plain: ['conversation_id', 'set_at'],
    personal: columns(['person_id', 'reason', 'set_by'], conflict),
  },
  customer_leases: { plain: ['customer_id', 'since', 'until'], personal: { person_id: handling } },
  messages: {
    plain: [
      'id',
      'version',
      'conversation_id',
      'seq',
      'kind',
      'direction',
      'visibility',
      'author_kind',
      'has_html',
      'automatic',
      'facts',
      'draft_id',
      'intake_id',
      'intake_index',
      'answers_since',
      'at',
      'created_at',
    ],
    personal: {
      ...columns(
        ['author_id', 'author_name', 'envelope', 'subject', 'text', 'quoted', 'signature', 'html', 'mentions', 'delivery', 'words'],
        letter,
      ),
      ...columns(['platform_id', 'in_reply_to'], thread),
    },
  },
  search_words: { plain: ['seen'], personal: { ...columns(['word', 'english'], findable) } },
  attachments: {
    plain: ['id', 'message_id', 'n', 'intake_id', 'file_id', 'media_type', 'size', 'inline', 'content_id', 'scan', 'created_at'],
    personal: { filename: letter, uploaded_by: handling },
  },
  drafts: {
    plain: ['id', 'version', 'conversation_id', 'kind', 'attachment_ids', 'base_seq', 'updated_at'],
    personal: { ...columns(['person_id', 'text', 'html', 'envelope', 'subject'], typing) },
  },
  conversation_access: { plain: ['conversation_id', 'until', 'take_until'], personal: { person_id: reading } },
  conversation_views: {
    plain: ['id', 'version', 'team_id', 'filter', 'sort', 'position'],
    personal: { ...columns(['name', 'owner_id'], own) },
  },
  conversation_splits: { plain: ['id', 'from_id', 'into_id', 'message_ids', 'at', 'undone_at'], personal: { by_person: handling } },
};
