import type { FastifyReply } from 'fastify';
import type { Problem } from '../../../contract/core.ts';
import { asksForRetry, isDatabaseAway } from '../database/transaction.ts';
import { DomainError, fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { carriesBody } from './bodies.ts';

/** The only translator of errors to HTTP: domain errors as they are, trouble with the database as 503, anything else as 500 that tells nothing. */
export function problemOf(error: unknown, requestId: string, log: Log): Problem {
  const domain = asDomainError(error);
  if (domain.status >= 500) log.error({ err: error, requestId, code: domain.code }, 'request failed');
  return {
    type: `/api/docs#${domain.code}`,
    title: domain.message,
    status: domain.status,
    code: domain.code,
    help: domain.help,
    instance: requestId,
    ...(domain.fields ? { fields: domain.fields } : {}),
    ...(domain.data ? { data: domain.data } : {}),
  };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // The rest of a body that was refused is not waited for.
  if (carriesBody(reply.request) && !reply.request.raw.complete) void reply.header('connection', 'close');
  return reply.code(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/**
 * Bad input that a schema let through: zero bytes and halves of characters, numbers and instants out of range, and what stands in a
 * cursor made by hand instead of an id or an instant.
 */
const badInput = new Set(['22021', '22P05', '22003', '22P02', '22007', '22008']);

function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE' || statusCode === 413) return fail('core.too_large');
  if (statusCode === 429) return fail('core.too_many_requests');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return fail('core.invalid_input');
  if (asksForRetry(error)) return fail('core.conflict');
  if (isDatabaseAway(error)) return fail('core.storage_unavailable');
  if (code && badInput.has(code)) return fail('core.invalid_input');
  return fail('core.internal');
}
