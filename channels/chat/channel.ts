import { z } from 'zod';
import type { ChannelDescriptor } from '../../contract/channel.ts';
import { isHexColour } from './colour.ts';

const advanced = { advanced: true };
/** Scheme, host and port: what a browser sends as Origin. */
const origin = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .transform((written) => new URL(written).origin);

/** One chat on one or several sites of the company. */
export const chatSettings = z.object({
  /** Addresses of the pages that may show the chat; pages of others are refused by the server. */
  origins: z.array(origin).max(50).default([]),
  /** Who the visitor reads on the other side; the account's name when empty. */
  senderName: z.string().trim().max(80).default(''),
  /** How much of an adviser's name the visitor reads. */
  adviserNames: z.enum(['none', 'first', 'full']).default('first'),
  greeting: z.string().trim().max(300).default(''),
  /** Concerns offered at the beginning; one click sends it. */
  choices: z.array(z.string().trim().min(1).max(60)).max(6).default([]),
  accent: z.string().refine(isHexColour, 'a colour such as #1d4ed8').default('#1d4ed8'),
  position: z.enum(['right', 'left']).default('right'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  files: z.boolean().default(true),
  /** An answer unread for so long goes to the address the visitor left, once nobody is there any more. */
  mailAfterMinutes: z.number().int().min(1).max(60).default(2),
  privacyUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })])
    .default('')
    .meta(advanced),
  /** Signs who is signed in on the page; both sides know it, and it is sent nowhere. */
  identitySecret: z
    .string()
    .min(32)
    .max(200)
    .meta({ secret: true, goesTo: [], ...advanced })
    .optional(),
  /** A page of ours that shows the chat as visitors see it; anybody may open it. */
  tryOutPage: z.boolean().default(false).meta(advanced),
});
export type ChatSettings = z.output<typeof chatSettings>;

/** What a visitor may send with one message; together they must fit into a call. */
export const visitorFiles = {
  maxBytes: 8 * 1024 * 1024,
  maxCount: 5,
  mediaTypes: ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/heic', 'application/pdf', 'text/plain'],
} as const;
/** Code points. */
export const longestText = 4_000;

export const channel: ChannelDescriptor<typeof chatSettings> = {
  id: 'chat',
  label: { de: 'Chat', en: 'Chat' },
  colour: '#0f766e',
  kind: 'conversation',
  settings: chatSettings,
  problems: [],
  setUpSteps: ['setUp.origins', 'setUp.tag', 'setUp.identity'],
  capabilities: {
    visibility: 'private',
    text: { limit: longestText, counts: 'points' },
    markup: 'plain',
    attachments: { maxBytes: visitorFiles.maxBytes, maxCount: visitorFiles.maxCount, mediaTypes: 'any' },
    threads: true,
    edit: false,
    delete: false,
    hide: false,
    reactions: false,
    typing: true,
    readReceipts: true,
    deliveryReceipts: false,
    canStart: false,
    replyWindowHours: null,
    privateReply: false,
    ratePerMinute: null,
    recipients: false,
    subject: false,
    // The visitor reads in the window itself; whoever has it has no address of its own to prove anything by.
    customerLink: false,
    // Whoever talks does not wait ten seconds for every sentence.
    undoSend: false,
    // Sending says no more than "look again", and the thread has each message once.
    repeatable: true,
  },
  checkedOn: '2026-11-28',
};
