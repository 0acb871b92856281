import { z } from 'zod';
import { address } from './conversations.ts';
import { endpoint } from './core.ts';
import { longestText } from './writing/rich-text.ts';

const receivers = z.array(z.object({ name: z.string().max(200).default(''), address: z.string().trim().min(3).max(320) })).max(500);

const written = {
  text: z.string().max(longestText),
  html: z.string().max(1_000_000).nullable().default(null),
  to: receivers.default([]),
  cc: receivers.default([]),
  bcc: receivers.default([]),
  subject: z.string().max(500).nullable().default(null),
};

const asRead = z.object({
  /** The account it leaves by; null where it cannot leave. */
  from: address.nullable(),
  subject: z.string().nullable(),
  text: z.string(),
  /** Of the tags in `contract/writing/rich-text.ts`; null: it leaves as plain text. */
  html: z.string().nullable(),
  signature: z.string().nullable(),
  /** The way to the customer's own page, below the signature. What opens it is made as the answer leaves, and shown to nobody but its receivers. */
  link: z.object({ words: z.string(), shown: z.string() }).nullable(),
  /** What it quotes below itself. */
  quotation: z.object({ intro: z.string(), text: z.string() }).nullable(),
});

/** What goes with the writing of an answer beside the endpoints of `contract/conversations.ts`. */
export const sendingEndpoints = {
  preview: endpoint({
    method: 'POST',
    path: '/conversations/:id/preview',
    summary: 'An answer as its receivers would read it if it left now; nothing is stored and nothing sent.',
    access: 'write_private_reply',
    input: z.object({ id: z.uuid(), ...written }),
    output: asRead,
    errors: ['conversations.text_too_long'],
  }),
  previewStart: endpoint({
    method: 'POST',
    path: '/conversations/preview',
    summary:
      'A message that would begin a conversation, as its receivers would read it if it left now; nothing is stored and nothing sent.',
    access: 'write_private_reply',
    input: z.object({ accountId: z.uuid(), ...written }),
    output: asRead,
    errors: ['conversations.channel_cannot_start', 'conversations.text_too_long'],
  }),
};
