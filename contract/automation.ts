import { z } from 'zod';
import { conversation, priority } from './conversations.ts';
import { done, endpoint, id, instant, line, recordHead } from './core.ts';

/** What makes a rule look. `tagged`: tags came that were not there; `answer_…`, `solution_…`: as the service levels say; a solution is looked at in every conversation of its case that is open. */
export const automationTriggers = [
  'opened',
  'message_received',
  'answer_near_due',
  'answer_overdue',
  'solution_near_due',
  'solution_overdue',
  'resolved',
  'reopened',
  'tagged',
  'topic_changed',
  'priority_changed',
] as const;
export const automationTrigger = z.enum(automationTriggers);
export type AutomationTrigger = (typeof automationTriggers)[number];

/** Conditions that ask for one of some values. `topic` holds those below a topic, too; `text` looks at the subject and what the customer wrote last. */
export const listConditions = ['channel', 'account', 'language', 'topic', 'tag', 'priority', 'team', 'state', 'text'] as const;
/** Conditions that are so or not: written by a machine; has been in touch before; within the opening hours of the team's centre. */
export const plainConditions = ['automatic', 'customer_known', 'open_hours'] as const;

export const automationCondition = z.object({
  kind: z.enum([...listConditions, ...plainConditions]),
  /** False: where it is not so. */
  is: z.boolean(),
  /** One of these; empty for what is so or not. */
  values: z.array(line(100)).max(50).default([]),
});
export type AutomationCondition = z.infer<typeof automationCondition>;

/** What rules and macros do. */
export const commonActions = ['set_priority', 'add_tag', 'remove_tag', 'set_topic', 'assign_team', 'add_note'] as const;
/** What only rules do: put out of sight for some hours, and tell whoever leads the team. */
export const ruleActions = [...commonActions, 'snooze', 'tell_lead'] as const;
/** A snooze of a rule lasts so many hours at most. */
export const longestSnooze = 720;

export const automationAction = z.object({
  kind: z.enum(ruleActions),
  /** A priority, a tag, the id of a topic or of a team, hours, or the words of a note or to whoever leads. */
  value: z.string().trim().min(1).max(5_000),
  /** Of a snooze: why. */
  reason: line(200).optional(),
});
export type AutomationAction = z.infer<typeof automationAction>;

/** What the customer gains by it. May wait until it is switched on. */
const benefit = z.string().trim().max(500);
const actions = z.array(automationAction).min(1).max(10);

const ruleContent = {
  name: line(80),
  trigger: automationTrigger,
  /** Whether all conditions must hold, or one is enough; without conditions it holds always. */
  match: z.enum(['all', 'any']),
  conditions: z.array(automationCondition).max(20),
  actions,
  benefit,
};
export const automationRule = z.object({
  ...recordHead,
  isOn: z.boolean(),
  ...ruleContent,
  changedBy: z.string().nullable(),
  changedAt: instant,
});
export type AutomationRule = z.infer<typeof automationRule>;

/** What was done with one action; `code` says why it was refused. */
export const actionResult = z.object({
  ...automationAction.shape,
  result: z.enum(['done', 'already', 'refused']),
  code: z.string().nullable(),
});
export type ActionResult = z.infer<typeof actionResult>;

/** Why a rule that would have fired did not: its own doing had called it; too many rules had called each other; too often within the hour. */
export const ruleStop = z.enum(['own_effect', 'depth', 'rate']);
export type RuleStop = z.infer<typeof ruleStop>;

/** One entry of the log: a rule that fired, or was stopped. */
export const ruleFiring = z.object({
  id: z.string(),
  at: instant,
  ruleId: z.string(),
  version: z.number().int(),
  ruleName: z.string(),
  trigger: automationTrigger,
  /** Null where the caller may not read it. */
  conversation: z.object({ id: z.string(), subject: z.string(), customerName: z.string() }).nullable(),
  stop: ruleStop.nullable(),
  /** The conditions that held. */
  conditions: z.array(automationCondition),
  actions: z.array(actionResult),
});
export type RuleFiring = z.infer<typeof ruleFiring>;

/** A conversation as a rule would find it now. */
export const tried = z.object({
  conversation: conversation.pick({ id: true, subject: true, customerName: true, lastMessageAt: true }),
  matches: z.boolean(),
  /** Of each condition, in their order, whether it holds. */
  holds: z.array(z.boolean()),
  /** Of each action, in their order, whether it would change anything. */
  changes: z.array(z.boolean()),
});
export type Tried = z.infer<typeof tried>;

export const dryRun = z.object({
  looked: z.number().int(),
  matched: z.number().int(),
  /** The newest that match, and the newest that do not. */
  matching: z.array(tried),
  others: z.array(tried),
});
export type DryRun = z.infer<typeof dryRun>;

/** Some steps somebody takes with one press, and a text that goes into their draft. */
export const macro = z.object({
  ...recordHead,
  name: z.string(),
  /** Whose it is; null: everybody's. */
  teamId: z.string().nullable(),
  actions: z.array(automationAction),
  /** Goes into the draft, gaps filled in; empty where there is none. Never sent by itself. */
  text: z.object({ de: z.string(), en: z.string() }),
  benefit: z.string(),
  changedBy: z.string().nullable(),
  changedAt: instant,
});
export type Macro = z.infer<typeof macro>;

/** What it was like before a macro, so that it can be taken back. */
export const macroUndo = z.object({
  priority: priority.optional(),
  tags: z.array(z.string()).optional(),
  teamId: z.string().optional(),
  topicId: z.string().nullable().optional(),
});

declare module './events.ts' {
  interface EventCatalogue {
    /** A rule was written, changed, switched on or off, moved or removed. */
    'automation.rules_changed': { ruleId: string | null };
    /** A rule did something in a conversation, or was stopped. */
    'automation.rule_fired': {
      firingId: string;
      ruleId: string;
      version: number;
      conversationId: string;
      customerId: string;
      teamId: string | null;
      stop: RuleStop | null;
    };
    'automation.macro_changed': { macroId: string; teamId: string | null };
  }
}

const ruleErrors = [
  'core.conflict',
  'automation.benefit_missing',
  'automation.name_taken',
  'automation.for_administration',
  'automation.condition_invalid',
  'automation.action_invalid',
  'automation.too_many',
];

export const automationEndpoints = {
  rules: endpoint({
    method: 'GET',
    path: '/automation/rules',
    summary: 'The rules in the order in which they act.',
    access: 'manage_automation',
    input: z.object({}),
    output: z.object({ items: z.array(automationRule) }),
  }),
  saveRule: endpoint({
    method: 'PUT',
    path: '/automation/rules/:id',
    summary:
      'Writes a rule, or changes one, as a new version; `version` is the one the caller saw, 0 for a new one. Only with what the customer gains by it can it be on.',
    access: 'manage_automation',
    input: z.object({ id, version: z.number().int().min(0), isOn: z.boolean(), ...ruleContent }),
    output: z.object({ rule: automationRule }),
    errors: ruleErrors,
  }),
  dropRule: endpoint({
    method: 'DELETE',
    path: '/automation/rules/:id',
    summary: 'Removes a rule; what it did stays in the log.',
    access: 'manage_automation',
    input: z.object({ id }),
    output: done,
    errors: ['automation.for_administration'],
  }),
  orderRules: endpoint({
    method: 'PUT',
    path: '/automation/order',
    summary: 'Sets the order in which rules act.',
    access: 'manage_automation',
    input: z.object({ ids: z.array(id).max(200) }),
    output: z.object({ items: z.array(automationRule) }),
    errors: ['core.conflict', 'automation.for_administration'],
  }),
  versions: endpoint({
    method: 'GET',
    path: '/automation/rules/:id/versions',
    summary: 'Every version of a rule, newest first, with who made it and when.',
    access: 'manage_automation',
    input: z.object({ id }),
    output: z.object({ items: z.array(automationRule) }),
  }),
  dryRun: endpoint({
    method: 'POST',
    path: '/automation/dry-run',
    summary:
      'What a rule, saved or not, would do with the newest 1,000 conversations the caller may read, as they stand now. Changes nothing.',
    access: 'manage_automation',
    input: z.object({ match: ruleContent.match, conditions: ruleContent.conditions, actions }),
    output: dryRun,
    errors: ['automation.condition_invalid', 'automation.action_invalid'],
  }),
  ruleLog: endpoint({
    method: 'GET',
    path: '/automation/rules/:id/log',
    summary: 'The newest hundred times a rule fired or was stopped, and why.',
    access: 'manage_automation',
    input: z.object({ id }),
    output: z.object({ items: z.array(ruleFiring) }),
  }),
  conversationLog: endpoint({
    method: 'GET',
    path: '/conversations/:id/automation',
    summary: 'What rules did in a conversation, and why, newest first.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({ items: z.array(ruleFiring) }),
  }),
  macros: endpoint({
    method: 'GET',
    path: '/macros',
    summary: 'The macros that are everybody’s and those of the caller’s teams; all of them for whoever edits all.',
    access: 'use_snippets',
    input: z.object({}),
    output: z.object({ items: z.array(macro) }),
  }),
  saveMacro: endpoint({
    method: 'PUT',
    path: '/macros/:id',
    summary: 'Writes a macro, or changes one; `version` is the one the caller saw, 0 for a new one.',
    access: 'edit_macros',
    input: z.object({
      id,
      version: z.number().int().min(0),
      name: line(80),
      teamId: id.nullable(),
      actions: z.array(automationAction).max(10),
      text: z.object({ de: z.string().max(10_000), en: z.string().max(10_000) }),
      benefit,
    }),
    output: z.object({ macro }),
    errors: [
      'core.conflict',
      'automation.benefit_missing',
      'automation.name_taken',
      'automation.action_invalid',
      'automation.macro_empty',
      'automation.placeholder_unknown',
      'automation.team_unknown',
      'automation.too_many',
    ],
  }),
  dropMacro: endpoint({
    method: 'DELETE',
    path: '/macros/:id',
    summary: 'Removes a macro; what was done with it stays as it is.',
    access: 'edit_macros',
    input: z.object({ id }),
    output: done,
  }),
  applyMacro: endpoint({
    method: 'POST',
    path: '/conversations/:id/macros/:macroId',
    summary:
      'Takes the steps of a macro in a conversation, all or none; its text is for the caller’s draft. `version` is the one the caller saw.',
    access: 'claim',
    once: true,
    input: z.object({ id, macroId: id, version: z.number().int() }),
    output: z.object({ conversation, actions: z.array(actionResult), undo: macroUndo }),
    errors: ['core.conflict', 'automation.no_case', 'automation.too_many_tags'],
  }),
};
