import type { Draft, Message } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { cancelDelivery } from '../../channels/index.ts';
import { takeIfFree } from '../claims/claim.ts';
import { fail } from '../errors.ts';
import { presentOneDraft } from '../present.ts';
import { attachmentsOf, loadConversation, loadMessage } from '../queries.ts';
import { joinedByAlone } from '../receiving/participants.ts';
import { type DraftRow, draftColumns, type MessageRow, messageColumns } from '../rows.ts';
import { facts } from '../write.ts';
import { putDraft } from './draft.ts';
import { present } from './reply.ts';

/** Takes a held or scheduled message back. Its text is a draft again, and the author holds the conversation again if nobody else does. */
export async function undoSend(
  ctx: Ctx,
  { id, messageId }: { id: string; messageId: string },
): Promise<{ message: Message; draft: Draft }> {
  const row = await loadConversation(ctx, id, { right: 'write_private_reply', lock: true });
  const { message } = await loadMessage(ctx, messageId, true);
  if (message.conversationId !== row.id || message.authorId !== ctx.actor.id || !ctx.actor.id) throw core('core.not_found');
  if (!(await cancelDelivery(ctx, messageId))) throw fail('conversations.already_sent', { delivery: message.delivery });

  const cancelled = await ctx.db.one<MessageRow>(sql`update messages m set version = version + 1, draft_id = null,
      delivery = ${sql.json({ state: 'cancelled', at: ctx.now.toISOString(), until: null, problem: null })} where m.id = ${messageId} returning ${messageColumns}`);
  const gone = await joinedByAlone(ctx.db, message);
  if (gone.length > 0)
    await ctx.db.exec(sql`update conversations set participants = array(select p from unnest(participants) as p where p <> all(${gone}::text[]))
      where id = ${row.id}`);
  const kind = message.facts.includes('forward') ? ('forward' as const) : ('reply' as const);
  const uploaded = (await attachmentsOf(ctx.db, [messageId])).filter((a) => a.uploadedBy === ctx.actor.id && a.fileId);
  await ctx.db.exec(sql`update attachments set message_id = null where id = any(${uploaded.map((a) => a.id)}::uuid[])`);
  const html = await ctx.db.one<{ html: string | null }>(sql`select html from messages where id = ${messageId}`);
  const known = await ctx.db.maybe<DraftRow>(
    sql`select ${draftColumns} from drafts d where d.conversation_id = ${row.id} and d.person_id = ${ctx.actor.id} and d.kind = ${kind} for update`,
  );
  // Whatever was typed since stays, below what comes back.
  const text = known?.text ? `${message.text}\n\n${known.text}` : message.text;
  const draft = await putDraft(ctx, row.id, ctx.actor.id, {
    kind,
    text,
    html: known?.text ? null : html.html,
    to: message.envelope.to,
    cc: message.envelope.cc,
    bcc: message.envelope.bcc,
    subject: message.subject,
    attachmentIds: [...uploaded.map((a) => a.id), ...(known?.attachmentIds ?? [])],
    baseSeq: row.lastSeq,
    version: known?.version ?? 0,
  });
  if (!draft) throw core('core.conflict');
  ctx.emit('conversations.draft_changed', { draftId: draft.id, conversationId: row.id, personId: ctx.actor.id });
  ctx.emit('conversations.delivery_changed', { ...facts(row), messageId, seq: message.seq, state: 'cancelled' }, row.caseId);
  await takeIfFree(ctx, row);
  return { message: (await present(ctx, row, cancelled)).message, draft: await presentOneDraft(ctx.db, draft) };
}
