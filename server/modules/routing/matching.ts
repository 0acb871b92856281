import type { Queue } from '../../../contract/routing.ts';
import { priorityName, type Wait } from '../conversations/index.ts';

type WorkFilter = Pick<Queue, 'channels' | 'visibility' | 'teamIds' | 'priorities'>;
/** What it goes by. */
export type Work = Pick<Wait, 'channel' | 'visibility' | 'teamId' | 'priority'>;

/** Whether a service level, or a queue, is for such a work. */
export const isFor = ({ channels, visibility, teamIds, priorities }: WorkFilter, work: Work): boolean =>
  fits(channels, [work.channel]) &&
  (visibility === 'any' || visibility === work.visibility) &&
  fits(teamIds, [work.teamId]) &&
  fits(priorities, [priorityName(work.priority)]);

/** Nothing wanted fits everything; else one of these is among it. */
export const fits = (wanted: readonly string[], these: readonly (string | null)[]): boolean =>
  wanted.length === 0 || these.some((one) => one !== null && wanted.includes(one));
