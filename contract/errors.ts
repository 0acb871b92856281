/** General error codes of every endpoint; the domains add theirs in their own contract files as `<domain>.<what_is_wrong>`. */
export const coreErrors = [
  'core.invalid_input',
  'core.not_signed_in',
  'core.forbidden',
  'core.not_found',
  'core.conflict',
  'core.cursor_invalid',
  'core.too_many_requests',
  'core.too_large',
  'core.busy',
  'core.csrf',
  'core.idempotency_mismatch',
  'core.illegal_transition',
  'core.storage_unavailable',
  'core.internal',
] as const;
export type CoreError = (typeof coreErrors)[number];
