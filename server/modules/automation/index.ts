/** Front door of the room: what rooms above may use. */

export { factsOf, type Known } from './matching/facts.ts';
export { fold } from './matching/fold.ts';
export type { Facts } from './matching/match.ts';
export { liveRules } from './rules/live-rules.ts';
