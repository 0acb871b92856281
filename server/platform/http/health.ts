import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { mayAtAll, system } from '../actor.ts';
import { type Platform, reading } from '../context.ts';
import { dbOf, sql } from '../database/sql.ts';
import { fail } from '../errors.ts';
import type { Module } from '../module.ts';
import type { Guard } from './guard.ts';

/** Liveness (the process answers), readiness (the database answers too) and Prometheus metrics. */
export function installHealth(app: FastifyInstance, platform: Platform, _modules: readonly Module[], guard: Guard): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'nahbar_' });
  const duration = new Histogram({
    name: 'nahbar_http_request_seconds',
    help: 'Time to answer by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const lookAtReplica = measureReplica(registry, platform);
  const lookAtParts = measureParts(registry, platform);
  app.addHook('onResponse', async (request, reply) => {
    duration.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
  });

  app.get('/health/live', async () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    try {
      // A database that hangs is no more ready than one that is gone, and whoever asks has no patience.
      await Promise.race([dbOf(platform.database.pool).one(sql`select 1 as one`), tooLong()]);
      return { ready: true };
    } catch {
      return reply.code(503).send({ ready: false, reason: 'database' });
    }
  });
  app.get('/metrics', { onRequest: guard() }, async (request, reply) => {
    // Monitoring runs on the same host or brings a token; figures of the company are nobody else's business.
    const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
    if (!local && !(request.actor && mayAtAll(request.actor, 'see_health'))) throw fail('core.forbidden');
    await Promise.all([lookAtReplica(), lookAtParts()]);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** Where reports were read, and how the replica is, where there is one. Returns what looks anew. */
function measureReplica(registry: Registry, { database: { reports } }: Platform): () => Promise<void> {
  const read = new Counter({ name: 'nahbar_reports_total', help: 'Reports read, by where.', labelNames: ['from'], registers: [registry] });
  const used = new Gauge({ name: 'nahbar_replica_used', help: '1 while reports are read from the replica, else 0.', registers: [] });
  const behind = new Gauge({
    name: 'nahbar_replica_behind_seconds',
    help: 'How old what the replica knows is at most; no value where that is unknown.',
    registers: [],
  });
  return async () => {
    const state = await reports.look();
    read.reset();
    for (const from of ['replica', 'primary'] as const) read.inc({ from }, reports.counts[from]);
    if (!state) return;
    for (const gauge of [used, behind]) registry.registerMetric(gauge);
    used.set(state.unused === null ? 1 : 0);
    if (state.behind === null) behind.remove();
    else behind.set(state.behind / 1_000);
  };
}

/** What the health page says, part by part: of accounts and doors the worst of each kind, for a name of each would grow with the company. Returns what looks anew. */
function measureParts(registry: Registry, platform: Platform): () => Promise<void> {
  const ok = new Gauge({
    name: 'nahbar_part_ok',
    help: '1 while all of this part is well, else 0, as the health page has it.',
    labelNames: ['part'],
    registers: [registry],
  });
  return async () => {
    const lines = await platform.health(reading(platform, system));
    const parts = Map.groupBy(lines, ({ name }) => name.split(' ')[0] ?? name);
    ok.reset();
    for (const [part, all] of parts) ok.set({ part }, all.every((line) => line.ok) ? 1 : 0);
  };
}

const patienceMilliseconds = 2_000;

const tooLong = (): Promise<never> =>
  new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('no answer')), patienceMilliseconds).unref();
  });
