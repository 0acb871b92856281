/** Front door of the room: what rooms above may use. */

export { quantile } from './figures/formulas.ts';
export { routingRules } from './rules.ts';
