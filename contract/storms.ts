import { z } from 'zod';
import { done, endpoint, id, instant, line, recordHead } from './core.ts';

export * from './storms/capacity.ts';

/** What a storm is about. Of what is said, all must hold, or one is enough; of the words one is always enough. */
export const stormAbout = z.object({
  match: z.enum(['all', 'any']),
  /** With all topics below it. */
  topicId: id.nullable(),
  /** In the subject, or in what the customer wrote last; however it is written. */
  words: z.array(line(100)).max(20),
  queueId: id.nullable(),
});
export type StormAbout = z.infer<typeof stormAbout>;

/** What advisers may answer: only a text that somebody else than its author approved is offered to them. */
export const stormText = z.object({
  version: z.number().int(),
  text: z.object({ de: z.string(), en: z.string() }),
  writtenBy: z.string(),
  writtenAt: instant,
  approvedBy: z.string().nullable(),
  approvedAt: instant.nullable(),
});
export type StormText = z.infer<typeof stormText>;

/** How it went: of all mentions, not of any person. */
export const stormOutcome = z.object({
  mentions: z.number().int(),
  answered: z.number().int(),
  /** Within thirty minutes. */
  answeredInTime: z.number().int(),
  exceptions: z.number().int(),
  /** Nine of ten answers were there within so many seconds; null where there was none. */
  p90Seconds: z.number().nullable(),
});
export type StormOutcome = z.infer<typeof stormOutcome>;

/** A date, as of a calendar. */
const date = z.iso.date();

/** What was learned: causes and measures, nobody's fault. */
export const stormReview = z.object({
  cause: z.string(),
  measure: z.string(),
  /** Who sees to the measure, and until when. */
  ownerId: z.string(),
  dueOn: date,
  reviewedAt: instant,
});
export type StormReview = z.infer<typeof stormReview>;

export const storm = z.object({
  ...recordHead,
  title: z.string(),
  ownerId: z.string(),
  about: stormAbout,
  from: instant,
  /** Null: nobody knows. */
  endsExpectedAt: instant.nullable(),
  benefit: z.string(),
  restingQueueIds: z.array(z.string()),
  secondsPerAnswer: z.number().int(),
  declaredBy: z.string().nullable(),
  declaredAt: instant,
  endedAt: instant.nullable(),
  reviewDueOn: date.nullable(),
  review: stormReview.nullable(),
});
export type Storm = z.infer<typeof storm>;

/** What everybody who answers customers sees of one that is on. */
export const runningStorm = storm.pick({ id: true, title: true, from: true, endsExpectedAt: true }).extend({
  /** The newest that is approved. */
  text: stormText.shape.text.nullable(),
});
export type RunningStorm = z.infer<typeof runningStorm>;

export const mentionState = z.enum(['waiting', 'answered', 'exception']);
export const stormMention = z.object({
  conversationId: z.string(),
  subject: z.string(),
  customerName: z.string(),
  state: mentionState,
  since: instant,
  /** When the answer is due by the service levels; null where none is. */
  dueAt: instant.nullable(),
  answeredAt: instant.nullable(),
  exception: z.string().nullable(),
});
export type StormMention = z.infer<typeof stormMention>;

/** Mentions whose texts are nearly the same; one reads one of them. */
export const stormCluster = z.object({
  /** The beginning of the first one's text. */
  text: z.string(),
  mentions: z.array(stormMention),
});
export type StormCluster = z.infer<typeof stormCluster>;

export const stormDetail = z.object({
  storm,
  /** Once it is over. Beside the storm, not in it: it is nobody's. */
  outcome: stormOutcome.nullable(),
  /** Newest first. */
  texts: z.array(stormText),
  counts: z.object({ waiting: z.number().int(), answered: z.number().int(), exception: z.number().int() }),
  /** Those the caller may read, what waits first; of very many the first two thousand. */
  clusters: z.array(stormCluster),
  /** Mentions of conversations the caller may not read, or beyond the first two thousand. */
  notShown: z.number().int(),
  /** How many say that they are free; nobody's name. */
  peopleFree: z.number().int(),
});
export type StormDetail = z.infer<typeof stormDetail>;

/** What a storm would gather. */
export const stormPreview = z.object({
  count: z.number().int(),
  /** There are more than were looked at. */
  isMore: z.boolean(),
  /** Some the caller may read. */
  examples: z.array(z.object({ conversationId: z.string(), subject: z.string(), customerName: z.string(), since: instant })),
});
export type StormPreview = z.infer<typeof stormPreview>;

/** Far more cases of a topic were opened within an hour than its earlier weeks let expect. A person declares a storm, or says that it is none. */
export const stormProposal = z.object({
  id: z.string(),
  topicId: z.string(),
  at: instant,
  count: z.number().int(),
  expected: z.number(),
  /** More than this comes by chance in one of two hundred hours. */
  bound: z.number().int(),
});
export type StormProposal = z.infer<typeof stormProposal>;

declare module './events.ts' {
  interface EventCatalogue {
    'storms.proposed': { proposalId: string; topicId: string };
    /** `stormId`: what was declared because of it; null where it was none. */
    'storms.proposal_closed': { proposalId: string; stormId: string | null };
    'storms.declared': { stormId: string };
    /** What it says, or its switches. */
    'storms.changed': { stormId: string };
    'storms.text_written': { stormId: string; version: number };
    'storms.text_approved': { stormId: string; version: number };
    /** A conversation is about it. */
    'storms.mentioned': { stormId: string; conversationId: string; teamId: string | null };
    'storms.exception_recorded': { stormId: string; conversationId: string; teamId: string | null };
    'storms.ended': { stormId: string };
    'storms.reviewed': { stormId: string };
  }
}

const reason = z.string().trim().min(1).max(500);
const text = z.string().max(10_000);

export const stormEndpoints = {
  storms: endpoint({
    method: 'GET',
    path: '/storms',
    summary: 'Those that are on, those whose review is not written, and the newest fifty, newest first; and what is proposed by count.',
    access: 'lead_storms',
    input: z.object({}),
    output: z.object({ items: z.array(storm), proposals: z.array(stormProposal) }),
  }),
  running: endpoint({
    method: 'GET',
    path: '/storms/running',
    summary: 'The storms that are on, each with the text that is approved.',
    access: 'use_snippets',
    input: z.object({}),
    output: z.object({ items: z.array(runningStorm) }),
  }),
  storm: endpoint({
    method: 'GET',
    path: '/storms/:id',
    summary: 'One storm with its texts, and its mentions in groups of nearly the same text.',
    access: 'lead_storms',
    input: z.object({ id }),
    output: stormDetail,
  }),
  ofConversation: endpoint({
    method: 'GET',
    path: '/conversations/:id/storms',
    summary: 'The storms that are on and that a conversation is about.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({ ids: z.array(z.string()) }),
  }),
  preview: endpoint({
    method: 'POST',
    path: '/storms/preview',
    summary: 'What a storm would gather, of the newest 2,000 who wrote since then. Changes nothing.',
    access: 'lead_storms',
    input: z.object({ about: stormAbout, from: instant }),
    output: stormPreview,
    errors: ['storms.about_nothing', 'storms.about_unknown', 'storms.from_too_early'],
  }),
  save: endpoint({
    method: 'PUT',
    path: '/storms/:id',
    summary: 'Declares a storm, or changes one that is on; `version` is the one the caller saw, 0 for a new one.',
    access: 'lead_storms',
    input: z.object({
      id,
      version: z.number().int().min(0),
      title: line(120),
      ownerId: id,
      about: stormAbout,
      from: instant,
      endsExpectedAt: instant.nullable(),
      benefit: z.string().trim().max(500),
      restingQueueIds: z.array(id).max(50),
      secondsPerAnswer: z.number().int().min(10).max(3_600),
      /** The proposal that led to it. */
      proposalId: id.optional(),
    }),
    output: z.object({ storm }),
    errors: [
      'core.conflict',
      'storms.about_nothing',
      'storms.about_unknown',
      'storms.from_too_early',
      'storms.owner_unknown',
      'storms.benefit_missing',
      'storms.queue_concerned',
      'storms.over',
    ],
  }),
  dismiss: endpoint({
    method: 'DELETE',
    path: '/storms/proposals/:id',
    summary: 'Says that what was proposed is no storm; it is not proposed again for some hours.',
    access: 'lead_storms',
    input: z.object({ id }),
    output: done,
  }),
  writeText: endpoint({
    method: 'POST',
    path: '/storms/:id/texts',
    summary: 'Writes the next version of what may be answered. Nobody is offered it before somebody else approves it.',
    access: 'lead_storms',
    creates: true,
    input: z.object({ id, text: z.object({ de: text, en: text }) }),
    output: stormText,
    errors: ['storms.over', 'storms.text_empty', 'storms.for_people'],
  }),
  approveText: endpoint({
    method: 'PUT',
    path: '/storms/:id/texts/:version/approval',
    summary: 'Approves a version that somebody else wrote; from then on it is the one that is offered.',
    access: 'lead_storms',
    input: z.object({ id, version: z.coerce.number().int() }),
    output: stormText,
    errors: ['storms.over', 'storms.own_text', 'storms.for_people', 'core.conflict'],
  }),
  except: endpoint({
    method: 'POST',
    path: '/storms/:id/exceptions',
    summary: 'Records why some mentions get no answer of their own. Those that are answered stay answered.',
    access: 'lead_storms',
    once: true,
    input: z.object({ id, conversationIds: z.array(id).min(1).max(200), reason }),
    output: z.object({ recorded: z.number().int() }),
    errors: ['storms.over'],
  }),
  end: endpoint({
    method: 'POST',
    path: '/storms/:id/end',
    summary: 'Ends a storm of whose mentions none waits, counts how it went, and says until when its review is due.',
    access: 'lead_storms',
    once: true,
    input: z.object({ id }),
    output: z.object({ storm, outcome: stormOutcome }),
    errors: ['storms.over', 'storms.still_waiting'],
  }),
  review: endpoint({
    method: 'PUT',
    path: '/storms/:id/review',
    summary: 'Writes down what was learned of a storm that is over: cause, measure, who sees to it, and until when.',
    access: 'lead_storms',
    input: z.object({
      id,
      version: z.number().int(),
      cause: z.string().trim().min(1).max(2_000),
      measure: z.string().trim().min(1).max(2_000),
      ownerId: id,
      dueOn: date,
    }),
    output: z.object({ storm }),
    errors: ['core.conflict', 'storms.not_over', 'storms.owner_unknown'],
  }),
};
