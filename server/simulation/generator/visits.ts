import { type Customer, customerMaker, named } from '../../demo/everyday/customers.ts';
import { type Everyday, everyday, fresh } from '../../demo/everyday/everyday.ts';
import { type Chance, chance } from '../../demo/random.ts';
import { arrivals, expectedBySlot, type Way, ways, weekdayFactor } from './arrivals.ts';
import { exponential, logNormal } from './draws.ts';
import { posts } from './posts.ts';

/** One customer with one matter: when they write, and what they do as it goes on. Everything is decided before the day begins. */
export interface Visit {
  n: number;
  way: Way;
  /** Milliseconds after midnight in Berlin. */
  at: number;
  who: Customer;
  matter: Everyday;
  /** What both sides know it by: the order's number; of a post, which tells nobody that, its tag. */
  order: string;
  /** After so many milliseconds without an answer a visitor has gone, and whoever wrote a mail or a post writes once more. */
  patience: number;
  /** Their mail server, their page or the place they post in hands the same in once more, so much later. */
  repeatsAfter: number | null;
  /** What they write after an answer; and how long after it. */
  reaction: { kind: 'silent' | 'thanks' | 'asks'; after: number };
  /** How long whoever answers reads and writes, for the first answer and for a later one. */
  handling: readonly [first: number, later: number];
  /** Whether the answer settles it. */
  isSettled: boolean;
}

const minute = 60_000;
/** Medians; a chat is written in short sentences, a mail as a whole, and what everybody reads is read over once more. */
const handling: Readonly<Record<Way, { median: number; sigma: number }>> = {
  mail: { median: 4.5 * minute, sigma: 0.6 },
  chat: { median: 0.75 * minute, sigma: 0.5 },
  post: { median: 3 * minute, sigma: 0.5 },
};
const meanPatience: Readonly<Record<Way, number>> = { mail: 5 * 60 * minute, chat: 6 * minute, post: 60 * minute };
/** How long after an answer somebody writes again. */
const pauses: Readonly<Record<Way, readonly [from: number, to: number]>> = {
  mail: [5 * minute, 180 * minute],
  chat: [10_000, 60_000],
  post: [2 * minute, 60 * minute],
};

export interface DayPlan {
  /** As `2026-11-24`. */
  day: string;
  /** What an average day of the week brings. */
  conversations: number;
  seed: number;
}

/** All who write that day, in the order in which they do. The same plan gives the same day. */
export function planVisits({ day, conversations, seed }: DayPlan): Visit[] {
  const total = conversations * weekdayFactor(isoWeekday(day));
  const come = ways
    .flatMap((way, i) => arrivals(chance(seed * 31 + i), expectedBySlot(way, total)).map((at) => ({ way, at })))
    .toSorted((a, b) => a.at - b.at || a.way.localeCompare(b.way));
  // Nobody comes in the instant of somebody else: who is first must be clear.
  for (const [n, one] of come.entries()) one.at = Math.max(one.at, (come[n - 1]?.at ?? -1) + 1);
  const people = chance(seed * 37 + 5);
  const newCustomer = customerMaker(people);
  const matters = [...everyday, ...fresh];
  return come.map(({ way, at }, n) => visitOf(n + 1, way, at, people, newCustomer, matters));
}

function visitOf(
  n: number,
  way: Way,
  at: number,
  people: Chance,
  newCustomer: ReturnType<typeof customerMaker>,
  matters: readonly Everyday[],
): Visit {
  const matter = people.pick(way === 'post' ? posts : matters);
  const { language = 'de' } = matter;
  const who = language === 'de' ? newCustomer(matter.sex) : named(language, people, newCustomer);
  const { median, sigma } = handling[way];
  const mood = people.next();
  const kind = mood < 0.1 ? 'thanks' : mood < 0.3 ? 'asks' : 'silent';
  return {
    n,
    way,
    at,
    // Names come again, addresses do not: an answer must find back to whom it is for.
    who: { ...who, address: who.address.replace('@', `.${n}@`) },
    matter,
    order: `${way === 'post' ? '#hansekontor' : 'HK-'}${30_000_000 + n}`,
    patience: exponential(people, 1 / meanPatience[way]),
    repeatsAfter: people.percent(2) ? people.whole(1_000, 15 * minute) : null,
    reaction: { kind, after: people.whole(...pauses[way]) },
    handling: [logNormal(people, median, sigma), logNormal(people, median * 0.6, sigma)],
    isSettled: people.percent(65),
  };
}

/** 1 is Monday. */
export const isoWeekday = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
