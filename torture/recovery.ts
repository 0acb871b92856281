import { pause } from './chance.ts';
import { type Beat, givenBetween } from './machine.ts';

/** What must go on: mails taken at a door, messages on a screen, conversations taken, offered, answers that arrive. */
const works = ['mail', 'screen', 'claim', 'offer', 'answer'] as const;
export type Work = (typeof works)[number];

/** After a fault everything goes on within so many seconds, as far as the machine has them for anybody (`machine.ts`). */
const goalSeconds = 5;
/** Longer it is not waited for; then it does not go on. */
const patienceMilliseconds = 30_000;

/** When work of each kind succeeded, and at whom: each screen counts for itself, of everything else it does not matter. */
export interface Successes {
  note(work: Work, at?: string): void;
  since(from: number): Line[];
}
interface Line {
  work: Work;
  times: number[];
}

export function noteSuccesses(): Successes {
  const lines = new Map<string, Line>();
  const lineOf = (work: Work, at: string): Line => {
    const line = lines.get(`${work} ${at}`) ?? { work, times: [] };
    lines.set(`${work} ${at}`, line);
    return line;
  };
  for (const work of works) if (work !== 'screen') lineOf(work, '');
  return {
    note: (work, at = '') => void lineOf(work, at).times.push(Date.now()),
    since: (from) => [...lines.values()].map(({ work, times }) => ({ work, times: times.filter((time) => time >= from) })),
  };
}

/** The longest time without a success of a kind after a fault, in seconds: by the clock, and as the machine had them for anybody. */
export interface Silence {
  work: Work;
  seconds: number;
  given: number;
}

/** Until each kind of work has succeeded again, or it is clear that it does not. */
export async function untilAllGoOn(successes: Successes, from: number): Promise<void> {
  for (const begun = Date.now(); Date.now() - begun < patienceMilliseconds; await pause(100))
    if (successes.since(from).every(({ times }) => times.length > 0)) return;
}

/** `anyScreen`: browsers were not told of it, and go by their own patience with a line that is dead; so not each of them counts. */
export function silencesSince(
  successes: Successes,
  from: number,
  beats: readonly Beat[],
  { anyScreen }: { anyScreen: boolean },
): Silence[] {
  const to = Date.now();
  const all = successes.since(from);
  return works.flatMap((work) => {
    const lines = all.filter((line) => line.work === work).map(({ times }) => times);
    const counted = work === 'screen' && anyScreen ? [lines.flat().toSorted((a, b) => a - b)] : lines;
    const gaps = counted.flatMap((times) => [...times, to].map((end, i) => [times[i - 1] ?? from, end] as const));
    const silences = gaps.map(([begin, end]) => ({
      work,
      seconds: (end - begin) / 1_000,
      given: givenBetween(beats, begin, end) / 1_000,
    }));
    return silences.toSorted((a, b) => b.given - a.given).slice(0, 1);
  });
}

export const tooLong = (silences: readonly Silence[], fault: string): string[] =>
  silences
    .filter(({ given }) => given > goalSeconds)
    .map(
      ({ work, seconds, given }) =>
        `after ${fault} no ${work} for ${seconds.toFixed(1)} s, of which the machine gave ${given.toFixed(1)} s`,
    );
