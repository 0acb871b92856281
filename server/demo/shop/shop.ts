import { ordersEndpoints } from '../../../contract/orders.ts';
import { ownerOf } from '../../modules/customers/index.ts';
import { dbOf } from '../../platform/database/sql.ts';
import type { Writer } from '../mail/plan.ts';
import { type Chance, chance } from '../random.ts';
import type { Scene, Thread } from '../scene.ts';
import { atClock } from '../times.ts';
import { besides, type Good, goods } from './goods.ts';
import { type Parcel, parcelOf, type Told, type Way } from './parcels.ts';

/** Who bought what, and how it stands. */
export interface Sale {
  writer: Writer;
  reference: string;
  /** What it was: named, or found in what the customer wrote. */
  about: string;
  way: Way | null;
  daysAgo: number;
}

const day = 86_400_000;
/**
 * The shop of Hansekontor, which tells the desk of orders as every shop does. It has a chance of its own (another `seed` for each play), so that everything else in the
 * sample company is what it would be without orders.
 */
export function openShop(scene: Scene, seed: number): { sold(thread: Thread, sale: Sale): void } {
  const luck = chance(seed);
  return {
    sold(thread, sale) {
      const reports = [report(scene, luck, sale), ...earlier(scene, luck, sale)];
      // Last of all: whoever wrote is known by then, and what stands is how it stands now.
      scene.act(new Date(scene.now.getTime() - 60_000), thread, () => tell(scene, sale.writer, reports));
    },
  };
}

type Report = Omit<Told, 'customer'>;

async function tell({ office }: Scene, writer: Writer, reports: readonly Report[]): Promise<void> {
  const { stage } = office;
  const id = await ownerOf(dbOf(stage.platform.database.pool), 'mail', writer.address);
  if (!id) return;
  for (const one of reports) await stage.call(office.personId('dorit'), ordersEndpoints.report, { ...one, customer: { id } });
}

function report({ now }: Scene, luck: Chance, { reference, about, way, daysAgo }: Sale): Report {
  const named = goods.filter(({ word, abroad }) => [word, ...(abroad ?? [])].some((one) => about.toLowerCase().includes(one)));
  // "Schreibtischstuhl" is no "Schreibtisch".
  const bought: Good[] = named.filter(({ word }) => !named.some((other) => other.word !== word && other.word.includes(word))).slice(0, 2);
  if (bought.length === 0) bought.push(luck.pick(goods));
  if (luck.percent(45)) bought.push(luck.pick(besides));
  const lines = bought.map((good) => ({ good, quantity: besides.includes(good) ? luck.whole(1, 3) : 1 }));
  const bulky = bought.some((good) => good.bulky);
  const parcels: Parcel[] = way ? [parcelOf(way, { now, chance: luck, bulky })] : [];
  return {
    reference,
    revision: parcels.length + 1,
    placedAt: atClock(now, daysAgo, `${String(luck.whole(8, 21)).padStart(2, '0')}:${String(luck.whole(10, 59))}`).toISOString(),
    status: statusOf(way),
    total: { amount: lines.reduce((sum, { good, quantity }) => sum + good.price * quantity, 0), currency: 'EUR' },
    lines: lines.map(({ good, quantity }) => ({ name: good.name, quantity })),
    shipments: parcels,
  };
}

/** Most people have bought before. */
function earlier(scene: Scene, luck: Chance, sale: Sale): Report[] {
  return Array.from({ length: luck.percent(40) ? luck.whole(1, 3) : 0 }, (_, n) => {
    const daysAgo = sale.daysAgo + 40 * (n + 1) + luck.whole(0, 30);
    const told = report(scene, luck, { ...sale, reference: `HK-1${luck.digits(7)}`, about: '', way: 'delivered', daysAgo });
    return {
      ...told,
      shipments: told.shipments?.map((parcel) => arrivedBefore(parcel, new Date(scene.now.getTime() - (daysAgo - 3) * day))) ?? [],
    };
  });
}

const arrivedBefore = (parcel: Parcel, at: Date): Parcel => ({
  ...parcel,
  promised: null,
  lastScan: parcel.lastScan ? { ...parcel.lastScan, at: at.toISOString() } : null,
});

const statuses: Record<Way, Told['status']> = {
  announced: 'preparing',
  underway: 'shipped',
  stuck: 'shipped',
  failed: 'shipped',
  delivered: 'delivered',
  neighbour: 'delivered',
  coming_back: 'returned',
};
const statusOf = (way: Way | null): Told['status'] => (way ? statuses[way] : 'placed');

/** What somebody says of a parcel, in four languages, and how it then stands. */
const said: readonly (readonly [RegExp, Way])[] = [
  [/nachbar/i, 'neighbour'],
  [/hängt|bis heute|seit drei|verschoben|od trzech|eight days/i, 'stuck'],
  [/teillieferung/i, 'announced'],
  [/heute|today/i, 'underway'],
];

/** How what somebody writes about probably stands; null: nothing was sent yet, undefined: nothing was bought. */
export function wayOf(topic: string, text: string, n: number): Way | null | undefined {
  if (topic === 'delivery_where') {
    if (!text.includes('{order}')) return undefined;
    return said.find(([words]) => words.test(text))?.[1] ?? (n % 2 === 0 ? 'underway' : 'failed');
  }
  if (topic.startsWith('delivery')) return n % 3 === 0 ? 'neighbour' : 'delivered';
  if (topic.startsWith('return') || topic === 'payment_refund') return n % 2 === 0 ? 'coming_back' : 'delivered';
  if (topic === 'order_advice' || topic === 'voice') return undefined;
  if (topic.startsWith('account')) return n % 2 === 0 ? null : undefined;
  return 'delivered';
}
