/**
 * What is known of a count whose rate is itself uncertain: gamma with mean `mean` and coefficient of variation `cv`, so the count is negative binomial
 * (specification 2.5).
 */
export interface Overdispersed {
  mean: number;
  cv: number;
}

/** The gamma's shape, and the negative binomial's number of successes. */
export const shapeOf = ({ cv }: Pick<Overdispersed, 'cv'>): number => 1 / cv ** 2;

export const varianceOf = ({ mean, cv }: Overdispersed): number => mean + (cv * mean) ** 2;

/** The least count that is not exceeded with this probability. Each probability follows from the one before, so nothing overflows. */
export function quantileOf({ mean, cv }: Overdispersed, share: number): number {
  const r = shapeOf({ cv });
  const odds = mean / (mean + r);
  let probability = Math.exp(r * Math.log(1 - odds));
  let sum = probability;
  let count = 0;
  while (sum < share && count < mean * 100 + 1_000) {
    probability *= ((r + count) / (count + 1)) * odds;
    count += 1;
    sum += probability;
  }
  return count;
}
