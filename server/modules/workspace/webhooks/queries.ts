import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

export interface WebhookRow {
  id: string;
  url: string;
  events: string[];
  sealed_secret: string;
  active: boolean;
  failing_since: Date | null;
  disabled_reason: 'failing' | 'gone' | null;
  created_at: Date;
}

export interface DeliveryRow {
  id: string;
  webhook_id: string;
  event_id: string;
  event_type: string;
  payload: Record<string, unknown>;
  state: 'queued' | 'delivered' | 'failed';
  attempts: number;
  response_status: number | null;
  problem: string | null;
  milliseconds: number | null;
  created_at: Date;
  next_at: Date | null;
}

export const findWebhook = (db: Db, id: string): Promise<WebhookRow | undefined> =>
  db.maybe<WebhookRow>(sql`select * from webhooks where id = ${id}`);

export const listWebhooks = (db: Db): Promise<WebhookRow[]> => db.query<WebhookRow>(sql`select * from webhooks order by created_at, id`);

export const findDelivery = (db: Db, id: string): Promise<DeliveryRow | undefined> =>
  db.maybe<DeliveryRow>(sql`select * from webhook_deliveries where id = ${id}`);

export const listDeliveries = (db: Db, webhookId: string, before: string | undefined, limit: number): Promise<DeliveryRow[]> =>
  db.query<DeliveryRow>(sql`select * from webhook_deliveries where webhook_id = ${webhookId}
    ${before ? sql`and id < ${before}::uuid` : sql.empty} order by id desc limit ${limit}`);

export async function insertDelivery(
  db: Db,
  row: Pick<DeliveryRow, 'id' | 'webhook_id' | 'event_id' | 'event_type' | 'payload'>,
  now: Date,
): Promise<void> {
  await db.exec(sql`insert into webhook_deliveries (id, webhook_id, event_id, event_type, payload, state, created_at, next_at)
    values (${row.id}, ${row.webhook_id}, ${row.event_id}, ${row.event_type}, ${sql.json(row.payload)}, 'queued', ${now}, ${now})`);
}

/** Writes what an attempt brought. */
export async function noteAttempt(
  db: Db,
  id: string,
  outcome: Pick<DeliveryRow, 'state' | 'response_status' | 'problem' | 'milliseconds' | 'next_at'>,
): Promise<void> {
  await db.exec(sql`update webhook_deliveries set attempts = attempts + 1, state = ${outcome.state}, response_status = ${outcome.response_status},
    problem = ${outcome.problem}, milliseconds = ${outcome.milliseconds}, next_at = ${outcome.next_at} where id = ${id}`);
}

export async function updateWebhook(db: Db, id: string, sets: Sql): Promise<WebhookRow | undefined> {
  return db.maybe<WebhookRow>(sql`update webhooks set ${sets} where id = ${id} returning *`);
}
