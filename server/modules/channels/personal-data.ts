import { columns, type PersonalColumn, type PersonalDataRegister } from '../../platform/personal-data.ts';

const evidence: PersonalColumn = {
  purpose: 'Keep what arrived exactly as it arrived, so that nothing is lost',
  basis: 'contract',
  retention: 'trade_letter',
};
const sending: PersonalColumn = { purpose: 'Deliver answers once and know whether they arrived', basis: 'contract', retention: 'metadata' };

export const personalData: PersonalDataRegister = {
  // Functional addresses of the company; the signature may name an employee.
  channel_accounts: {
    plain: [
      'id',
      'version',
      'changed_version',
      'kind',
      'name',
      'address',
      'team_id',
      'active',
      'settings',
      'secrets',
      'created_at',
      'removed_at',
    ],
    personal: { signature: { purpose: 'Sign outgoing messages', basis: 'employment', retention: 'employment' } },
  },
  channel_account_states: { plain: ['account_id', 'state', 'at'], personal: {} },
  channel_account_health: { plain: ['account_id', 'ok', 'code', 'detail', 'delay_seconds', 'since'], personal: {} },
  channel_leases: { plain: ['account_id', 'holder', 'until'], personal: {} },
  channel_threads: {
    plain: ['account_id', 'here_until', 'at'],
    personal: columns(['thread_key', 'note'], {
      purpose: 'Go on with a talk that is held on a page or device: who it is, and where they can be reached when they are gone',
      basis: 'contract',
      retention: 'metadata',
    }),
  },
  intake: {
    plain: [
      'id',
      'account_id',
      'channel',
      'hash',
      'size',
      'media_type',
      'received_at',
      'state',
      'defects',
      'problem',
      'items',
      'concerns',
      'withheld_for',
    ],
    personal: columns(['platform_id', 'envelope'], evidence),
  },
  outbox: {
    plain: [
      'message_id',
      'conversation_id',
      'account_id',
      'state',
      'due_at',
      'next_at',
      'attempts',
      'attempted_at',
      'begun_at',
      'unread_at',
      'fence',
      'uncertain',
      'at',
      'created_at',
    ],
    personal: columns(['platform_id', 'reply', 'problem', 'read_at', 'detour'], sending),
  },
  local_outbox: {
    plain: ['id', 'account_id', 'message_id', 'media_type', 'at'],
    personal: columns(['platform_id', 'content', 'recipients', 'subject'], {
      purpose: 'Show what would have been sent while no server is set up',
      basis: 'contract',
      retention: 'draft',
    }),
  },
};
