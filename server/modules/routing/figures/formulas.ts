import type { Formula } from '../../../../contract/routing.ts';

/** What became of those who waited in some time: answered or left, and how soon. */
export interface Outcomes {
  answered: number;
  answeredInTime: number;
  /** Left before an answer, or have none when it is due. */
  abandoned: number;
  /** Of them, those who left within the time there was to answer. */
  abandonedInTime: number;
  /** Of them, those who left so soon that they had hardly meant us. */
  abandonedShort: number;
}

/** The service level, from 0 to 1, by each of the six formulas in use (specification 2.1); null where nobody waited. The formula is part of the figure's name. */
export function serviceLevel(formula: Formula, of: Outcomes): number | null {
  const { good, all } = countedBy(formula, of);
  return all > 0 ? good / all : null;
}

/** What a formula counts as good, and of how many. */
export function countedBy(formula: Formula, of: Outcomes): { good: number; all: number } {
  const { answered, answeredInTime, abandoned, abandonedInTime, abandonedShort } = of;
  const [good, all] = {
    F1: [answeredInTime + abandonedInTime, answered + abandoned],
    F2: [answeredInTime, answered],
    F3: [answeredInTime, answered + abandoned],
    F4: [answeredInTime, answered + abandoned - abandonedInTime],
    F5: [answeredInTime + abandonedShort, answered + abandoned],
    F6: [answeredInTime, answered + abandoned - abandonedShort],
  }[formula] as [number, number];
  return { good, all };
}

const z = 1.959964;

/** The 95 % interval of a share (Wilson): where it lies when so few of many were counted. */
export function wilson(good: number, all: number): { low: number; high: number } {
  if (all === 0) return { low: 0, high: 1 };
  const p = good / all;
  const scale = 1 + z ** 2 / all;
  const centre = (p + z ** 2 / (2 * all)) / scale;
  const half = (z * Math.sqrt((p * (1 - p)) / all + z ** 2 / (4 * all ** 2))) / scale;
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The value that so great a share of the sorted values is not above. */
export const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted.length === 0 ? null : (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null);
