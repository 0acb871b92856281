import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planVisits, type Visit } from '../generator/visits.ts';
import { emptyLedger, type Ledger } from '../people/ledger.ts';
import { isProven, judge } from './check.ts';
import { quantile } from '../../modules/routing/index.ts';
import { jain, openMilliseconds, serviceLevel } from './figures.ts';
import { niceAbove } from './picture.ts';

const hour = 3_600_000;

describe('the figures', () => {
  it('give the service level of the specification’s vector, by F6', () => {
    // 1,000 answered, 860 of them within 20 s; 60 gave up, 10 of them within 5 s.
    expect(serviceLevel({ arrived: 1_060, inTime: 860, short: 10, notYetDue: 0 })).toBeCloseTo(0.819, 3);
    expect(serviceLevel({ arrived: 3, inTime: 0, short: 0, notYetDue: 3 })).toBeNull();
  });

  it('give Jain’s index: the specification’s vector, 1 where all have alike, 1/n where one has everything', () => {
    expect(jain([10, 12, 8, 10])).toBeCloseTo(0.98039, 5);
    expect(jain([0, 0])).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.1, max: 9, noNaN: true }), (n, each) => {
        expect(jain(Array(n).fill(each))).toBeCloseTo(1, 9);
        expect(jain([each, ...Array(n - 1).fill(0)])).toBeCloseTo(1 / n, 9);
      }),
    );
  });

  it('count the hours in which somebody is there', () => {
    expect(openMilliseconds(8 * hour, 9 * hour)).toBe(hour);
    expect(openMilliseconds(5 * hour, 8 * hour)).toBe(hour);
    expect(openMilliseconds(21 * hour, 24 * hour)).toBe(hour);
    expect(openMilliseconds(22.5 * hour, 24 * hour)).toBe(0);
  });

  it('name a value that as many do not exceed as was asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const sorted = all.toSorted((a, b) => a - b);
        const found = quantile(sorted, share) ?? Number.NaN;
        expect(sorted.filter((one) => one <= found).length).toBeGreaterThanOrEqual(share * all.length - 1e-9);
        expect(sorted.filter((one) => one < found).length).toBeLessThan(share * all.length + 1e-9);
      }),
    );
    expect(quantile([], 0.5)).toBeNull();
  });

  it('are drawn up to a round number', () => {
    expect([1, 3, 17, 50, 101].map(niceAbove)).toEqual([2, 4, 20, 100, 200]);
  });
});

describe('the witnesses', () => {
  const [visit] = planVisits({ day: '2026-11-24', conversations: 50, seed: 1 }) as [Visit];
  const row = (id: string, direction: string, seq: number, platformId: string | null = null) => ({
    id,
    platformId,
    direction,
    seq,
    conversationId: 'c',
  });
  const told = (change: (ledger: Ledger) => void = () => {}): Ledger => {
    const ledger = emptyLedger(1);
    for (const id of ['mail@kunde.example', 'sentence-7-1', 'post-8-1']) ledger.handedIn.set(id, { visit, at: 0 });
    for (const id of ['answer', 'shown', 'posted']) ledger.accepted.set(id, { visit, at: 0 });
    ledger.caughtMails.set('answer@us.example', 1);
    ledger.shownInPage.set('shown', 1);
    ledger.shownOnWall.set('posted', 1);
    change(ledger);
    return ledger;
  };
  const rows = [
    row('1', 'in', 1, 'mail@kunde.example'),
    row('answer', 'out', 2, 'answer@us.example'),
    row('2', 'in', 3, 'talk.sentence-7-1'),
    row('shown', 'out', 4, 'shown'),
    row('3', 'in', 5, 'post-8-1'),
    row('posted', 'out', 6, 'posted'),
  ];

  it('agree where everything arrived once', () => {
    const found = judge(rows, told());
    expect(found).toEqual({ lostIn: 0, doubledIn: 0, lostOut: 0, doubledOut: 0, answeredTwice: 0, examples: [] });
    expect(isProven(found)).toBe(true);
  });

  it.each([
    ['a message that no conversation has', rows.slice(1), told(), 'lostIn'],
    ['a message that stands there twice', [...rows, row('4', 'in', 7, 'mail@kunde.example')], told(), 'doubledIn'],
    ['an answer that nobody got', rows, told((ledger) => ledger.caughtMails.clear()), 'lostOut'],
    ['an answer that a page never showed', rows, told((ledger) => ledger.shownInPage.clear()), 'lostOut'],
    ['an answer that never stood on the wall', rows, told((ledger) => ledger.shownOnWall.clear()), 'lostOut'],
    ['an answer that stands on the wall twice', rows, told((ledger) => ledger.shownOnWall.set('posted', 2)), 'doubledOut'],
    ['an answer that came twice', rows, told((ledger) => ledger.caughtMails.set('answer@us.example', 2)), 'doubledOut'],
    [
      'two answers to the same',
      [rows[0], rows[1], row('shown', 'out', 3, 'shown'), row('2', 'in', 4, 'sentence-7-1'), rows[4], rows[5]],
      told(),
      'answeredTwice',
    ],
  ] as const)('find %s', (_, held, ledger, which) => {
    const found = judge(held as typeof rows, ledger);
    expect(found[which]).toBe(1);
    expect(isProven(found)).toBe(false);
    expect(found.examples).toHaveLength(1);
  });
});
