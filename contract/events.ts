/**
 * The catalogue of events: each domain's contract adds its own by declaration merging, `'<domain>.<what_happened>': { ids and facts }`.
 * Events carry ids and neutral facts only, never what a customer wrote or is called; so they need no erasure.
 * Fields ending in `Id` are what the browser sees of an event; records travel beside it (see `contract/stream.ts`).
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by the domains
export interface EventCatalogue {}

export type EventType = keyof EventCatalogue & string;
