/** Front door of the room: what rooms above may use. */

export { loadCase, type VisibleCase } from './access/visible.ts';
export { changeCase } from './changes/change-case.ts';
export { type CaseFacts, factsOf } from './facts.ts';
export { presentCases } from './present.ts';
export { findCases, mergedCases, ownersOf, survivorsOf } from './queries/cases.ts';
export { findStatements } from './commitments/queries.ts';
export { casesOfConversations } from './queries/links.ts';
export type { CaseRow, StatementRow } from './queries/rows.ts';
export { settleCases } from './state/settle.ts';
export { openedByTopic, topicParents, topicsOfCases } from './topics/queries.ts';
