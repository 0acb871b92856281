import { columns, type PersonalColumn, type PersonalDataRegister } from '../../platform/personal-data.ts';

const colleague: PersonalColumn = { purpose: 'Know who works here, and write to them', basis: 'employment', retention: 'employment' };
const duty: PersonalColumn = { purpose: 'Give work and rights to the people concerned', basis: 'employment', retention: 'employment' };
const proof: PersonalColumn = { purpose: 'Let in who it is, and nobody else', basis: 'employment', retention: 'employment' };
const passing: PersonalColumn = { purpose: 'Let in who it is, and nobody else', basis: 'employment', retention: 'technical' };
const told: PersonalColumn = {
  purpose: 'Tell somebody who asked for it what happened while the desk is closed',
  basis: 'consent',
  retention: 'technical',
};
const trace: PersonalColumn = {
  purpose: 'Show who did what, to the person and to the protectors of data',
  basis: 'legal_duty',
  retention: 'audit',
};
const presence: PersonalColumn = {
  purpose: 'Know who can take work now; the history is for the person',
  basis: 'employment',
  retention: 'technical',
};
const desk: PersonalColumn = {
  purpose: 'Give customers’ work back when the browser of whoever has it is gone; kept for an hour',
  basis: 'employment',
  retention: 'technical',
};

export const personalData: PersonalDataRegister = {
  sites: { plain: ['id', 'version', 'name', 'land', 'municipality', 'zone', 'created_at'], personal: {} },
  people: {
    plain: ['id', 'version', 'active', 'created_at'],
    personal: { ...columns(['name', 'email'], colleague), ...columns(['roles', 'site_id', 'languages', 'locale', 'preferences'], duty) },
  },
  site_hours: { plain: ['id', 'site_id', 'valid_from', 'week', 'municipal', 'special', 'created_at'], personal: {} },
  teams: { plain: ['id', 'version', 'name', 'site_id', 'archived_at', 'successor_id', 'created_at'], personal: {} },
  team_members: { plain: ['team_id'], personal: columns(['person_id', 'until'], duty) },
  team_leads: { plain: ['team_id'], personal: columns(['person_id'], duty) },
  skills: { plain: ['id', 'version', 'key', 'label_de', 'label_en', 'created_at'], personal: {} },
  person_skills: { plain: ['skill_id'], personal: columns(['person_id', 'level', 'valid_to'], duty) },
  works_agreements: {
    plain: [
      'id',
      'kind',
      'title',
      'features',
      'site_ids',
      'purpose',
      'gdpr_basis',
      'necessity',
      'valid_from',
      'valid_to',
      'created_at',
      'activated_at',
      'ended_at',
    ],
    personal: columns(['proposed_by', 'activated_by', 'ended_by'], trace),
  },
  settings: { plain: ['key', 'value'], personal: {} },
  audit_log: {
    plain: ['seq', 'at', 'actor_kind', 'action', 'object_kind', 'data', 'previous_hash', 'hash'],
    personal: columns(['actor_id', 'object_id', 'reason'], trace),
  },
  passwords: { plain: [], personal: columns(['person_id', 'hash', 'changed_at'], proof) },
  sessions: {
    plain: ['id', 'token_hash'],
    personal: columns(['person_id', 'user_agent', 'created_at', 'last_seen_at', 'expires_at'], passing),
  },
  push_subscriptions: {
    plain: ['endpoint_hash'],
    personal: columns(['session_id', 'person_id', 'sealed', 'kinds', 'created_at', 'last_told_at'], told),
  },
  totp_secrets: { plain: ['created_at', 'confirmed_at', 'last_step'], personal: columns(['person_id', 'sealed_secret'], proof) },
  recovery_codes: { plain: ['hash'], personal: columns(['person_id'], proof) },
  passkeys: {
    plain: ['id', 'public_key', 'counter', 'transports', 'created_at'],
    personal: columns(['person_id', 'credential_id', 'name', 'last_used_at'], proof),
  },
  passkey_challenges: { plain: ['id', 'challenge', 'expires_at'], personal: columns(['person_id'], passing) },
  password_links: { plain: ['kind', 'token_hash', 'expires_at'], personal: columns(['person_id'], passing) },
  sign_in_attempts: { plain: ['failures', 'last_at', 'blocked_until'], personal: columns(['key'], passing) },
  sign_in_places: { plain: [], personal: columns(['person_id', 'place', 'last_at'], passing) },
  api_tokens: {
    plain: ['id', 'name', 'role', 'token_hash', 'prefix', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'],
    personal: columns(['created_by'], trace),
  },
  webhooks: { plain: ['id', 'url', 'events', 'sealed_secret', 'active', 'failing_since', 'disabled_reason', 'created_at'], personal: {} },
  webhook_deliveries: {
    plain: [
      'id',
      'webhook_id',
      'event_id',
      'event_type',
      'payload',
      'state',
      'attempts',
      'response_status',
      'problem',
      'milliseconds',
      'created_at',
      'next_at',
    ],
    personal: {},
  },
  notices: { plain: ['id', 'kind', 'created_at', 'sent_at'], personal: columns(['person_id', 'sealed'], passing) },
  desk_processes: { plain: ['id', 'alive_at'], personal: {} },
  desks: { plain: ['process_id'], personal: columns(['person_id', 'lost_at'], desk) },
  presence: {
    plain: [],
    personal: columns(['person_id', 'state', 'since', 'until', 'back_at', 'note', 'location', 'located_at'], presence),
  },
  presence_history: { plain: [], personal: columns(['person_id', 'state', 'since', 'note', 'location'], presence) },
};
