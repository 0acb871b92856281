import { z } from 'zod';
import { answerClock, priority } from './conversations.ts';
import { asOf, done, endpoint, id, instant, line, page, paging } from './core.ts';
import { skillLevel } from './workspace/records.ts';

const minutes = z.number().int().min(1).max(525_600).nullable();

/** What a service level or a queue is for; empty lists fit everything. */
const workFilter = {
  /** Kinds of channel, such as `email`. */
  channels: z.array(z.string().max(40)).max(20),
  visibility: z.enum(['any', 'public', 'private']),
  teamIds: z.array(id).max(100),
  priorities: z.array(priority).max(4),
};

/** What we owe whoever writes: how soon an answer is due. The first of the list that fits a conversation counts. */
export const serviceLevel = z.object({
  name: line(60),
  ...workFilter,
  /** `site`: minutes of the opening hours of the team's relation centre. `always`: minutes of any hour of any day. */
  hours: z.enum(['site', 'always']),
  firstAnswerMinutes: minutes,
  nextAnswerMinutes: minutes,
  /** From the first message to the solution, while the customer has not to answer. */
  solutionMinutes: minutes,
  /** How much of the time has passed when it counts as near due. */
  warnPercent: z.number().int().min(1).max(99),
});
export type ServiceLevel = z.infer<typeof serviceLevel>;

/** The service levels that hold now, with those that are to come. */
export const serviceLevels = z.object({
  /** Null while nobody has set any: then they are the usual ones. */
  validFrom: instant.nullable(),
  levels: z.array(serviceLevel),
  coming: z.array(z.object({ validFrom: instant, levels: z.array(serviceLevel) })),
});
export type ServiceLevels = z.infer<typeof serviceLevels>;

/** A skill somebody must have, from this level on. */
export const skillNeed = z.object({ skillId: id, level: skillLevel });
export type SkillNeed = z.infer<typeof skillNeed>;

/** Work of one kind, and what whoever takes it must be able to do. A conversation stands in the first queue of the list that fits it. */
export const queue = z.object({
  id,
  name: line(60),
  ...workFilter,
  /** Topics of cases; those below them count, too. */
  topicIds: z.array(id).max(200),
  /** Languages the customer speaks, as in their profile: `en`, `tr`. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).max(20),
  needs: z.array(skillNeed).max(10),
  /** Whether it is offered to whoever is free, one after another; else it only waits to be taken. */
  isOffered: z.boolean(),
  /** For what is live: in each team so many people who can do it get nothing that could wait, unless it is nearly due. */
  keepFree: z.number().int().min(0).max(50),
  /** Other teams to whom it is offered as well, to people who are free and can do it: while the own site is closed, or to whom waited for so long. */
  overflow: z.object({
    teamIds: z.array(id).max(100),
    whenClosed: z.boolean(),
    afterMinutes: z.number().int().min(1).max(10_080).nullable(),
  }),
});
export type Queue = z.infer<typeof queue>;

/** Kinds of work that leave a hand free, by how much of a person they take; calls, video and visits take all of one. `mail`: also letters. `message`: to and fro without a subject. */
export const workKinds = ['public', 'chat', 'mail', 'message'] as const;
export type WorkKind = (typeof workKinds)[number];
/** As much as one person is offered at once. */
export const mostUnits = 100;
const share = z.number().int().min(1).max(mostUnits);
/** What a conversation of each kind takes of it. */
export const units = z.object({ public: share, chat: share, mail: share, message: share });
export type Units = z.infer<typeof units>;

/** How much fits into one hand; version 0 is the usual, until somebody sets something else. */
export const workUnits = z.object({ version: z.number().int().min(0), units });
export type WorkUnits = z.infer<typeof workUnits>;

/** How many people to keep free for a queue, from what came lately: a proposal, and nothing is set by it. */
export const reserveProposal = z.object({
  /** So many hours were looked at. */
  hours: z.number().int(),
  /** What came in them. */
  arrivals: z.number().int(),
  /** For the team that needs most. */
  people: z.number().int(),
});
export type ReserveProposal = z.infer<typeof reserveProposal>;

/** Work offered to somebody who is free. It is accepted by taking the conversation; left alone until its end it goes on to somebody else. */
export const offer = z.object({
  id,
  conversationId: id,
  at: instant,
  until: instant,
  why: z.object({
    queue: z.string(),
    /**
     * `known`: they are in charge of its case. `wish`: the customer asked for them. `only`: nobody else is free who can do it.
     * `kept`: others who are free are kept for what is live. `skill`: others who are free can do more than it takes.
     * `turn`: nobody who is free has been without an offer for longer.
     */
    because: z.enum(['known', 'wish', 'only', 'kept', 'skill', 'turn']),
    /** How many were free who can do it. */
    free: z.number().int(),
    /** Of work of another team: which, and why they help; `closed`: its site is closed, `long`: the customer has waited for long. */
    helps: z.object({ team: z.string(), because: z.enum(['closed', 'long']) }).nullable(),
  }),
});
export type Offer = z.infer<typeof offer>;

/** Why *Next* gave somebody a conversation: what it came first by, as it was then. */
export const nextReason = z.object({
  at: instant,
  /** `undated`: nothing among it had a time by which the view orders. */
  because: z.enum(['overdue', 'due', 'waiting', 'newest', 'oldest', 'priority', 'undated']),
  /** What it was the first of: all that was free, so much of it as they can do, or what is assigned to them. */
  among: z.enum(['free', 'able', 'assigned']),
  /** The time by which it came first; null where it was none. */
  when: instant.nullable(),
  queueId: z.string().nullable(),
  /** Whether they had the customer just then. */
  isServing: z.boolean(),
});
export type NextReason = z.infer<typeof nextReason>;

interface OfferFacts {
  offerId: string;
  conversationId: string;
  personId: string;
}

/** How it stands now: who waits, and how many are there for them. Counts alone; of nobody what they do, and of no time but now. */
export const standing = z.object({
  at: instant,
  lines: z.array(
    z.object({
      teamId: z.string(),
      /** Null: no queue fits. */
      queueId: z.string().nullable(),
      waiting: z.number().int(),
      /** Of them, those whom nobody has. */
      free: z.number().int(),
      nearDue: z.number().int(),
      overdue: z.number().int(),
      oldestSince: instant,
      /** When the next of those that are not overdue is. */
      nextDueAt: instant.nullable(),
    }),
  ),
  /** Who has the desk open, by what they say of themselves; a recovery pause is a break. */
  people: z.array(
    z.object({
      teamId: z.string(),
      available: z.number().int(),
      busy: z.number().int(),
      break: z.number().int(),
      training: z.number().int(),
    }),
  ),
});
export type Standing = z.infer<typeof standing>;

/** What can become overdue: an answer, the solution of a case, what was promised. */
export const breachClocks = ['first_answer', 'next_answer', 'solution', 'promise'] as const;
export type BreachClock = (typeof breachClocks)[number];

const beforeUs = ['not_here', 'elsewhere'] as const;
const withUs = ['assigned', 'in_hand', 'handover', 'expert', 'third_party', 'customer', 'at_rest'] as const;
/** What the time before something was due went into. */
export const latePhases = [...beforeUs, 'in_queue', ...withUs] as const;
export type LatePhase = (typeof latePhases)[number];

/**
 * Why something became overdue: where most of its time went. What lay in the queue was `not_taken`, or there was `nobody_there`;
 * `not_here`: it reached us late; `elsewhere`: with another team. `customer`: they had to answer, and what was promised waits for nobody; `at_rest`: every
 * conversation was over, and nobody came back to it.
 */
export const lateCauses = ['nobody_there', 'not_taken', ...beforeUs, ...withUs] as const;
export type LateCause = (typeof lateCauses)[number];
const lateCause = z.enum(lateCauses);

/** An answer, a solution or a promise that became overdue, and why. It speaks of the work, and of nobody who did it. */
export const breach = z.object({
  id,
  clock: z.enum(breachClocks),
  /** Of an answer. */
  conversationId: z.string().nullable(),
  /** Of a solution or a promise. */
  caseId: z.string().nullable(),
  subject: z.string(),
  customerName: z.string(),
  channel: z.string(),
  /** What was promised. */
  promise: z.string().nullable(),
  since: instant,
  dueAt: instant,
  /** When it was answered, or solved. */
  doneAt: instant.nullable(),
  /** `open`: the customer still waits for it. `done`: answered, solved, made good. `ended`: nobody waits for it any more. */
  state: z.enum(['open', 'done', 'ended']),
  teamId: z.string().nullable(),
  queueId: z.string().nullable(),
  cause: lateCause,
  /** Minutes that count, until it was due. */
  phases: z.partialRecord(z.enum(latePhases), z.number().int()),
  /** How many of the team were there when it became overdue; null for a team of fewer than eight, and when that was noticed only later, since nothing ran here. */
  peopleThere: z.number().int().nullable(),
});
export type Breach = z.infer<typeof breach>;

/** Why a figure is not shown: so that nobody can be told from it, by itself or beside another. */
export const withheldReasons = ['few_people', 'few_contacts', 'one_dominates', 'would_reveal'] as const;
export type Withheld = (typeof withheldReasons)[number];

/**
 * The service levels in use (specification 2.1): they differ in what becomes of those who left before an answer. F6 is shown unless somebody asks for another: who leaves without an
 * answer is a failure, unless it was a mistake.
 */
export const formulas = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6'] as const;
export type Formula = (typeof formulas)[number];
export const usualFormula: Formula = 'F6';

/** How the answers that were due in a week stood to their time, of a team, a site or the company; from eight people and thirty contacts on. */
export const serviceFigure = z.object({
  groupKind: z.enum(['team', 'site', 'company']),
  /** Null for the company. */
  groupId: z.string().nullable(),
  channel: z.string(),
  clock: answerClock,
  /** Then there are no figures. */
  withheld: z.enum(withheldReasons).nullable(),
  figures: z
    .object({
      /** Answers that were due. */
      n: z.number().int(),
      inTime: z.number().int(),
      late: z.number().int(),
      /** Had no answer when the week was over. */
      unanswered: z.number().int(),
      /** Left before an answer and got none; null where the channel cannot know, and in weeks before it was counted. */
      abandoned: z.object({ all: z.number().int(), inTime: z.number().int(), short: z.number().int() }).nullable(),
      /** The service level by each formula, from 0 to 1 with its 95 % interval; null where nothing is left to count. */
      levels: z.array(
        z.object({
          formula: z.enum(formulas),
          good: z.number().int(),
          of: z.number().int(),
          share: z.number().nullable(),
          low: z.number(),
          high: z.number(),
        }),
      ),
      /** Minutes from the message to the answer: of half, of nine in ten, the longest. */
      p50: z.number().int().nullable(),
      p90: z.number().int().nullable(),
      longest: z.number().int().nullable(),
    })
    .nullable(),
});
export type ServiceFigure = z.infer<typeof serviceFigure>;

/** What became of an answer that was due, as a figure counts it. */
export const outcomes = ['in_time', 'late', 'abandoned', 'unanswered'] as const;
export type Outcome = (typeof outcomes)[number];

/** A wait that a team's figure counts. It names nobody who answered. */
export const countedWait = z.object({
  conversationId: id,
  subject: z.string(),
  customerName: z.string(),
  since: instant,
  dueAt: instant,
  outcome: z.enum(outcomes),
  /** From the message to the answer. */
  minutes: z.number().int().nullable(),
});
export type CountedWait = z.infer<typeof countedWait>;

/** One wait of a customer for an answer, as its messages tell it. */
export const waitForAnswer = z.object({
  clock: answerClock,
  since: instant,
  /** When it was answered; null while it waits. */
  answeredAt: instant.nullable(),
  /** Null where no service level says. */
  due: z
    .object({ at: instant, nearAt: instant, level: z.string(), hours: z.enum(['site', 'always']), minutes: z.number().int() })
    .nullable(),
  isLate: z.boolean(),
});
export type WaitForAnswer = z.infer<typeof waitForAnswer>;

/** How long the solution of a case takes so far. */
export const solutionClock = z.object({
  state: z.enum(['running', 'resting', 'stopped']),
  startedAt: instant,
  stoppedAt: instant.nullable(),
  /** As it will be if it runs on; null while it rests, unless it was due before. */
  dueAt: instant.nullable(),
  isLate: z.boolean(),
  /** Of those that count: opening hours or any, without those in which it rested. */
  elapsedMinutes: z.number().int(),
  minutes: z.number().int(),
  level: z.string(),
  hours: z.enum(['site', 'always']),
});
export type SolutionClock = z.infer<typeof solutionClock>;

interface AnswerClockRang {
  conversationId: string;
  customerId: string;
  teamId: string | null;
  caseId: string | null;
  assigneeId: string | null;
  clock: 'first_answer' | 'next_answer';
  /** When the customer began to wait. */
  since: string;
  dueAt: string;
  /** When it came true; the event itself may be later, after a time in which nothing ran. */
  trueAt: string;
}

interface SolutionClockRang {
  caseId: string;
  customerId: string;
  teamIds: string[];
  /** The team whose service level and opening hours it goes by: that of the conversation the case began with. */
  teamId: string | null;
  ownerId: string | null;
  /** When its clock began. */
  startedAt: string;
  dueAt: string;
  /** When it came true; the event itself may be later, after a time in which nothing ran, or in which the clock rested. */
  trueAt: string;
}

/**
 * Who is told that an answer, or the solution of a case, is nearly due, or overdue: whoever has it, and of what nobody has, or is overdue, those who lead its team;
 * all of the team where there is nobody else.
 */
export function toldOfDue(
  isOverdue: boolean,
  holderIds: readonly string[],
  { leadIds, memberIds }: { leadIds: readonly string[]; memberIds: readonly string[] },
): readonly string[] {
  const told = isOverdue || holderIds.length === 0 ? [...holderIds, ...leadIds] : holderIds;
  return told.length > 0 ? [...new Set(told)] : memberIds;
}

declare module './events.ts' {
  interface EventCatalogue {
    /** Service levels were set, from `validFrom` on. */
    'routing.service_levels_changed': { validFrom: string; recomputes: boolean };
    /** All queues were set anew; so many there are now. */
    'routing.queues_changed': { queues: number };
    /** It was set how much of a person each kind of work takes. */
    'routing.work_units_changed': { version: number };
    /** Somebody who is free is offered a conversation. */
    'routing.offered': OfferFacts;
    /** It was taken, left to others, not answered, or is no longer to be had. */
    'routing.offer_ended': OfferFacts & { state: 'accepted' | 'declined' | 'timed_out' | 'withdrawn' };
    /** Due times and queues were computed anew; so many have moved. */
    'routing.dues_recomputed': { moved: number };
    /** The answer a customer waits for is nearly due. */
    'routing.answer_near_due': AnswerClockRang;
    /** The answer a customer waits for is overdue. */
    'routing.answer_overdue': AnswerClockRang;
    /** The solution of a case is nearly due. */
    'routing.solution_near_due': SolutionClockRang;
    /** The solution of a case is overdue. */
    'routing.solution_overdue': SolutionClockRang;
  }
}

export const routingEndpoints = {
  serviceLevels: endpoint({
    method: 'GET',
    path: '/service-levels',
    summary: 'How soon answers are due: the service levels that hold now, and those to come.',
    access: 'signed_in',
    input: z.object({}),
    output: serviceLevels,
  }),
  setServiceLevels: endpoint({
    method: 'PUT',
    path: '/service-levels',
    summary:
      'Sets the service levels from now on, or from a later instant. Who waits already keeps what held when they wrote, unless it is recomputed on purpose.',
    access: 'manage_workspace',
    input: z.object({ levels: z.array(serviceLevel).min(1).max(50), validFrom: instant.optional(), recompute: z.boolean().default(false) }),
    output: serviceLevels,
    errors: ['routing.begins_in_the_past', 'routing.team_unknown'],
  }),
  queues: endpoint({
    method: 'GET',
    path: '/queues',
    summary: 'The queues in their order, with the skills they take.',
    access: 'signed_in',
    input: z.object({}),
    output: z.object({ items: z.array(queue) }),
  }),
  setQueues: endpoint({
    method: 'PUT',
    path: '/queues',
    summary: 'Sets the queues, all of them in their order. What waits is put into its queue anew within seconds.',
    access: 'manage_workspace',
    input: z.object({ items: z.array(queue).max(100) }),
    output: z.object({ items: z.array(queue) }),
    errors: ['routing.queue_twice', 'routing.team_unknown', 'routing.topic_unknown', 'routing.skill_unknown'],
  }),
  workUnits: endpoint({
    method: 'GET',
    path: '/work-units',
    summary: 'How much of a person each kind of work takes, of the hundred up to which they are offered more.',
    access: 'signed_in',
    input: z.object({}),
    output: workUnits,
  }),
  setWorkUnits: endpoint({
    method: 'PUT',
    path: '/work-units',
    summary: 'Sets how much of a person each kind of work takes; `version` is the one the caller saw. What is in hand already stays.',
    access: 'manage_workspace',
    input: workUnits,
    output: workUnits,
    errors: ['core.conflict'],
  }),
  reserveProposal: endpoint({
    method: 'GET',
    path: '/queues/:id/reserve-proposal',
    summary:
      'How many people to keep free for what is live in a queue, computed from what came in the last hours (Erlang A); the lead decides.',
    access: 'manage_workspace',
    input: z.object({ id }),
    output: reserveProposal,
  }),
  standing: endpoint({
    method: 'GET',
    path: '/standing',
    summary: 'Who waits now, by team and queue, and how many are there for them: of the teams the caller leads.',
    access: 'see_standing',
    input: z.object({}),
    output: standing,
  }),
  breaches: endpoint({
    method: 'GET',
    path: '/breaches',
    summary:
      'What became overdue within the last thirty days (answers, solutions, promises), latest first, and why: of the teams the caller leads. Only where an agreement allows it.',
    access: 'see_standing',
    input: z.object({ cause: lateCause.optional(), clock: z.enum(breachClocks).optional(), ...paging }),
    output: page(breach).extend({ asOf }),
    errors: ['workspace.needs_agreement'],
  }),
  serviceFigures: endpoint({
    method: 'GET',
    path: '/service-figures',
    summary:
      'How answers stood to their time in a whole week, by group, channel and clock. Only where an agreement allows it, only of fixed groups, and never of so few that somebody could be told from it.',
    access: 'see_team_figures',
    input: z.object({ week: z.iso.date().optional() }),
    output: z.object({
      /** The Mondays of the weeks there are, newest first. */
      weeks: z.array(z.string()),
      week: z.string().nullable(),
      items: z.array(serviceFigure),
    }),
    errors: ['workspace.needs_agreement'],
  }),
  countedWaits: endpoint({
    method: 'GET',
    path: '/service-figures/waits',
    summary:
      'What a team’s figure of the last five weeks counts, one by one, latest first: what the caller may read of it. Of a figure that is withheld there is no list, and none of a site or the company.',
    access: 'see_team_figures',
    input: z.object({
      week: z.iso.date(),
      teamId: id,
      channel: z.string().max(40),
      clock: answerClock,
      outcome: z.enum(outcomes).optional(),
      ...paging,
    }),
    output: page(countedWait),
    errors: ['workspace.needs_agreement'],
  }),
  ownOffer: endpoint({
    method: 'GET',
    path: '/me/offer',
    summary: 'What is offered to the caller just now.',
    access: 'signed_in',
    input: z.object({}),
    output: z.object({ offer: offer.nullable() }),
  }),
  whyMine: endpoint({
    method: 'GET',
    path: '/conversations/:id/why-mine',
    summary:
      'Why the caller has this conversation: because *Next* gave it to them, or because they accepted an offer within the last day. Neither, where they chose it, or somebody gave it to them.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({
      next: nextReason
        .extend({
          /** The queue's name; null where no queue fits, or it is gone. */
          queue: z.string().nullable(),
          /** Whether they are in charge of its case. */
          isKnown: z.boolean(),
        })
        .nullable(),
      offer: offer.nullable(),
    }),
  }),
  declineOffer: endpoint({
    method: 'POST',
    path: '/offers/:id/decline',
    summary: 'Leaves what is offered to somebody else; no reason is asked, and nobody is told whose it was.',
    access: 'claim',
    input: z.object({ id }),
    output: done,
    errors: ['routing.offer_over'],
  }),
  waits: endpoint({
    method: 'GET',
    path: '/conversations/:id/waits',
    summary: 'How long the customer of a conversation waited for each answer, oldest first, with what was due when and why.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({ items: z.array(waitForAnswer) }),
  }),
  solutionClock: endpoint({
    method: 'GET',
    path: '/cases/:id/solution-clock',
    summary: 'How long the solution of a case takes, and when it is due; null where no service level says.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({ clock: solutionClock.nullable() }),
  }),
};
