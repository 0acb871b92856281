import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alike, cluster, shinglesOf, similarity } from './cluster.ts';

const said = (...texts: string[]) => texts.map((text, n) => ({ id: String(n), text }));

describe('texts that are nearly the same', () => {
  it.each([
    ['Der Kühlschrank kostet nur 1 Euro, gilt das?', 'der KUEHLSCHRANK kostet nur 2 Euro – gilt das??'],
    ['Schaut mal https://haus.example/a?x=1 der Preis ist falsch', 'Schaut mal https://haus.example/b der Preis ist falsch'],
    ['', ' 👍 '],
  ])('are together: “%s”, “%s”', (a, b) => expect(cluster(said(a, b))).toEqual([['0', '1']]));

  it.each([
    ['Wo ist mein Paket geblieben?', 'Der Preis im Laden ist falsch.'],
    ['Preis falsch', ''],
    ['Bitte storniert die Bestellung und behaltet das Geld', 'Das Geld und die Bestellung behaltet bitte storniert'],
  ])('others are not: “%s”, “%s”', (a, b) => expect(cluster(said(a, b))).toEqual([['0'], ['1']]));

  it('go to the group they are most alike, and of two alike to the first', () => {
    const first = 'a b c d e f g h i j k l';
    const second = 'x y c d e f g h i j z w';
    const between = 'x y c d e f g h i j k l';
    expect(cluster(said(first, second, between))).toEqual([['0', '2'], ['1']]);
    expect(cluster(said(first, second, 'x y c d e f g h i j z l'))).toEqual([['0'], ['1', '2']]);
  });
});

const word = fc.constantFrom('preis', 'falsch', 'eins', 'euro', 'bitte', 'und', 'haus', 'gilt');
const text = fc.array(word, { maxLength: 9 }).map((words) => words.join(' '));

describe('always', () => {
  it('everybody is in exactly one group, groups begin in order, and the same texts give the same groups', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 25 }), (texts) => {
        const all = said(...texts);
        const groups = cluster(all);
        expect(groups.flat().toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        const firsts = groups.map(([first]) => Number(first));
        expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
        expect(cluster(all)).toEqual(groups);
      }),
    );
  });

  it('comparing everything with everything, slowly, gives the same', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 25 }), (texts) => {
        const groups: string[][] = [];
        for (const { id, text: one } of said(...texts)) {
          const shares = groups.map(([first]) => similarity(shinglesOf(one), shinglesOf(texts[Number(first)] ?? '')));
          const best = Math.max(alike, ...shares);
          const place = shares.indexOf(best);
          if (place >= 0) groups[place]?.push(id);
          else groups.push([id]);
        }
        expect(cluster(said(...texts))).toEqual(groups);
      }),
      { numRuns: 300 },
    );
  });

  it('likeness is the same both ways, whole for the same, and never below none or above whole', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const share = similarity(shinglesOf(a), shinglesOf(b));
        expect(similarity(shinglesOf(b), shinglesOf(a))).toBe(share);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(similarity(shinglesOf(a), shinglesOf(a))).toBe(1);
      }),
    );
  });
});

it('two thousand texts take less than two seconds', () => {
  const words = Array.from({ length: 300 }, (_, n) => `wort${String.fromCodePoint(97 + (n % 26), 97 + Math.floor(n / 26))}`);
  const texts = Array.from({ length: 2_000 }, (_, n) =>
    Array.from({ length: 40 }, (__, m) => words[(n * 7 + m * (1 + (n % 50))) % words.length]).join(' '),
  );
  const began = performance.now();
  cluster(said(...texts));
  expect(performance.now() - began).toBeLessThan(2_000);
});
