import type { FieldProblem } from '../../contract/core.ts';

/** What a room can answer instead of a result. `http` and `jobs` each have one translator for it; anything else thrown is a fault of ours. */
export class DomainError extends Error {
  readonly code: string;
  readonly status: number;
  readonly help: string;
  readonly data: Record<string, unknown> | undefined;
  readonly fields: FieldProblem[] | undefined;

  constructor(code: string, kind: ErrorKind, data?: Record<string, unknown>, fields?: FieldProblem[]) {
    // An answer is no fault: where it was made tells nobody anything, and finding out costs more than most of the rest of a refusal.
    const { stackTraceLimit } = Error;
    if (kind.status < 500) Error.stackTraceLimit = 0;
    super(kind.title);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'DomainError';
    this.code = code;
    this.status = kind.status;
    this.help = kind.help;
    this.data = data;
    this.fields = fields;
  }
}

/** `title`: what happened, `help`: what was kept and what to do next; plain English for API users, the browser translates by code. */
export interface ErrorKind {
  status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 423 | 429 | 500 | 502 | 503;
  title: string;
  help: string;
}

export type ErrorCatalogue = Record<string, ErrorKind>;

/**
 * A room's errors: `const fail = defineErrors({ 'conversations.claim_lost': {…} }); throw fail('conversations.claim_lost', { … })`.
 * The catalogue is readable as `fail.catalogue`, for the module's list and the check that both languages have every code.
 */
export function defineErrors<C extends ErrorCatalogue>(catalogue: C) {
  const fail = (code: keyof C & string, data?: Record<string, unknown>): DomainError => {
    const kind = catalogue[code];
    if (!kind) throw new Error(`Unknown error code ${code}`);
    return new DomainError(code, kind, data);
  };
  return Object.assign(fail, { catalogue: catalogue as ErrorCatalogue });
}

export const fail = defineErrors({
  'core.invalid_input': {
    status: 400,
    title: 'The input is not valid.',
    help: 'Correct the fields named and send it again; nothing was changed.',
  },
  'core.cursor_invalid': { status: 400, title: 'This page cursor cannot be read.', help: 'Start again without a cursor.' },
  'core.not_signed_in': { status: 401, title: 'You are not signed in.', help: 'Sign in or send a valid API token.' },
  'core.forbidden': { status: 403, title: 'Your role does not allow this.', help: 'Ask a lead or an administrator.' },
  'core.csrf': {
    status: 403,
    title: 'The request did not come from our own page.',
    help: 'Send the header X-Nahbar: 1 from the same origin, or use an API token.',
  },
  'core.not_found': {
    status: 404,
    title: 'There is nothing here that you may see.',
    help: 'Check the address; it may have been removed or may not be yours.',
  },
  'core.conflict': {
    status: 409,
    title: 'Somebody else changed this in the meantime.',
    help: 'Load it again, compare, and repeat your change.',
  },
  'core.illegal_transition': {
    status: 409,
    title: 'This step is not possible in the present state.',
    help: 'Load it again to see its state and what is possible.',
  },
  'core.idempotency_mismatch': {
    status: 422,
    title: 'This idempotency key was used for a different request.',
    help: 'Use a new key for a new request.',
  },
  'core.too_large': { status: 413, title: 'This is larger than allowed.', help: 'Send less at once.' },
  'core.too_many_requests': {
    status: 429,
    title: 'Too many requests in a short time.',
    help: 'Wait as long as Retry-After says; nothing was changed.',
  },
  'core.busy': {
    status: 503,
    title: 'More is being received at the moment than there is room for.',
    help: 'Nothing was kept; send it again in a moment.',
  },
  'core.storage_unavailable': {
    status: 503,
    title: 'The database cannot be reached at the moment.',
    help: 'Keep what you have and try again shortly; nothing was changed.',
  },
  'core.internal': {
    status: 500,
    title: 'Something went wrong on our side.',
    help: 'It was reported. Try again; if it stays, tell an administrator the request id.',
  },
});

/** 400 with the fields that are wrong. */
export const invalidInput = (fields: FieldProblem[]): DomainError => {
  const kind = fail.catalogue['core.invalid_input'];
  if (!kind) throw new Error('core.invalid_input is missing');
  return new DomainError('core.invalid_input', kind, undefined, fields);
};
