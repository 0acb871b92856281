import type { Order, Shipment } from '../../../contract/orders.ts';
import type { OrderRow, ShipmentRow } from './queries.ts';

/** `rootId`: whom its customer counts as now. */
export const presentOrder = (row: OrderRow, shipments: readonly ShipmentRow[], rootId: string): Order => ({
  id: row.id,
  version: row.version,
  customerId: rootId,
  reference: row.reference,
  revision: row.revision,
  placedAt: row.placedAt.toISOString(),
  status: row.status,
  total: { amount: row.totalAmount, currency: row.currency },
  lines: row.lines,
  shipments: shipments.filter(({ orderId }) => orderId === row.id).map(presentShipment),
  reportedAt: row.reportedAt.toISOString(),
});

const presentShipment = (row: ShipmentRow): Shipment => ({
  carrier: row.carrier,
  trackingNumber: row.trackingNumber,
  trackingUrl: row.trackingUrl,
  status: row.status,
  lastScan: row.scanWhat !== null && row.scanAt ? { what: row.scanWhat, place: row.scanPlace, at: row.scanAt.toISOString() } : null,
  promised: row.promisedTo ? { from: row.promisedFrom?.toISOString() ?? null, to: row.promisedTo.toISOString() } : null,
  nextStep: row.nextStep,
});
