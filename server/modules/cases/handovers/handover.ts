import type { Handover } from '../../../../contract/cases.ts';

export type HandoverState = Handover['state'];

export const handoverEvents = ['read', 'accept', 'decline', 'time_out', 'confirm'] as const;
export type HandoverEvent = (typeof handoverEvents)[number];

/** Specification 4.3.15; there is no way to `accepted` but through `read`. */
export const transitions: Record<HandoverState, Partial<Record<HandoverEvent, HandoverState>>> = {
  briefed: { read: 'read', decline: 'declined', time_out: 'timed_out' },
  read: { read: 'read', accept: 'accepted', decline: 'declined', time_out: 'timed_out' },
  accepted: { confirm: 'customer_confirmed' },
  customer_confirmed: {},
  declined: {},
  timed_out: {},
};

export const nextState = (state: HandoverState, event: HandoverEvent): HandoverState | undefined => transitions[state][event];

export const isPending = (state: HandoverState): boolean => state === 'briefed' || state === 'read';

/** In a warm hand-over the customer is there and waits: after this long the old adviser has them back (specification 4.3.1). */
export const warmSeconds = 60;

/** Only a person can be told at once; a team is told by its queue and may take its time, unless the hand-over is warm. */
export const expiryOf = (mode: Handover['mode'], now: Date): Date | null =>
  mode === 'warm' ? new Date(now.getTime() + warmSeconds * 1_000) : null;
