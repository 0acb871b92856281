import type { Order, OrderStatus, ShipmentStatus } from '../../../contract/orders.ts';
import { type Db, sql } from '../../platform/database/sql.ts';
import type { Place } from '../../platform/http/cursor.ts';

export interface OrderRow {
  id: string;
  version: number;
  customerId: string;
  reference: string;
  revision: number;
  placedAt: Date;
  status: OrderStatus;
  totalAmount: number;
  currency: string;
  lines: Order['lines'];
  reportedAt: Date;
}

const columns = sql`o.id, o.version, o.customer_id as "customerId", o.reference, o.revision, o.placed_at as "placedAt", o.status,
  o.total_amount as "totalAmount", o.currency, o.lines, o.reported_at as "reportedAt"`;

export interface ShipmentRow {
  orderId: string;
  carrier: string;
  trackingNumber: string | null;
  trackingUrl: string | null;
  status: ShipmentStatus;
  scanWhat: string | null;
  scanPlace: string | null;
  scanAt: Date | null;
  promisedFrom: Date | null;
  promisedTo: Date | null;
  nextStep: string | null;
}

/** The newest first; all of them where no page is asked for. */
export const ordersOf = (
  db: Db,
  customerIds: readonly string[],
  { before, limit = null }: { before?: Place | undefined; limit?: number | null } = {},
): Promise<OrderRow[]> =>
  db.query<OrderRow>(sql`select ${columns} from orders o where o.customer_id = any(${customerIds}::uuid[])
    ${before ? sql`and (o.placed_at, o.id) < (${before.at}, ${before.id}::uuid)` : sql.empty}
    order by o.placed_at desc, o.id desc limit ${limit}`);

export const ordersByIds = (db: Db, ids: readonly string[]): Promise<OrderRow[]> =>
  db.query<OrderRow>(sql`select ${columns} from orders o where o.id = any(${ids}::uuid[])`);

export const lockOrder = (db: Db, reference: string): Promise<OrderRow | undefined> =>
  db.maybe<OrderRow>(sql`select ${columns} from orders o where o.reference = ${reference} for update`);

export const shipmentsOf = (db: Db, orderIds: readonly string[]): Promise<ShipmentRow[]> =>
  db.query<ShipmentRow>(sql`select order_id as "orderId", carrier, tracking_number as "trackingNumber", tracking_url as "trackingUrl", status,
      scan_what as "scanWhat", scan_place as "scanPlace", scan_at as "scanAt", promised_from as "promisedFrom", promised_to as "promisedTo",
      next_step as "nextStep"
    from shipments where order_id = any(${orderIds}::uuid[]) order by order_id, position`);

export async function isFed(db: Db): Promise<boolean> {
  return (await db.query(sql`select from orders limit 1`)).length > 0;
}

/** False when somebody else was faster with the same reference. */
export async function insertOrder(db: Db, row: OrderRow): Promise<boolean> {
  const added =
    await db.exec(sql`insert into orders (id, version, customer_id, reference, revision, placed_at, status, total_amount, currency, lines, reported_at)
    values (${row.id}, ${row.version}, ${row.customerId}, ${row.reference}, ${row.revision}, ${row.placedAt}, ${row.status}, ${row.totalAmount},
      ${row.currency}, ${sql.json(row.lines)}, ${row.reportedAt}) on conflict (reference) do nothing`);
  return added === 1;
}

export const replaceOrder = (db: Db, row: OrderRow): Promise<number> =>
  db.exec(sql`update orders set version = ${row.version}, customer_id = ${row.customerId}, revision = ${row.revision}, placed_at = ${row.placedAt},
      status = ${row.status}, total_amount = ${row.totalAmount}, currency = ${row.currency}, lines = ${sql.json(row.lines)}, reported_at = ${row.reportedAt}
    where id = ${row.id}`);

export async function replaceShipments(db: Db, orderId: string, rows: readonly ShipmentRow[]): Promise<void> {
  await db.exec(sql`delete from shipments where order_id = ${orderId}`);
  if (rows.length === 0) return;
  await db.exec(sql`insert into shipments (order_id, position, carrier, tracking_number, tracking_url, status, scan_what, scan_place, scan_at,
      promised_from, promised_to, next_step)
    select ${orderId}, n.position, n.carrier, n."trackingNumber", n."trackingUrl", n.status, n."scanWhat", n."scanPlace", n."scanAt", n."promisedFrom",
      n."promisedTo", n."nextStep"
    from jsonb_to_recordset(${sql.json(rows.map((row, position) => ({ ...row, position })))}) as n(position int, carrier text, "trackingNumber" text,
      "trackingUrl" text, status text, "scanWhat" text, "scanPlace" text, "scanAt" timestamptz, "promisedFrom" timestamptz, "promisedTo" timestamptz,
      "nextStep" text)`);
}

/** Their records are newer now, though the shop told nothing new. */
export async function touchOrders(db: Db, customerIds: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    sql`update orders set version = version + 1 where customer_id = any(${customerIds}::uuid[]) returning id`,
  );
  return rows.map((row) => row.id);
}

export const lockOrdersOf = (db: Db, customerIds: readonly string[]): Promise<{ id: string; reference: string }[]> =>
  db.query(sql`select id, reference from orders where customer_id = any(${customerIds}::uuid[]) order by id for update`);

/** Takes the orders away, and leaves their marks. */
export async function deleteOrders(db: Db, ids: readonly string[], marks: readonly string[], at: Date): Promise<void> {
  await db.exec(
    sql`insert into erased_orders (mark, at) select mark, ${at}::timestamptz from unnest(${marks}::text[]) as mark on conflict do nothing`,
  );
  await db.exec(sql`delete from orders where id = any(${ids}::uuid[])`);
}

export async function isErased(db: Db, mark: string): Promise<boolean> {
  return (await db.query(sql`select from erased_orders where mark = ${mark}`)).length > 0;
}
