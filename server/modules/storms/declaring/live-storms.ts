import { remembered } from '../../../platform/concurrency/remembered.ts';
import { runningStorms, type StormRow } from './queries.ts';

const changing = new Set(['storms.declared', 'storms.changed', 'storms.ended']);

/** Those that are on, for what is asked every second: which queues rest. What gathers mentions reads the rows. */
export const liveStorms = remembered<readonly StormRow[]>(({ db }) => runningStorms(db), changing);
