import type { Chance } from '../../demo/random.ts';
import { shapeOf } from './counts.ts';
import { gamma, poissonInstants } from './draws.ts';

const slotMinutes = 30;
const slotMilliseconds = slotMinutes * 60_000;

/** How uncertain the rate of half an hour is. */
export const usualCv = 0.15;

/** A day's share of an average day, Monday first. Orders are placed at the weekend and asked for on Monday. */
const weekdays = [1.25, 1.15, 1.05, 1.05, 1, 0.8, 0.7] as const;
const weekdayMean = weekdays.reduce((sum, one) => sum + one, 0) / weekdays.length;
export const weekdayFactor = (isoWeekday: number): number => (weekdays[isoWeekday - 1] ?? weekdayMean) / weekdayMean;

/** How many write in each hour of the day, against each other: quiet nights, a high morning, and once more after work. */
const hours = {
  mail: [4, 2, 1, 1, 1, 3, 10, 24, 44, 58, 62, 58, 50, 46, 46, 46, 46, 48, 52, 58, 58, 44, 24, 10],
  // The page offers the chat while somebody is there.
  chat: [0, 0, 0, 0, 0, 0, 0, 12, 30, 48, 58, 56, 48, 44, 44, 46, 48, 52, 60, 62, 54, 30, 0, 0],
  // On the phone in the evening, and at night too.
  post: [10, 6, 4, 2, 1, 2, 6, 14, 22, 28, 32, 34, 38, 36, 34, 36, 40, 46, 52, 60, 64, 58, 42, 24],
} as const;
export type Way = keyof typeof hours;
export const ways: readonly Way[] = ['mail', 'chat', 'post'];

/** How many of a hundred contacts come by which way (specification 6.3); `chat`: messengers, too; `post`: what everybody reads; `paper`: fax and letters. */
export const contacts = { phone: 45, mail: 25, chat: 15, post: 5, paper: 3, other: 7 } as const;
/** Only what has a door here is played; the others wait for theirs, and these share the day as they do there. */
export const playedOfHundred = ways.reduce((sum, way) => sum + contacts[way], 0);
export const wayShare = (way: Way): number => contacts[way] / playedOfHundred;

/** What each half hour of a day is expected to bring by one way, in the order of the day. */
export function expectedBySlot(way: Way, dayTotal: number): number[] {
  const curve = hours[way];
  const sum = curve.reduce<number>((total, one) => total + one, 0);
  const perHour = 60 / slotMinutes;
  return curve.flatMap((one) => Array.from({ length: perHour }, () => (dayTotal * wayShare(way) * one) / sum / perHour));
}

/** Milliseconds after midnight at which customers write first: Poisson in each half hour, with a rate that is gamma itself. */
export function arrivals(chance: Chance, expected: readonly number[], cv = usualCv): number[] {
  const shape = shapeOf({ cv });
  return expected.flatMap((mean, slot) => {
    if (mean <= 0) return [];
    const rate = (mean * gamma(chance, shape)) / shape;
    return poissonInstants(chance, rate, 1).map((at) => Math.floor((slot + at) * slotMilliseconds));
  });
}
