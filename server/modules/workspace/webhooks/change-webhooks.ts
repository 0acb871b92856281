import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Webhook, workspaceEndpoints } from '../../../../contract/workspace.ts';
import { type Ctx, transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { invalidInput, fail as refuse } from '../../../platform/errors.ts';
import { mayCall } from '../../../platform/http/outgoing/outgoing.ts';
import { newId } from '../../../platform/ids.ts';
import { nearNames } from '../../../platform/near.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { pageOf, readCursor } from '../queries/cursor.ts';
import { companySettings } from '../queries/settings.ts';
import { newToken } from '../sign-in/sessions.ts';
import { attempt, enqueueAttempt, pingPayload, queue, settle } from './deliver.ts';
import * as stored from './queries.ts';

type Input<Name extends keyof typeof workspaceEndpoints> = ParsedInputOf<(typeof workspaceEndpoints)[Name]>;

export async function listWebhooks(ctx: Ctx) {
  return { items: (await stored.listWebhooks(ctx.db)).map(present) };
}

export async function addWebhook(ctx: Ctx, { url, events }: Input<'addWebhook'>) {
  await checkAddress(ctx, url);
  checkEvents(ctx, events);
  const secret = `whsec_${newToken()}`;
  const id = newId(ctx.now.getTime());
  const row = await ctx.db.one<stored.WebhookRow>(sql`insert into webhooks (id, url, events, sealed_secret, created_at)
    values (${id}, ${url}, ${events}, ${ctx.platform.secrets.seal(secret)}, ${ctx.now}) returning *`);
  await note(ctx, id, 'workspace.webhook_added');
  return { ...present(row), secret };
}

/** Switching on again forgets past failures. */
export async function changeWebhook(ctx: Ctx, { id, url, events, active }: Input<'changeWebhook'>): Promise<Webhook> {
  if (url) await checkAddress(ctx, url);
  if (events) checkEvents(ctx, events);
  const sets = [
    sql`url = coalesce(${url ?? null}, url)`,
    ...(events ? [sql`events = ${events}`] : []),
    ...(active === undefined ? [] : [sql`active = ${active}`]),
    ...(active ? [sql`failing_since = null, disabled_reason = null`] : []),
  ];
  const row = await stored.updateWebhook(ctx.db, id, sql.join(sets));
  if (!row) throw refuse('core.not_found');
  await note(ctx, id, 'workspace.webhook_changed');
  return present(row);
}

export async function removeWebhook(ctx: Ctx, { id }: Input<'removeWebhook'>) {
  if ((await ctx.db.exec(sql`delete from webhooks where id = ${id}`)) === 0) throw refuse('core.not_found');
  await note(ctx, id, 'workspace.webhook_removed');
  return { done: true as const };
}

/** Sends a ping now, outside any transaction, so that whoever set it up sees at once whether it works. */
export async function testWebhook(ctx: Ctx, { id }: Input<'testWebhook'>) {
  const webhook = await stored.findWebhook(ctx.db, id);
  if (!webhook) throw refuse('core.not_found');
  const { platform, actor } = ctx;
  const deliveryId = await transaction(platform, actor, (own) => queue(own, id, pingPayload(own), { byJob: false }));
  const delivery = await oneDelivery(ctx, id, deliveryId);
  const outcome = await attempt(platform, webhook, delivery, (await companySettings(ctx.db)).privateAddresses);
  // A ping is not repeated: as if every pause were used up.
  await transaction(platform, actor, (own) =>
    outcome.problem
      ? stored.noteAttempt(own.db, deliveryId, {
          state: 'failed',
          response_status: outcome.status,
          problem: outcome.problem,
          milliseconds: outcome.milliseconds,
          next_at: null,
        })
      : settle(own, webhook, delivery, outcome),
  );
  return presentDelivery(await oneDelivery(ctx, id, deliveryId));
}

export async function listDeliveries(ctx: Ctx, { id, cursor, limit }: Input<'listDeliveries'>) {
  if (!(await stored.findWebhook(ctx.db, id))) throw refuse('core.not_found');
  const rows = await stored.listDeliveries(ctx.db, id, readCursor(cursor, 1)?.[0], limit + 1);
  return pageOf(rows, limit, (row) => [row.id], presentDelivery);
}

/** The same delivery under the same id, so that a receiver who had it after all does not count it twice. */
export async function redeliver(ctx: Ctx, { id, deliveryId }: Input<'redeliver'>) {
  const delivery = await oneDelivery(ctx, id, deliveryId);
  const again = sql`update webhook_deliveries set state = 'queued', attempts = 0, next_at = ${ctx.now} where id = ${deliveryId} and state <> 'queued'`;
  if ((await ctx.db.exec(again)) === 0) return presentDelivery(delivery);
  await enqueueAttempt(ctx, deliveryId, 0);
  return presentDelivery(await oneDelivery(ctx, id, deliveryId));
}

async function oneDelivery(ctx: Ctx, webhookId: string, id: string): Promise<stored.DeliveryRow> {
  const row = await stored.findDelivery(ctx.db, id);
  if (row?.webhook_id !== webhookId) throw refuse('core.not_found');
  return row;
}

async function checkAddress(ctx: Ctx, url: string): Promise<void> {
  if (!mayCall(new URL(url), (await companySettings(ctx.db)).privateAddresses)) throw fail('workspace.address_not_allowed');
}

/** A name that no event has would be silent for ever. */
function checkEvents({ platform: { eventTypes } }: Ctx, patterns: readonly string[]): void {
  const rooms = [...new Set(eventTypes.map((type) => `${type.slice(0, type.indexOf('.'))}.*`))];
  const known = [...eventTypes, ...rooms];
  const unknown = patterns.flatMap((pattern, index) => (pattern === '*' || known.includes(pattern) ? [] : [{ pattern, index }]));
  if (unknown.length === 0) return;
  throw invalidInput(
    unknown.map(({ pattern, index }) => {
      const near = nearNames(pattern, known);
      const hint = near.length > 0 ? `Near it: ${near.join(', ')}.` : `Whole rooms: ${rooms.join(', ')}.`;
      const named =
        near.length > 0
          ? { code: 'workspace.unknown_event_near', data: { pattern, near: near.join(', ') } }
          : { code: 'workspace.unknown_event', data: { pattern, rooms: rooms.join(', ') } };
      return { path: `events.${index}`, message: `There is no event ${pattern}. ${hint} All are in docs/generated/events.md.`, ...named };
    }),
  );
}

async function note(ctx: Ctx, webhookId: string, action: string): Promise<void> {
  ctx.emit('workspace.webhook_changed', { webhookId });
  await audit(ctx, { action, object: { kind: 'webhook', id: webhookId } });
}

const present = (row: stored.WebhookRow): Webhook => ({
  id: row.id,
  url: row.url,
  events: row.events,
  active: row.active,
  failingSince: row.failing_since?.toISOString() ?? null,
  disabledReason: row.disabled_reason,
  createdAt: row.created_at.toISOString(),
});

const presentDelivery = (row: stored.DeliveryRow) => ({
  id: row.id,
  eventId: row.event_id,
  eventType: row.event_type,
  state: row.state,
  attempts: row.attempts,
  responseStatus: row.response_status,
  problem: row.problem,
  milliseconds: row.milliseconds,
  createdAt: row.created_at.toISOString(),
  nextAt: row.next_at?.toISOString() ?? null,
});
