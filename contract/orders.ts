import { z } from 'zod';
import { endpoint, id, instant, line, page, paging, recordHead } from './core.ts';

declare module './events.ts' {
  interface EventCatalogue {
    /** A shop told of an order, anew or of a change; `formerCustomerId`: whose it was before, when the shop says now that it is another's. */
    'orders.reported': { orderId: string; customerId: string; formerCustomerId: string | null };
    /** Merged, taken apart, restricted, free again or erased: the customer's orders are shown accordingly. `formerCustomerId`: whom they counted as before. */
    'orders.followed_customer': { orderIds: string[]; customerId: string; formerCustomerId: string | null };
  }
}

/** As the shop sees the whole order. */
export const orderStatus = z.enum(['placed', 'preparing', 'shipped', 'delivered', 'cancelled', 'returned']);
export type OrderStatus = z.infer<typeof orderStatus>;

/** As carriers speak of a parcel: announced, on its way, delivered, could not be delivered, on its way back. */
export const shipmentStatus = z.enum(['pre_transit', 'transit', 'delivered', 'failure', 'returned']);
export type ShipmentStatus = z.infer<typeof shipmentStatus>;

/** One parcel, and what can be said of it to somebody who asks where it is. */
export const shipment = z.object({
  carrier: z.string(),
  trackingNumber: z.string().nullable(),
  /** Where the carrier shows its way; always https. */
  trackingUrl: z.string().nullable(),
  status: shipmentStatus,
  lastScan: z.object({ what: z.string(), place: z.string().nullable(), at: instant }).nullable(),
  /** When it was promised; `from` null: until. */
  promised: z.object({ from: instant.nullable(), to: instant }).nullable(),
  nextStep: z.string().nullable(),
});
export type Shipment = z.infer<typeof shipment>;

/** What a customer ordered, as the shop told it last. Record kind `order`. */
export const order = z.object({
  ...recordHead,
  /** The customer it counts as now. */
  customerId: z.string(),
  reference: z.string(),
  /** The shop's count of its own changes; a higher one is newer. */
  revision: z.number().int(),
  placedAt: instant,
  status: orderStatus,
  /** `amount` in the smallest unit of the currency (ISO 4217): cents. */
  total: z.object({ amount: z.number().int(), currency: z.string() }),
  lines: z.array(z.object({ name: z.string(), quantity: z.number().int() })),
  shipments: z.array(shipment),
  reportedAt: instant,
});
export type Order = z.infer<typeof order>;

/**
 * Whose order it is. A mail address counts when it is proved to be somebody's, or when the shop has checked it itself (`confirmed`: they signed in with it or
 * opened a link sent there); then it is proved from here on, and whoever is unknown becomes a customer.
 */
export const orderedBy = z.union([
  z.strictObject({ id }),
  z.strictObject({ number: z.string().trim().min(1).max(60) }),
  z.strictObject({ mail: z.string().trim().min(3).max(320), confirmed: z.boolean().default(false) }),
]);
export type OrderedBy = z.infer<typeof orderedBy>;

const told = {
  /** Followed by a click of an adviser: nothing but https, and no password in it. */
  link: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .refine((text) => URL.canParse(text) && new URL(text).username === '', 'An https address without a user name is expected.'),
  currency: z.string().regex(/^[A-Z]{3}$/),
};

const reportedShipment = z.object({
  carrier: line(80),
  trackingNumber: line(80).nullable().default(null),
  trackingUrl: told.link.nullable().default(null),
  status: shipmentStatus,
  lastScan: z
    .object({ what: line(200), place: line(120).nullable().default(null), at: instant })
    .nullable()
    .default(null),
  promised: z
    .object({ from: instant.nullable().default(null), to: instant })
    .refine(({ from, to }) => from === null || Date.parse(from) <= Date.parse(to), 'The window begins after it ends.')
    .nullable()
    .default(null),
  nextStep: line(300).nullable().default(null),
});

const reference = line(80);

export const ordersEndpoints = {
  report: endpoint({
    method: 'PUT',
    path: '/orders/:reference',
    summary: 'Tells of an order and its parcels, whole; told again or in another order of time, the highest revision stands.',
    access: 'report_orders',
    // A shop that fills the mirror for the first time tells of many.
    ratePerMinute: 6_000,
    input: z.object({
      reference,
      /** Grows with every change in the shop: a counter, or the instant of the change in milliseconds. */
      revision: z.number().int().min(1),
      customer: orderedBy,
      placedAt: instant,
      status: orderStatus,
      total: z.object({ amount: z.number().int().min(0), currency: told.currency }),
      lines: z.array(z.object({ name: line(200), quantity: z.number().int().min(1).max(1_000_000) })).max(200),
      shipments: z.array(reportedShipment).max(50).default([]),
    }),
    output: z.object({
      id: z.string(),
      /** The one that stands now. */
      revision: z.number().int(),
      /** False: this or a newer one was known already, and nothing changed. */
      taken: z.boolean(),
    }),
    errors: ['orders.customer_unknown', 'orders.customer_restricted', 'orders.erased'],
  }),
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/:id/orders',
    summary: 'What a customer ordered and where it is, the newest order first; merged ones’ included.',
    access: 'read_case',
    input: z.object({ id, ...paging }),
    output: z.object({
      ...page(order).shape,
      /** The customer the one asked for counts as. */
      customerId: z.string(),
      /** Whether any shop tells of orders here: if not, having none says nothing. */
      fed: z.boolean(),
    }),
    errors: ['core.cursor_invalid'],
  }),
};
