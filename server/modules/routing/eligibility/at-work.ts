import type { Location } from '../../../../contract/workspace.ts';
import { type Calendar, openBetween } from '../../workspace/index.ts';

const minute = 60_000;

/**
 * Whether somebody is given work where they are: elsewhere at any time they say they are available, in the office while the relation centre is open. Of who did
 * not say where, being available is enough.
 */
export const isAtWork = (location: Location | null, site: Calendar, now: Date): boolean =>
  location !== 'office' || openBetween(site, now.getTime(), now.getTime() + minute) > 0;
