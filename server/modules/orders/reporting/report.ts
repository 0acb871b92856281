import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { ordersEndpoints as api } from '../../../../contract/orders.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { findTold, isWithheld, summaries } from '../../customers/index.ts';
import { markOf } from '../data-rights/mark.ts';
import { fail } from '../errors.ts';
import { insertOrder, isErased, lockOrder, type OrderRow, replaceOrder, replaceShipments, type ShipmentRow } from '../queries.ts';

type Report = ParsedInputOf<typeof api.report>;
type Reply = ReplyOf<typeof api.report>;

/**
 * Takes in what a shop says of an order. Reports may come late, twice, and through several processes at once: the row is held while it is decided, so
 * the highest revision stands, and it is told once.
 */
export async function reportOrder(ctx: Ctx, report: Report): Promise<Reply> {
  for (;;) {
    const known = await lockOrder(ctx.db, report.reference);
    if (known && known.revision >= report.revision) return { id: known.id, revision: known.revision, taken: false };
    const reply = known ? await change(ctx, known, report) : await add(ctx, report);
    if (reply) return reply;
  }
}

/** Nothing when another report of the same order was faster: then that one is there to be looked at. */
async function add(ctx: Ctx, report: Report): Promise<Reply | undefined> {
  if (await isErased(ctx.db, markOf(ctx, report.reference))) throw fail('orders.erased');
  const owner = await ownerOf(ctx, report);
  const row = rowOf(ctx, report, { id: newId(ctx.now.getTime()), version: 1, customerId: owner.customerId });
  if (!(await insertOrder(ctx.db, row))) return undefined;
  return finish(ctx, row, report, { customerId: owner.rootId, formerCustomerId: null });
}

async function change(ctx: Ctx, known: OrderRow, report: Report): Promise<Reply> {
  if (await isWithheld(ctx.db, known.customerId)) throw fail('orders.customer_restricted');
  const formerCustomerId = (await summaries(ctx.db, [known.customerId])).get(known.customerId)?.id ?? null;
  const owner = await ownerOf(ctx, report);
  const row = rowOf(ctx, report, { id: known.id, version: known.version + 1, customerId: owner.customerId });
  await replaceOrder(ctx.db, row);
  return finish(ctx, row, report, { customerId: owner.rootId, formerCustomerId });
}

async function finish(
  ctx: Ctx,
  row: OrderRow,
  report: Report,
  whose: { customerId: string; formerCustomerId: string | null },
): Promise<Reply> {
  await replaceShipments(
    ctx.db,
    row.id,
    report.shipments.map((one) => shipmentRow(row.id, one)),
  );
  ctx.emit('orders.reported', { orderId: row.id, ...whose });
  return { id: row.id, revision: row.revision, taken: true };
}

async function ownerOf(ctx: Ctx, { customer }: Report) {
  const owner = await findTold(ctx, customer);
  if (!owner) throw fail('orders.customer_unknown');
  return owner;
}

const rowOf = (ctx: Ctx, report: Report, head: Pick<OrderRow, 'id' | 'version' | 'customerId'>): OrderRow => ({
  ...head,
  reference: report.reference,
  revision: report.revision,
  placedAt: new Date(report.placedAt),
  status: report.status,
  totalAmount: report.total.amount,
  currency: report.total.currency,
  lines: report.lines,
  reportedAt: ctx.now,
});

const shipmentRow = (orderId: string, one: Report['shipments'][number]): ShipmentRow => ({
  orderId,
  carrier: one.carrier,
  trackingNumber: one.trackingNumber,
  trackingUrl: one.trackingUrl,
  status: one.status,
  scanWhat: one.lastScan?.what ?? null,
  scanPlace: one.lastScan?.place ?? null,
  scanAt: one.lastScan ? new Date(one.lastScan.at) : null,
  promisedFrom: one.promised?.from ? new Date(one.promised.from) : null,
  promisedTo: one.promised ? new Date(one.promised.to) : null,
  nextStep: one.nextStep,
});
