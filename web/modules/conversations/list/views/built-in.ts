import type { builtInViews } from '../../../../../contract/conversations.ts';

/** The views every company starts with, in the order of the rail. */
export const builtIn: readonly (typeof builtInViews)[number][] = [
  'mine',
  'unassigned',
  'open',
  'waiting',
  'snoozed',
  'mentions',
  'resolved',
  'spam',
];

export const isBuiltIn = (viewId: string): boolean => builtIn.some((key) => key === viewId);
