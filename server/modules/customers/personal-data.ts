import { columns, type PersonalColumn, type PersonalDataRegister } from '../../platform/personal-data.ts';

const profile: PersonalColumn = {
  purpose: 'Serve the customer on every channel without asking again',
  basis: 'contract',
  retention: 'profile',
};
const recognition: PersonalColumn = { purpose: 'Recognise who writes or calls', basis: 'contract', retention: 'profile' };
const proof: PersonalColumn = {
  purpose: 'Prove how an identity was checked and who did it',
  basis: 'legitimate_interest',
  retention: 'audit',
};
const consent: PersonalColumn = { purpose: 'Prove consent, refusal and withdrawal', basis: 'legal_duty', retention: 'consent_proof' };
const merging: PersonalColumn = { purpose: 'Take a wrong merge back exactly', basis: 'legitimate_interest', retention: 'profile' };
const access: PersonalColumn = { purpose: 'Let nobody read without reason', basis: 'legal_duty', retention: 'audit' };

export const personalData: PersonalDataRegister = {
  customers: {
    plain: [
      'id',
      'version',
      'root_id',
      'merged_into',
      'name_source',
      'status',
      'restricted_at',
      'erasure_asked_at',
      'keeps_letters',
      'created_at',
    ],
    personal: columns(['number', 'name', 'display_name', 'salutation', 'locale', 'languages', 'preferences', 'since'], profile),
  },
  customer_identities: {
    plain: ['id', 'version', 'customer_id', 'kind', 'verified_at', 'recognises', 'created_at'],
    personal: { ...columns(['value', 'label'], recognition), evidence: proof },
  },
  customer_identity_history: {
    plain: ['id', 'n', 'customer_id', 'identity_id', 'kind', 'step', 'at'],
    personal: columns(['value', 'evidence', 'by_id'], proof),
  },
  customer_notes: {
    plain: ['id', 'n', 'version', 'customer_id', 'at'],
    personal: columns(['author_id', 'text'], {
      purpose: 'Tell the next adviser what helps',
      basis: 'contract',
      retention: 'service_message',
    }),
  },
  customer_wishes: {
    plain: ['customer_id', 'noted_at'],
    personal: columns(['person_id', 'words', 'noted_by'], {
      purpose: 'Let the customer be served by whom they asked for',
      basis: 'contract',
      retention: 'profile',
    }),
  },
  customer_consents: {
    plain: ['id', 'n', 'customer_id'],
    personal: columns(['purpose', 'state', 'channel', 'text_version', 'evidence', 'by_id', 'at'], consent),
  },
  customer_merges: {
    plain: ['id', 'customer_id', 'into_id', 'status_before', 'at', 'undone_at'],
    personal: columns(['taken', 'reason', 'by_id', 'undone_by_id'], merging),
  },
  customer_authentications: {
    plain: ['id', 'customer_id', 'conversation_id', 'level', 'at', 'ended_at'],
    personal: columns(['method', 'by_id'], { purpose: 'Tell nobody a stranger’s data', basis: 'legal_duty', retention: 'metadata' }),
  },
  customer_access: { plain: ['customer_id', 'until'], personal: columns(['person_id', 'reason'], access) },
};
