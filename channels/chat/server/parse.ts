import { z } from 'zod';
import type { ChannelAccount, InboundItem, RawIntake } from '../../../contract/channel.ts';
import { platformIdOf, senderOf } from './visitor.ts';

const file = z.object({ name: z.string().max(255), type: z.string().max(120), base64: z.string() });
const user = z.object({ id: z.string(), name: z.string(), mail: z.string().nullable() });
const at = z.iso.datetime();

/** What the entrance stores of what visitors say; it is ours, and kept readable for what is stored already. */
export const said = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    thread: z.string(),
    id: z.string(),
    text: z.string(),
    name: z.string().default(''),
    files: z.array(file).default([]),
    language: z.enum(['de', 'en']),
    /** Left to be reached by when gone; claimed. */
    address: z.string().nullable().default(null),
    user: user.nullable().default(null),
    at,
  }),
  z.object({ type: z.literal('read'), ids: z.array(z.string()), at }),
]);
export type Said = z.output<typeof said>;

const reachable = { de: 'Erreichbar per E-Mail', en: 'Can be reached by mail at' };

export function parse(raw: RawIntake, account: Pick<ChannelAccount, 'id' | 'name' | 'address'>): InboundItem[] {
  const content: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw.content));
  const { type } = z.object({ type: z.string() }).parse(content);
  if (type !== 'message' && type !== 'read') return [{ kind: 'ignored', reason: 'unknown_event' }];
  return items(said.parse(content), raw, account);
}

function items(one: Said, raw: RawIntake, account: Pick<ChannelAccount, 'id' | 'name' | 'address'>): InboundItem[] {
  if (one.type === 'read')
    return one.ids.map((platformId) => ({
      kind: 'receipt',
      platformId,
      state: 'read',
      recipient: null,
      problem: null,
      at: new Date(one.at),
    }));
  const platformId = platformIdOf(one.thread, one.id);
  const note = one.address === null ? '' : `${reachable[one.language]}: ${one.address}`;
  return [
    {
      kind: 'message',
      platformId,
      from: senderOf(account.id, one.thread, one.name, one.user),
      isOurs: false,
      to: [{ name: account.name, address: account.address }],
      cc: [],
      replyTo: [],
      listAddresses: [],
      reachableAt: one.address === null ? [] : [{ name: one.name, address: one.address }],
      subject: null,
      text: [one.text.replace(/\r\n?/g, '\n'), note].filter((part) => part !== '').join('\n\n'),
      quoted: null,
      signature: null,
      html: null,
      attachments: one.files.map(({ name, type, base64 }) => ({
        filename: name,
        mediaType: type,
        content: Buffer.from(base64, 'base64'),
        reference: null,
        contentId: null,
        inline: false,
      })),
      at: new Date(one.at),
      receivedAt: raw.receivedAt,
      automatic: null,
      neverAnswer: false,
      language: one.language,
      facts: [...(one.user ? ['signed_in'] : []), ...(one.address === null ? [] : ['address_claimed'])],
      visibility: 'private',
      authentic: one.user ? 'pass' : 'unknown',
      threading: { platformIds: [platformId], threadKeys: [one.thread], caseNumbers: [], tokens: [] },
    },
  ];
}
