import { quantile } from '../../modules/routing/index.ts';
import { contacts, playedOfHundred, type Way, ways } from '../generator/arrivals.ts';
import { deskMilliseconds } from '../generator/shifts.ts';
import type { Visit } from '../generator/visits.ts';
import { openFrom, openTo } from '../house/company.ts';
import type { Played } from '../play.ts';
import type { Found } from './check.ts';

/** Minutes within which a first answer is due, by the usual service levels of a new installation: of the hours in which somebody is there; of a post, of any hour. */
export const targetMinutes: Readonly<Record<Way, number>> = { mail: 240, chat: 2, post: 30 };
/** Who gives up sooner has opened the page by mistake. */
export const shortAbandonMilliseconds = 5_000;

export interface WayFigures {
  arrived: number;
  answered: number;
  /** Of them, within the time that was due. */
  inTime: number;
  /** Gone before the first answer; `short`: so soon that it counts as a slip. */
  abandoned: number;
  short: number;
  /** Not answered when the day ended, and due after it: neither kept nor missed. */
  notYetDue: number;
  /** Not answered, and overdue. */
  overdue: number;
  /** F6 of the usual six: in time / (all who came − short abandons); without those not yet due. Null where nobody came. */
  serviceLevel: number | null;
  /** From the first message to the first answer, by the clock on the wall, in seconds; of those answered. */
  waited: { p50: number; p90: number; p99: number; most: number } | null;
}

/** Everything but `measured` depends on the plan alone: the same seed gives the same figures. */
export interface Figures {
  day: string;
  seed: number;
  advisers: number;
  lookSeconds: number;
  /** Of a hundred contacts of a retailer, how many come by the ways that are played, and how many by the others. */
  mix: { played: number; leftOut: Readonly<Record<string, number>> };
  ways: Readonly<Record<Way, WayFigures>>;
  messagesIn: number;
  handedInAgain: number;
  answers: number;
  /** First answers that became overdue, as the system's own clocks said. */
  rang: number;
  /** Jain's index of what each was offered for the time at the desk: 1 is all alike. Null where nothing was offered. */
  fairness: number | null;
  proof: Omit<Found, 'examples'>;
  refused: Readonly<Record<string, number>>;
  measured: {
    setUpSeconds: number;
    daySeconds: number;
    conversationsPerSecond: number;
    /** Real milliseconds of a look that gave something out. */
    looks: number;
    lookP50: number | null;
    lookP95: number | null;
  };
}

export function figuresOf(
  played: Played,
  found: Found,
  plan: { day: string; seed: number; advisers: number; lookSeconds: number },
): Figures {
  const { visits, ledger, seconds, decisions } = played;
  const sorted = decisions.toSorted((a, b) => a - b);
  const { examples: _, ...proof } = found;
  return {
    day: plan.day,
    seed: plan.seed,
    advisers: plan.advisers,
    lookSeconds: plan.lookSeconds,
    mix: { played: playedOfHundred, leftOut: Object.fromEntries(Object.entries(contacts).filter(([way]) => !(way in targetMinutes))) },
    ways: Object.fromEntries(ways.map((way) => [way, wayFigures(way, played)])) as Record<Way, WayFigures>,
    messagesIn: ledger.handedIn.size,
    handedInAgain: ledger.repeats,
    answers: ledger.accepted.size,
    rang: ledger.rang,
    fairness: fairnessOf(played),
    proof,
    refused: Object.fromEntries([...ledger.refused].toSorted(([a], [b]) => a.localeCompare(b))),
    measured: {
      setUpSeconds: seconds.setUp,
      daySeconds: seconds.day,
      conversationsPerSecond: visits.length / seconds.day,
      looks: sorted.length,
      lookP50: quantile(sorted, 0.5),
      lookP95: quantile(sorted, 0.95),
    },
  };
}

function wayFigures(way: Way, { visits, ledger, midnight, end }: Played): WayFigures {
  const target = targetMinutes[way] * 60_000;
  const counts = { arrived: 0, answered: 0, inTime: 0, abandoned: 0, short: 0, notYetDue: 0, overdue: 0 };
  const waits: number[] = [];
  for (const visit of visits.filter((one) => one.way === way)) {
    counts.arrived += 1;
    const answeredAt = ledger.firstAnswer.get(visit.n);
    if (answeredAt !== undefined) {
      counts.answered += 1;
      waits.push((answeredAt - midnight - visit.at) / 1_000);
    }
    if (ledger.abandoned.has(visit.n)) {
      counts.abandoned += 1;
      if (visit.patience <= shortAbandonMilliseconds) counts.short += 1;
      continue;
    }
    const until = answeredAt === undefined ? end : answeredAt - midnight;
    const open = way === 'post' ? until - visit.at : openMilliseconds(visit.at, until);
    if (answeredAt !== undefined) counts.inTime += open <= target ? 1 : 0;
    else if (open > target) counts.overdue += 1;
    else counts.notYetDue += 1;
  }
  return { ...counts, serviceLevel: serviceLevel(counts), waited: waitedOf(waits) };
}

/** F6 of specification 2.1: whoever gave up is a failure unless it was a slip. */
export function serviceLevel({
  arrived,
  inTime,
  short,
  notYetDue,
}: Pick<WayFigures, 'arrived' | 'inTime' | 'short' | 'notYetDue'>): number | null {
  const all = arrived - short - notYetDue;
  return all > 0 ? inTime / all : null;
}

/** How much of the time between two instants of the day somebody is there. */
export const openMilliseconds = (from: Visit['at'], to: number): number =>
  Math.max(0, Math.min(to, openTo * 3_600_000) - Math.max(from, openFrom * 3_600_000));

/** Of what each was offered for the time at the desk; who was there for less than a quarter of an hour says nothing. */
function fairnessOf({ ledger, shifts, from, end }: Played): number | null {
  const loads = shifts.flatMap((shift, place) => {
    const there = deskMilliseconds(shift, from, end);
    return there < 15 * 60_000 ? [] : [(ledger.offered[place] ?? 0) / there];
  });
  return jain(loads);
}

/** Jain, Chiu and Hawe: 1 when all have alike, 1/n when one has everything. */
export function jain(all: readonly number[]): number | null {
  const sum = all.reduce((total, one) => total + one, 0);
  return sum === 0 ? null : sum ** 2 / (all.length * all.reduce((total, one) => total + one * one, 0));
}

function waitedOf(waits: readonly number[]): WayFigures['waited'] {
  const sorted = waits.toSorted((a, b) => a - b);
  const [p50, p90, p99, most] = [0.5, 0.9, 0.99, 1].map((share) => quantile(sorted, share) ?? 0) as [number, number, number, number];
  return sorted.length === 0 ? null : { p50, p90, p99, most };
}
