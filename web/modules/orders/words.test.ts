import { expect, test } from 'vitest';
import type { Shipment } from '../../../contract/orders.ts';
import { formatsFor } from '../../platform/i18n/format.ts';
import { isLate, money, promisedWindow } from './words.ts';

test('money is counted in the smallest unit of its currency, whatever that is', () => {
  expect(money({ amount: 8_990, currency: 'EUR' }, 'de')).toMatch(/^89,90\s€$/);
  expect(money({ amount: 8_990, currency: 'EUR' }, 'en')).toBe('€89.90');
  expect(money({ amount: 1_200, currency: 'JPY' }, 'de')).toMatch(/^1\.200\s¥$/);
  expect(money({ amount: 1_234_567, currency: 'KWD' }, 'en')).toMatch(/1,234\.567$/);
});

const now = Date.parse('2026-11-22T12:00:00Z');
const de = formatsFor('de-DE');
const [morning, noon, later] = ['2026-11-23T08:00:00Z', '2026-11-23T13:00:00Z', '2026-11-24T13:00:00Z'];

test('a window names its day once', () => {
  expect(promisedWindow({ from: morning, to: noon }, de, now)).toEqual({ from: 'morgen, 09:00', to: '14:00' });
  expect(promisedWindow({ from: morning, to: later }, de, now)).toEqual({
    from: 'morgen, 09:00',
    to: expect.stringMatching(/^Di\.?, 14:00$/),
  });
  expect(promisedWindow({ from: null, to: noon }, de, now)).toEqual({ from: null, to: 'morgen, 14:00' });
});

test('only what has not come is late', () => {
  const promised = { from: null, to: '2026-11-22T11:59:00Z' };
  const parcel = (status: Shipment['status'], window: Shipment['promised'] = promised) => ({ status, promised: window }) as Shipment;
  expect((['pre_transit', 'transit', 'failure', 'delivered', 'returned'] as const).map((status) => isLate(parcel(status), now))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(isLate(parcel('transit', null), now)).toBe(false);
  expect(isLate(parcel('transit', { from: null, to: noon }), now)).toBe(false);
});
