/** Counts vary more than by chance alone: the rate itself is never known better than this. */
const leastVariation = 0.15;
/** Each week further back counts by so much less. */
const fading = 0.8;
/** Only so many are a crowd. */
const leastCount = 10;
/** What is above it happens by chance in one of two hundred hours. */
export const alarmQuantile = 0.995;

/** A count to come: negative binomial, a chance count whose rate is uncertain, too. */
export interface Forecast {
  mean: number;
  /** Coefficient of variation of the rate. */
  variation: number;
}

/** What the same hour of the last weeks lets expect, newest first. Weeks that were unlike each other make it less sure. A pure function. */
export function forecastOf(counts: readonly number[]): Forecast {
  const weights = counts.map((_, n) => fading ** n);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const weighted = (of: (count: number) => number) => counts.reduce((sum, count, n) => sum + (weights[n] ?? 0) * of(count), 0) / whole;
  const mean = counts.length === 0 ? 0 : weighted((count) => count);
  if (mean === 0) return { mean: 0, variation: leastVariation };
  const beyondChance = (weighted((count) => (count - mean) ** 2) - mean) / mean ** 2;
  return { mean, variation: Math.max(leastVariation, Math.sqrt(Math.max(0, beyondChance))) };
}

/** The least count that a so great share of all counts is not above. */
export function quantileOf({ mean, variation }: Forecast, share: number): number {
  if (mean === 0) return 0;
  const r = 1 / variation ** 2;
  const q = r / (r + mean);
  let chance = q ** r;
  let below = chance;
  let count = 0;
  while (below < share) {
    chance *= ((count + r) / (count + 1)) * (1 - q);
    count += 1;
    below += chance;
  }
  return count;
}

/** Whether so many within an hour ask for somebody to look. */
export function isAlarming(count: number, forecast: Forecast): boolean {
  return count >= leastCount && count > quantileOf(forecast, alarmQuantile);
}
