/** Front door of the room: what rooms above may use. */
export { settleCases } from './actions/settle.ts';
export { type CaseFacts, factsOf } from './facts.ts';
export { presentCases } from './present.ts';
export { findCases } from './queries/cases.ts';
export { casesOfConversations } from './queries/links.ts';
export type { CaseRow } from './queries/rows.ts';
export { loadCase, type VisibleCase } from './visible.ts';
