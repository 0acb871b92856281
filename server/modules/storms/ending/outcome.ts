import { answerMinutes, type StormOutcome } from '../../../../contract/storms.ts';
import { quantile } from '../../routing/index.ts';
import type { Standing } from '../mentions/states.ts';

/** How it went, counted honestly: whoever got no answer is in no time, and how long answers took is said of all that were given. A pure function. */
export function outcomeOf(mentions: readonly Pick<Standing, 'state' | 'since' | 'answeredAt'>[]): StormOutcome {
  const took = mentions
    .flatMap(({ since, answeredAt }) => (answeredAt ? [(answeredAt.getTime() - since.getTime()) / 1_000] : []))
    .toSorted((a, b) => a - b);
  return {
    mentions: mentions.length,
    answered: took.length,
    answeredInTime: took.filter((seconds) => seconds <= answerMinutes * 60).length,
    exceptions: mentions.filter(({ state }) => state === 'exception').length,
    p90Seconds: quantile(took, 0.9),
  };
}
