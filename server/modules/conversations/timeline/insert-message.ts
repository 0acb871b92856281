import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { type DeliveryFacts, type Envelope, type MessageRow, messageColumns } from '../rows.ts';

/** A message before it has a row. `seq` comes from the conversation, which the caller has raised in the same transaction. */
export interface NewMessage {
  id?: string;
  conversationId: string;
  seq: number;
  kind: MessageRow['kind'];
  direction: MessageRow['direction'];
  visibility: MessageRow['visibility'];
  authorKind: MessageRow['authorKind'];
  authorId: string | null;
  authorName: string;
  envelope?: Envelope;
  subject?: string | null;
  text: string;
  quoted?: string | null;
  signature?: string | null;
  html?: string | null;
  hasHtml?: boolean;
  automatic?: string | null;
  facts?: string[];
  mentions?: string[];
  delivery?: DeliveryFacts | null;
  platformId?: string | null;
  inReplyTo?: string | null;
  draftId?: string | null;
  intakeId?: string | null;
  intakeIndex?: number | null;
  answersSince?: Date | null;
  at: Date;
}

export const noEnvelope: Envelope = { from: null, to: [], cc: [], bcc: [] };

export async function insertMessage(ctx: Ctx, m: NewMessage): Promise<MessageRow> {
  return ctx.db.one<MessageRow>(sql`insert into messages as m (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name,
      envelope, subject, text, quoted, signature, html, has_html, automatic, facts, mentions, delivery, platform_id, in_reply_to, draft_id,
      intake_id, intake_index, answers_since, at, created_at)
    values (${m.id ?? newId(ctx.now.getTime())}, ${m.conversationId}, ${m.seq}, ${m.kind}, ${m.direction}, ${m.visibility}, ${m.authorKind}, ${m.authorId},
      ${m.authorName}, ${sql.json(m.envelope ?? noEnvelope)}, ${m.subject ?? null}, ${m.text}, ${m.quoted ?? null}, ${m.signature ?? null},
      ${m.html ?? null}, ${m.hasHtml ?? Boolean(m.html)}, ${m.automatic ?? null}, ${m.facts ?? []}, ${m.mentions ?? []},
      ${m.delivery ? sql.json(m.delivery) : null}, ${m.platformId ?? null}, ${m.inReplyTo ?? null}, ${m.draftId ?? null}, ${m.intakeId ?? null},
      ${m.intakeIndex ?? null}, ${m.answersSince ?? null}, ${m.at}, ${ctx.now}) returning ${messageColumns}`);
}

/**
 * The id that the browser made, under which it shows the message before it is stored. Messages of one instant stand in the order of their ids, so only one that begins with its time
 * is taken (RFC 9562, version 7); and where a message bears it already (one that was taken back, or somebody's whose id was copied), another one is made.
 */
export async function messageIdFor(ctx: Ctx, draftId: string): Promise<string> {
  const isTimed = draftId[14] === '7';
  const isFree = isTimed && !(await ctx.db.maybe(sql`select 1 from messages where id = ${draftId}`));
  return isFree ? draftId : newId(ctx.now.getTime());
}
