import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { sendingEndpoints } from '../../../../contract/sending.ts';
import type { Ctx } from '../../../platform/context.ts';
import { accountsFor } from '../../channels/index.ts';
import { ownerOf } from '../../customers/index.ts';
import { loadConversation } from '../queries.ts';
import type { Envelope } from '../rows.ts';
import type { Answer } from '../customer-side/answer-link.ts';
import { keptAs } from './letter/rich.ts';
import type { Quotation } from './letter/quote.ts';
import { linkBelow, surroundingsOf } from './outgoing.ts';
import { accountToStart } from './start.ts';
import { ownLines, signatureFrom } from './write-outgoing.ts';

type Endpoints = typeof sendingEndpoints;
type Preview = ReplyOf<Endpoints['preview']>;

/** An answer as its receivers would read it, made by what makes the message itself: so the two cannot differ. */
export async function previewAnswer(ctx: Ctx, input: ParsedInputOf<Endpoints['preview']>): Promise<Preview> {
  const row = await loadConversation(ctx, input.id, { right: 'write_private_reply' });
  const account = row.accountId ? (await accountsFor(ctx.db, [row.accountId])).get(row.accountId) : undefined;
  const around = await surroundingsOf(ctx, row, {
    conversationId: row.id,
    envelope: envelopeOf(input),
    subject: input.subject,
    seq: row.lastSeq + 1,
    isForward: false,
  });
  return previewed(ctx, input, { account, conversation: row, visibility: row.visibility, ...around });
}

/** The same of a message that would begin a conversation: nobody becomes a customer by being thought of. */
export async function previewStart(ctx: Ctx, input: ParsedInputOf<Endpoints['previewStart']>): Promise<Preview> {
  const { account, channel } = await accountToStart(ctx, input.accountId);
  const [first] = input.to;
  const customerId = (first && (await ownerOf(ctx.db, channel.identity.kind, first.address))) ?? null;
  return previewed(ctx, input, {
    account,
    conversation: { id: account.id, channel: account.kind, participants: [], customerId },
    visibility: 'private',
    subject: input.subject,
    quotation: null,
  });
}

interface Around extends Pick<Answer, 'conversation'> {
  account: { name: string; address: string; signature: string | null } | undefined;
  visibility: Answer['message']['visibility'];
  subject: string | null;
  quotation: Quotation | null;
}

async function previewed(ctx: Ctx, input: Written, { account, conversation, visibility, subject, quotation }: Around): Promise<Preview> {
  const written = keptAs(input, conversation.channel);
  const signature = signatureFrom(ctx, await ownLines(ctx), account?.signature ?? null);
  const message = {
    kind: 'message',
    direction: 'out',
    authorKind: 'person',
    visibility,
    envelope: envelopeOf(input),
    at: ctx.now,
  } as const;
  const link = await linkBelow(ctx, { message, conversation }, { text: written.text, signature, quotation });
  return {
    from: account ? { name: account.name, address: account.address } : null,
    subject,
    ...written,
    signature,
    link: link ? { words: link.words, shown: link.shown } : null,
    quotation,
  };
}

type Written = Omit<ParsedInputOf<Endpoints['preview']>, 'id'>;

const envelopeOf = ({ to, cc, bcc }: Written): Envelope => ({ from: null, to, cc, bcc });
