import type { Ctx, Platform } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { Event } from '../../../platform/events/event.ts';
import { namedUntil } from '../../../platform/events/forget-who.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { call, OutgoingFailure } from '../../../platform/http/outgoing/outgoing.ts';
import { newId } from '../../../platform/ids.ts';
import type { Job } from '../../../platform/jobs/jobs.ts';
import { companySettings } from '../queries/settings.ts';
import { type DeliveryRow, findDelivery, findWebhook, insertDelivery, noteAttempt, updateWebhook, type WebhookRow } from './queries.ts';
import { signatureOf } from './signature.ts';

/** Seconds to the next attempt after each failed one; together a little over a day. */
const pauses = [10, 60, 300, 900, 3_600, 7_200, 14_400, 21_600, 36_000];
const timeoutMilliseconds = 10_000;
/** A webhook that failed without a single success for this long is switched off. */
const longestFailureDays = 3;

/** Queues one delivery for each webhook that wants an event. What leaves is what events hold anyway: ids and neutral facts. */
export const queueDeliveries: Subscriber = {
  name: 'workspace.queue_webhook_deliveries',
  on: '*',
  // Hears everything, mostly for nobody, and nobody waits at a screen for it.
  batch: 500,
  gather: 250,
  async handle(ctx, events) {
    const webhooks = await ctx.db.query<WebhookRow>(sql`select * from webhooks where active order by id`);
    for (const event of webhooks.length > 0 ? events : [])
      for (const webhook of webhooks) if (wants(webhook.events, event.type)) await queue(ctx, webhook.id, payloadOf(event));
  },
};

/** `*`, `<room>.*` or the type itself. */
export function wants(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) => pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  );
}

interface Payload extends Record<string, unknown> {
  id: string;
  type: string;
}

const payloadOf = (event: Event): Payload => ({
  id: event.id,
  type: event.type,
  at: event.at.toISOString(),
  actorId: event.actorId,
  data: event.data,
});

export const pingPayload = (ctx: Ctx): Payload => ({
  id: newId(ctx.now.getTime()),
  type: 'ping',
  at: ctx.now.toISOString(),
  actorId: null,
  data: {},
});

/** Queues a delivery and answers with its id; without `byJob` the caller sends it. */
export async function queue(ctx: Ctx, webhookId: string, payload: Payload, { byJob = true } = {}): Promise<string> {
  const id = newId(ctx.now.getTime());
  await insertDelivery(ctx.db, { id, webhook_id: webhookId, event_id: payload.id, event_type: payload.type, payload }, ctx.now);
  if (byJob) await enqueueAttempt(ctx, id, 0);
  return id;
}

const jobName = 'workspace.deliver_webhook';

export const enqueueAttempt = (ctx: Ctx, deliveryId: string, attempts: number, startAfterSeconds = 0): Promise<void> =>
  ctx.enqueue(jobName, { deliveryId, attempts }, { startAfterSeconds });

export const deliverWebhook: Job = {
  name: jobName,
  async run(work, data) {
    const { platform, reading } = work;
    const delivery = await findDelivery(reading.db, String(data['deliveryId']));
    // The number of attempts tells a job that runs twice from the next attempt.
    if (delivery?.state !== 'queued' || delivery.attempts !== data['attempts']) return;
    const webhook = await findWebhook(reading.db, delivery.webhook_id);
    if (!webhook?.active) {
      await work.transaction((ctx) => noteAttempt(ctx.db, delivery.id, { ...nothing, state: 'failed', problem: 'switched_off' }));
      return;
    }
    const outcome = await attempt(platform, webhook, delivery, (await companySettings(reading.db)).privateAddresses);
    await work.transaction((ctx) => settle(ctx, webhook, delivery, outcome));
  },
};

export interface Outcome {
  status: number | null;
  problem: string | null;
  milliseconds: number;
}

const nothing = { response_status: null, problem: null, milliseconds: null, next_at: null };

/** One call; never throws. */
export async function attempt(platform: Platform, webhook: WebhookRow, delivery: DeliveryRow, allowPrivate: boolean): Promise<Outcome> {
  const begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  const body = JSON.stringify(delivery.payload);
  try {
    const { status } = await call({
      method: 'POST',
      url: webhook.url,
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Nahbar-Webhook/1',
        'nahbar-event': delivery.event_type,
        // The same for every attempt: receivers tell repetitions by it.
        'nahbar-delivery': delivery.id,
        'nahbar-signature': signatureOf(platform.secrets.open(webhook.sealed_secret), body, platform.clock.now()),
      },
      timeoutMilliseconds,
      allowPrivate,
    });
    return { status, problem: status >= 200 && status < 300 ? null : 'status', milliseconds: took() };
  } catch (error) {
    return { status: null, problem: error instanceof OutgoingFailure ? error.code : 'unreachable', milliseconds: took() };
  }
}

/** Writes what came back, plans the next attempt, and switches off who does not answer for days or says it is gone. */
export async function settle(ctx: Ctx, webhook: WebhookRow, delivery: DeliveryRow, outcome: Outcome): Promise<void> {
  const facts = { response_status: outcome.status, problem: outcome.problem, milliseconds: outcome.milliseconds };
  if (!outcome.problem) {
    await noteAttempt(ctx.db, delivery.id, { ...facts, state: 'delivered', next_at: null });
    await updateWebhook(ctx.db, webhook.id, sql`failing_since = null`);
    return;
  }
  const pause = pauses[delivery.attempts];
  const isGone = outcome.status === 410;
  const again = pause !== undefined && !isGone;
  const nextAt = again ? new Date(ctx.now.getTime() + pause * 1_000) : null;
  await noteAttempt(ctx.db, delivery.id, { ...facts, state: again ? 'queued' : 'failed', next_at: nextAt });
  if (again) await enqueueAttempt(ctx, delivery.id, delivery.attempts + 1, pause);
  const row = await updateWebhook(ctx.db, webhook.id, sql`failing_since = coalesce(failing_since, ${ctx.now})`);
  const tooLong = row?.failing_since && ctx.now.getTime() - row.failing_since.getTime() > longestFailureDays * 86_400_000;
  if (isGone || tooLong) await disable(ctx, webhook.id, isGone ? 'gone' : 'failing');
}

async function disable(ctx: Ctx, webhookId: string, reason: 'gone' | 'failing'): Promise<void> {
  const changed = await ctx.db.exec(
    sql`update webhooks set active = false, disabled_reason = ${reason} where id = ${webhookId} and active`,
  );
  if (changed === 1) ctx.emit('workspace.webhook_disabled', { webhookId, reason });
}

/** A delivery says who did something, as its event did: for as long; until then it has been made or given up. */
export async function sweepDeliveries(ctx: Ctx): Promise<void> {
  await ctx.db.exec(sql`delete from webhook_deliveries where created_at < ${namedUntil(ctx.now)}`);
}
