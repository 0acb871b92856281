import type { Problem } from '../../../contract/core.ts';

/** A refusal by the server (RFC 9457), or one of ours: `client.offline`, `client.unreadable`. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
  get code(): string {
    return this.problem.code;
  }
  get data(): Record<string, unknown> {
    return this.problem.data ?? {};
  }
}

export const isProblem = (error: unknown, ...codes: string[]): error is ProblemError =>
  error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code));

export const clientProblem = (code: 'client.offline' | 'client.unreadable', status = 0): ProblemError =>
  new ProblemError({ type: 'about:blank', title: code, status, code });

/** Reads a refusal's body, whatever a proxy on the way has made of it. */
export function problemFrom(status: number, body: unknown): ProblemError {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string')
    return new ProblemError({ status, title: '', type: '', ...body, code: body.code });
  return new ProblemError({
    type: 'about:blank',
    title: `HTTP ${status}`,
    status,
    code: general[status] ?? (status >= 502 && status <= 504 ? 'client.offline' : 'core.internal'),
  });
}

const general: Record<number, string> = {
  401: 'core.not_signed_in',
  403: 'core.forbidden',
  404: 'core.not_found',
  413: 'core.too_large',
  429: 'core.too_many_requests',
};
