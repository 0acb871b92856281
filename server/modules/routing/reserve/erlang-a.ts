/** A line with people behind it, some of whom give up: Erlang A (Palm), after specification 2.2. All times in seconds. */
export interface Line {
  perSecond: number;
  handling: number;
  /** After how long the one who waits gives up, on average. */
  patience: number;
  /** How many can be served at once. */
  servers: number;
}

export interface Served {
  /** Who has to wait at all. */
  waits: number;
  /** Who gives up. */
  abandons: number;
  /** Of all who come, those who are served within the time. */
  within: number;
}

/** Also where more come than can be served. No special function is needed: the incomplete beta of a whole number is a sum of positive terms. */
export function erlangA({ perSecond, handling, patience, servers: n }: Line, seconds: number): Served {
  const [mu, theta] = [1 / handling, 1 / patience];
  const alpha = (n * mu) / theta;
  const x = Math.exp(-theta * seconds);
  let [r, sum, abandons, within] = [1, 0, 0, 0];
  let term = Math.exp(-theta * seconds * (alpha + 1));
  let beta = term;
  for (let j = 0; ; j += 1) {
    if (j > 0) {
      r *= perSecond / (n * mu + j * theta);
      term *= ((1 - x) * (alpha + j)) / j;
      beta += term;
    }
    sum += r;
    abandons += (r * (j + 1)) / (alpha + j + 1);
    within += ((r * alpha) / (alpha + j + 1)) * (1 - beta);
    if (r < 1e-16 * sum) break;
  }
  const all = 1 / erlangB(n, perSecond * handling) - 1 + sum;
  return { waits: sum / all, abandons: abandons / all, within: 1 - sum / all + within / all };
}

/** The share that finds every server busy, if nobody waits. No factorials: every value stays between 0 and 1. */
export function erlangB(servers: number, load: number): number {
  let busy = 1;
  for (let k = 1; k <= servers; k += 1) busy = (load * busy) / (k + load * busy);
  return busy;
}
