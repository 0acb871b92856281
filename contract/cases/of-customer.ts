import { z } from 'zod';
import { endpoint, id, instant, page, paging } from '../core.ts';
import { commitmentLine, handover, statement } from './records.ts';

/** A case as a line names it. */
const namedCase = z.object({ id: z.string(), number: z.string(), subject: z.string() });

/** The beginning of a message, enough to know what it was about; the whole of it stands in its conversation. */
export const toldMessage = z.object({
  id: z.string(),
  conversationId: z.string(),
  channel: z.string(),
  subject: z.string(),
  kind: z.enum(['message', 'note']),
  direction: z.enum(['in', 'out', 'none']),
  visibility: z.enum(['public', 'private', 'internal']),
  author: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  text: z.string(),
  /** Whether `text` stops before the message does. */
  isCut: z.boolean(),
  files: z.number().int(),
});
export type ToldMessage = z.infer<typeof toldMessage>;

/** What happened to a concern beside what was written, or to the customer: `customers_merged`, `customers_unmerged` have no case. */
export const happeningKind = z.enum([
  'statement_made',
  'commitment_kept',
  'commitment_broken',
  'commitment_made_good',
  'commitment_released',
  'handover_briefed',
  'handover_accepted',
  'handover_declined',
  'handover_timed_out',
  'resolved',
  'merged',
  'unmerged',
  'split',
  'transferred',
  'customers_merged',
  'customers_unmerged',
]);
export type HappeningKind = z.infer<typeof happeningKind>;

export const happening = z.object({
  what: happeningKind,
  byId: z.string().nullable(),
  /** As it is now. */
  statement: statement.nullable(),
  handover: handover.pick({ id: true, fromId: true, to: true, state: true, reason: true, acceptedById: true }).nullable(),
  /** Of a merge, a split or a transfer: the other case, if the caller may read it. */
  other: namedCase.nullable(),
});
export type Happening = z.infer<typeof happening>;

/** One line of a customer's timeline: a message or a happening. */
export const customerMoment = z.object({
  id: z.string(),
  at: instant,
  case: namedCase.nullable(),
  message: toldMessage.nullable(),
  happening: happening.nullable(),
});
export type CustomerMoment = z.infer<typeof customerMoment>;

/** What was noted under one key in whatever cases, what was noted last first; a value that was noted twice counts once, at its latest. */
export const knownFact = z.object({
  key: z.string(),
  label: z.string(),
  values: z.array(z.object({ value: z.string(), at: instant, source: z.string(), case: namedCase })).min(1),
});
export type KnownFact = z.infer<typeof knownFact>;

export const ofCustomerEndpoints = {
  timelineOfCustomer: endpoint({
    method: 'GET',
    path: '/customers/:id/timeline',
    summary:
      'Everything written with a customer and what happened to their cases, newest first, as far as the caller may read it; a page may hold fewer than asked for, even none, and go on.',
    access: 'read_case',
    input: z.object({ id, ...paging, channel: z.string().max(40).optional(), caseId: id.optional() }),
    output: page(customerMoment),
  }),
  knownOfCustomer: endpoint({
    method: 'GET',
    path: '/customers/:id/known',
    summary: 'What a customer told already, with source and date, and what they are owed, from the cases the caller may read.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({
      facts: z.array(knownFact),
      /** Open and broken, the one due first on top. */
      commitments: z.array(commitmentLine),
      /** So many more cases know something that the caller reads only after a reason. */
      lockedCases: z.number().int(),
    }),
  }),
};
