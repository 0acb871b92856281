import { columns, type PersonalColumn, type PersonalDataRegister } from './personal-data.ts';

const repetition: PersonalColumn = {
  purpose: 'Answer a repeated request with the first reply',
  basis: 'legitimate_interest',
  retention: 'technical',
};
const content: PersonalColumn = {
  purpose: 'Keep messages and attachments exactly as they came and left',
  basis: 'contract',
  retention: 'trade_letter',
};

/** What the platform's own tables hold; the rooms' registers say what their rows hold. */
export const personalData: PersonalDataRegister = {
  schema_migrations: { plain: ['number', 'name', 'checksum', 'applied_at', 'milliseconds'], personal: {} },
  // Events carry ids and neutral facts only; who did it is an employee's datum, and goes after eight days (`forgetWho`).
  events: {
    plain: ['seq', 'xid', 'id', 'type', 'at', 'actor_kind', 'causation_id', 'correlation_id', 'data'],
    personal: { actor_id: { purpose: 'Say who changed something', basis: 'legitimate_interest', retention: 'technical' } },
  },
  event_cursors: { plain: ['subscriber', 'xid', 'seq'], personal: {} },
  events_pruned: { plain: ['is_only', 'xid', 'seq'], personal: {} },
  idempotency_keys: { plain: ['key', 'request_hash', 'status', 'created_at'], personal: columns(['caller', 'reply'], repetition) },
  files: { plain: ['id', 'sha256', 'size', 'media_type', 'created_at'], personal: columns(['filename', 'content'], content) },
  file_pieces: { plain: ['file_id', 'n'], personal: columns(['content'], content) },
};
