import { z } from 'zod';
import type { ChannelAccount, InboundItem, RawIntake } from '../../../contract/channel.ts';
import type { EchoProblem } from '../channel.ts';

const file = z.object({ filename: z.string().max(255), mediaType: z.string().max(120), base64: z.string() });
const person = z.object({ id: z.string().min(1).max(200), name: z.string().max(200).default('') });

/** What the service sends. Unknown types are no error: services add them without asking. */
const call = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    id: z.string().min(1).max(200),
    chat: z.string().min(1).max(200),
    from: person,
    text: z.string().max(100_000),
    at: z.iso.datetime({ offset: true }),
    answers: z.string().max(200).optional(),
    automatic: z.boolean().default(false),
    /** `public`: written where everybody can read it, and answered there. */
    visibility: z.enum(['public', 'private']).default('private'),
    files: z.array(file).max(20).default([]),
  }),
  z.object({
    type: z.literal('receipt'),
    id: z.string(),
    state: z.enum(['delivered', 'failed', 'read']),
    reason: z.string().optional(),
    at: z.iso.datetime({ offset: true }),
  }),
  z.object({ type: z.literal('edit'), id: z.string(), text: z.string().max(100_000), at: z.iso.datetime({ offset: true }) }),
  z.object({ type: z.literal('deletion'), id: z.string(), at: z.iso.datetime({ offset: true }) }),
]);
type Call = z.output<typeof call>;

/** One call holds one thing. Throws when it is no JSON or lacks what its type needs: the intake then shows it as failed. */
export function parse(raw: RawIntake, account: Pick<ChannelAccount, 'name' | 'address'>): InboundItem[] {
  const content: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw.content));
  const { type } = z.object({ type: z.string() }).parse(content);
  if (!['message', 'receipt', 'edit', 'deletion'].includes(type)) return [{ kind: 'ignored', reason: 'unknown_event' }];
  return [item(call.parse(content), raw, account)];
}

function item(said: Call, raw: RawIntake, account: Pick<ChannelAccount, 'name' | 'address'>): InboundItem {
  const at = new Date(said.at);
  if (said.type === 'edit') return { kind: 'edit', platformId: said.id, text: said.text, html: null, at };
  if (said.type === 'deletion') return { kind: 'deletion', platformId: said.id, at };
  if (said.type === 'receipt') {
    const problem =
      said.state === 'failed'
        ? { code: 'not_delivered' satisfies EchoProblem, text: said.reason ?? '', permanence: 'permanent' as const }
        : null;
    return { kind: 'receipt', platformId: said.id, state: said.state, recipient: null, problem, at };
  }
  return {
    kind: 'message',
    platformId: said.id,
    from: { kind: 'handle', value: `echo:${said.from.id.toLowerCase()}`, label: said.from.id, name: said.from.name },
    isOurs: false,
    to: [{ name: account.name, address: account.address }],
    cc: [],
    replyTo: [],
    listAddresses: [],
    subject: null,
    text: said.text.replace(/\r\n?/g, '\n'),
    quoted: null,
    signature: null,
    html: null,
    attachments: said.files.map((one) => ({
      filename: one.filename,
      mediaType: one.mediaType,
      content: Buffer.from(one.base64, 'base64'),
      reference: null,
      contentId: null,
      inline: false,
    })),
    at,
    receivedAt: raw.receivedAt,
    automatic: said.automatic ? 'auto_reply' : null,
    neverAnswer: said.automatic,
    language: null,
    facts: [],
    visibility: said.visibility,
    authentic: 'pass',
    threading: { platformIds: [said.id, ...(said.answers ? [said.answers] : [])], threadKeys: [said.chat], caseNumbers: [], tokens: [] },
  };
}
