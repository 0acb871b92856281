import type { Chance } from '../../demo/random.ts';

/** Waiting time until the next of what happens so many times in a unit of time. */
export const exponential = (chance: Chance, rate: number): number => -Math.log(1 - chance.next()) / rate;

/** Box and Muller; the second value they give is not kept, so that each question takes as much chance as the others. */
export const normal = (chance: Chance): number => Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());

/** By its median and the deviation of its logarithm, as handling times are usually told. */
export const logNormal = (chance: Chance, median: number, sigma: number): number => median * Math.exp(sigma * normal(chance));

/** Gamma with mean `shape` and scale 1, by Marsaglia and Tsang (2000); below 1 with their boost. */
export function gamma(chance: Chance, shape: number): number {
  if (shape < 1) return gamma(chance, shape + 1) * (1 - chance.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(chance);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - chance.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Instants of a Poisson process of this rate, from 0 up to `length`. */
export function poissonInstants(chance: Chance, rate: number, length: number): number[] {
  const found: number[] = [];
  if (rate <= 0) return found;
  for (let at = exponential(chance, rate); at < length; at += exponential(chance, rate)) found.push(at);
  return found;
}
