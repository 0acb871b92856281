import { z } from 'zod';
import type { ChannelDescriptor } from '../../contract/channel.ts';

/** One account: the secret both sides sign with, and where replies go. */
export const echoSettings = z.object({
  /** Signs what leaves and never leaves itself. */
  secret: z.string().min(16).max(200).meta({ secret: true, goesTo: [] }),
  /** Replies are posted here; empty: they stay in the local outbox. */
  deliverTo: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
});
export type EchoSettings = z.output<typeof echoSettings>;

/** Every way in which the other side can fail; the strings files have a sentence for each. */
export const echoProblems = [
  'address_not_allowed',
  'unreachable',
  'no_answer',
  'not_delivered',
  'access_refused',
  'busy',
  'broke_down',
  'refused',
] as const;
export type EchoProblem = (typeof echoProblems)[number];

export const channel: ChannelDescriptor<typeof echoSettings> = {
  id: 'echo',
  label: { de: 'Echo', en: 'Echo' },
  colour: '#7c3aed',
  kind: 'conversation',
  settings: echoSettings,
  problems: echoProblems,
  setUpSteps: ['setUp.secret', 'setUp.hook', 'setUp.deliverTo'],
  capabilities: {
    visibility: 'both',
    text: { limit: 2_000, counts: 'points' },
    markup: 'plain',
    attachments: { maxBytes: 1024 * 1024, maxCount: 4, mediaTypes: 'any' },
    threads: true,
    edit: false,
    delete: false,
    hide: false,
    reactions: false,
    typing: false,
    readReceipts: true,
    deliveryReceipts: true,
    canStart: true,
    replyWindowHours: null,
    privateReply: false,
    ratePerMinute: 600,
    recipients: false,
    subject: false,
    customerLink: true,
    undoSend: true,
    // Our message id is its idempotency key.
    repeatable: true,
  },
  checkedOn: '2026-11-22',
};
