import { useSyncExternalStore } from 'react';
import type { TourStep } from '../../../platform/router/module.ts';
import { putAway } from '../frame/choices.ts';
import { modules } from '../frame/modules.ts';
import { isHeld, signedIn, useMe, useRight } from '../session.ts';

export type Stop = TourStep & { room: string };

/** Where somebody is in the tour; null while nobody goes through it. */
let at: number | null = null;
const listeners = new Set<() => void>();

function set(next: number | null): void {
  at = next;
  for (const listener of listeners) listener();
}

export const startTour = (): void => set(0);
export const goOn = (by: 1 | -1): void => set(at === null ? null : Math.max(0, at + by));
/** Leaving it anywhere is as good as its end: it is not offered again, and found in the help. */
export function leaveTour(): void {
  set(null);
  putAway('tour');
}

export const useTour = (): number | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => at,
  );

/** The room on top first, each as far as the person may do what it shows. */
export function stops(): Stop[] {
  const held = signedIn()?.rights ?? {};
  return modules()
    .toReversed()
    .flatMap(({ id: room, tour = [] }) => tour.map((step) => ({ ...step, room })))
    .filter(({ rights }) => !rights || rights.some((right) => isHeld(held[right])));
}

/** Whether the tour is offered: to whoever works here and has not put it away. */
export const useTourOffer = (): boolean => {
  const mayRead = useRight('read_case');
  return mayRead && !useMe().preferences.putAway.includes('tour');
};

/** The least height of the offer, so that its place is kept before it is there and nothing moves under a hand. */
export const offerHeight = 'min-h-[5.0625rem] sm:min-h-[2.3125rem]';
