import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import type { Platform } from '../context.ts';
import { fail } from '../errors.ts';
import type { Authenticate } from './app.ts';
import { networkOf } from './network.ts';

/** Who is it, and do they come too often? Before the body of a request; `perMinute` counts this route alone, else all are counted together. */
export type Guard = (perMinute?: number) => onRequestAsyncHookHandler;

/**
 * The guard stands at each route and looks at no address: what a request's address says can be written in many ways, which route it reached
 * cannot. Without it are only the page and its parts, which cost next to nothing and which a whole centre may load from one address at the
 * start of a shift, and the two health checks.
 */
export async function createGuard(app: FastifyInstance, platform: Platform, authenticate: Authenticate): Promise<Guard> {
  const { rateLimit } = platform.config;
  if (rateLimit > 0) {
    await app.register(fastifyRateLimit, {
      global: false,
      max: (request) => (request.actor ? rateLimit : Math.ceil(rateLimit / 5)),
      timeWindow: 60_000,
      keyGenerator: (request) => request.actor?.id ?? networkOf(request.ip),
      errorResponseBuilder: () => fail('core.too_many_requests'),
    });
  }
  const together = rateLimit > 0 ? app.rateLimit() : undefined;
  return (perMinute) => {
    const count = perMinute !== undefined && rateLimit > 0 ? app.rateLimit({ max: perMinute }) : together;
    return async (request, reply) => {
      const { authorization } = request.headers;
      request.actor = await authenticate({ cookies: request.cookies, authorization });
      request.byCookie = request.actor !== undefined && !authorization;
      if (count) await count.call(app, request, reply);
    };
  };
}
