import type { InputOf } from '../../../contract/core.ts';
import type { ordersEndpoints } from '../../../contract/orders.ts';
import type { Chance } from '../random.ts';
import { atClock, dueAt } from '../times.ts';

export type Told = InputOf<typeof ordersEndpoints.report>;
export type Parcel = NonNullable<Told['shipments']>[number];

/** How an order stands when one looks around. */
export type Way = 'announced' | 'underway' | 'stuck' | 'failed' | 'delivered' | 'neighbour' | 'coming_back';

const places = ['Leipzig', 'Hannover', 'Hamburg-Allermöhe', 'Kassel', 'Nürnberg', 'Dortmund', 'Erfurt'] as const;

/** One parcel on its way, with what its carrier said last. */
export function parcelOf(way: Way, { now, chance, bulky }: { now: Date; chance: Chance; bulky: boolean }): Parcel {
  const carrier = bulky ? 'Nordwind Spedition' : chance.pick(['Hanse Paket', 'Deichkurier']);
  const number = `${bulky ? 'NW' : carrier.slice(0, 1)}${chance.digits(10)}`;
  const place = chance.pick(places);
  const at = (daysAgo: number, clock: string) => atClock(now, daysAgo, clock).toISOString();
  const due = (days: number, clock: string) => dueAt(now, days, clock).toISOString();
  return {
    carrier,
    trackingNumber: number,
    trackingUrl: `https://verfolgen.${bulky ? 'nordwind' : carrier.toLowerCase().replaceAll(' ', '-')}.example/${number}`,
    ...ways[way]({ at, due, place, bulky }),
  };
}

interface Moments {
  at: (daysAgo: number, clock: string) => string;
  due: (days: number, clock: string) => string;
  place: string;
  bulky: boolean;
}

const ways: Record<Way, (moments: Moments) => Pick<Parcel, 'status' | 'lastScan' | 'promised' | 'nextStep'>> = {
  announced: ({ at, due }) => ({
    status: 'pre_transit',
    lastScan: { what: 'Sendung angekündigt, noch nicht übergeben', place: null, at: at(0, '07:10') },
    promised: { from: null, to: due(3, '18:00') },
    nextStep: 'Das Lager Haldensleben übergibt sie heute Abend.',
  }),
  underway: ({ at, due, place, bulky }) => ({
    status: 'transit',
    lastScan: { what: bulky ? 'Im Depot verladen' : 'Im Paketzentrum bearbeitet', place, at: at(0, '05:52') },
    promised: { from: due(1, '09:00'), to: due(1, '14:00') },
    nextStep: bulky ? 'Der Fahrer ruft eine Stunde vorher an.' : 'Geht heute Nacht in die Zustellbasis.',
  }),
  stuck: ({ at, place }) => ({
    status: 'transit',
    lastScan: { what: 'Im Paketzentrum eingetroffen', place, at: at(4, '21:14') },
    promised: { from: null, to: at(2, '18:00') },
    nextStep: 'Nachfrage beim Paketdienst läuft, Antwort bis morgen Mittag.',
  }),
  failed: ({ at, place, bulky }) => ({
    status: 'failure',
    lastScan: {
      what: bulky ? 'Nicht zugestellt: passt nicht durch die Tür' : 'Nicht zugestellt: niemand angetroffen',
      place,
      at: at(1, '13:37'),
    },
    promised: { from: null, to: at(1, '18:00') },
    nextStep: bulky ? 'Zurück im Depot, wartet auf einen neuen Termin.' : 'Liegt sieben Tage in der Filiale.',
  }),
  delivered: ({ at, place }) => ({
    status: 'delivered',
    lastScan: { what: 'Zugestellt', place, at: at(3, '11:26') },
    promised: { from: null, to: at(3, '18:00') },
    nextStep: null,
  }),
  neighbour: ({ at, place }) => ({
    status: 'delivered',
    lastScan: { what: 'Zugestellt bei Nachbarn, Name „Kowalczik“', place, at: at(1, '15:03') },
    promised: { from: null, to: at(1, '18:00') },
    nextStep: null,
  }),
  coming_back: ({ at, place }) => ({
    status: 'returned',
    lastScan: { what: 'Rücksendung angenommen', place, at: at(1, '17:45') },
    promised: null,
    nextStep: 'Nach dem Eingang im Lager wird das Geld angewiesen.',
  }),
};
