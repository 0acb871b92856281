/**
 * A case number people can say on the phone: year, five or more digits, check digit: `26-48213-7`.
 * The middle is the running number scattered over its range, so that neighbours differ and nobody reads our volume off it;
 * the last digit is Damm's check digit (H. M. Damm, 2004), which finds every single wrong digit and every swap of two neighbours.
 */
export function caseNumber(running: number, year: number): string {
  const middle = scatter(running);
  const digits = `${String(year % 100).padStart(2, '0')}${middle}`;
  return `${digits.slice(0, 2)}-${middle}-${checkDigit(digits)}`;
}

/** What somebody typed or said, as our number; `mistyped` when it looks like one and its check digit does not fit; undefined when it is something else. */
export function readCaseNumber(text: string): { number: string } | 'mistyped' | undefined {
  const found = /^\s*(?:#|nr\.?|vorgang|case)?\s*(\d{2})[\s./-]*(\d{5,9})[\s./-]*(\d)\s*$/i.exec(text);
  if (!found) return undefined;
  const [, year = '', middle = '', check = ''] = found;
  return checkDigit(year + middle) === Number(check) ? { number: `${year}-${middle}-${check}` } : 'mistyped';
}

/** Our numbers inside a longer text, such as the subject of a mail; only with the hyphens, which nothing else is written with by chance. */
export const caseNumbersIn = (text: string): string[] =>
  [...text.matchAll(/(?<![\d-])(\d{2}-\d{5,9}-\d)(?![\d-])/g)]
    .map((found) => readCaseNumber(found[1] ?? ''))
    .flatMap((read) => (typeof read === 'object' ? [read.number] : []));

/** The first hundred thousand get five digits, the next million six, and so on; within a range every number is hit once. */
function scatter(running: number): string {
  let digits = 5;
  let range = 100_000;
  let rest = running;
  while (rest >= range) {
    rest -= range;
    digits += 1;
    range *= 10;
  }
  // A factor without 2 and 5 makes multiplication modulo a power of ten a permutation; bigint, because the product passes 2^53.
  return String((BigInt(rest) * 61_803_398_875_159n + 48_213n) % BigInt(range)).padStart(digits, '0');
}

// The totally anti-symmetric quasigroup of Damm's thesis.
const damm = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = damm[interim]?.[Number(digit)] ?? 0;
  return interim;
}

const berlinYear = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', year: 'numeric' });
/** The year a number begins with. */
export const yearInBerlin = (at: Date): number => Number(berlinYear.format(at));
