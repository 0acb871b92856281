import type { InputOf } from '../../../contract/core.ts';
import { ordersEndpoints as api } from '../../../contract/orders.ts';

export type ReportInput = InputOf<typeof api.report>;

let count = 0;

/** What a shop tells of an order on its way; everything can be said otherwise. */
export function reportOf(customer: ReportInput['customer'], more: Partial<ReportInput> = {}): ReportInput {
  count += 1;
  return {
    reference: `HK-${1_000 + count}`,
    revision: 1,
    customer,
    placedAt: '2026-11-20T18:12:00.000Z',
    status: 'shipped',
    total: { amount: 8_990, currency: 'EUR' },
    lines: [
      { name: 'Wasserkocher „Alster“', quantity: 1 },
      { name: 'Geschirrtuch', quantity: 2 },
    ],
    shipments: [
      {
        carrier: 'Hanse Paket',
        trackingNumber: 'HP1001',
        trackingUrl: 'https://verfolgen.hansepaket.example/HP1001',
        status: 'transit',
        lastScan: { what: 'Im Zielpaketzentrum bearbeitet', place: 'Leipzig', at: '2026-11-22T05:40:00.000Z' },
        promised: { from: '2026-11-23T08:00:00.000Z', to: '2026-11-23T13:00:00.000Z' },
        nextStep: 'Kommt morgen früh in die Zustellung.',
      },
    ],
    ...more,
  };
}
