import { richOf } from '../../../../contract/writing/rich-text.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { cancelDelivery } from '../../channels/index.ts';
import { isAnswered } from '../conversation.ts';
import { attachmentsOf } from '../queries.ts';
import { joinedByAlone } from '../receiving/participants.ts';
import { type ConversationRow, type DraftRow, draftColumns, type MessageRow, messageColumns } from '../rows.ts';
import { facts, firstAnswer, updateConversation } from '../write.ts';
import { putDraft } from './draft.ts';

/**
 * A message that has not left becomes its author's draft again, with its files, above whatever was typed since, and whoever waited for it waits on. Undefined when it may have left already. The caller has
 * locked the conversation.
 */
export async function takeBack(
  ctx: Ctx,
  row: ConversationRow,
  message: MessageRow,
): Promise<{ message: MessageRow; draft: DraftRow; row: ConversationRow } | undefined> {
  const { authorId } = message;
  if (!authorId || !(await cancelDelivery(ctx, message.id))) return undefined;
  const cancelled = await ctx.db.one<MessageRow>(sql`update messages m set version = version + 1, draft_id = null,
      delivery = ${sql.json({ state: 'cancelled', at: ctx.now.toISOString(), until: null, problem: null })} where m.id = ${message.id} returning ${messageColumns}`);
  const gone = await joinedByAlone(ctx.db, message);
  // Answered or solved it was by what is taken back.
  const isOurs = isAnswered(row.state);
  const waiting = await updateConversation(
    ctx,
    row.id,
    sql`participants = array(select p from unnest(c.participants) as p where p <> all(${gone}::text[])), first_answer_at = (${firstAnswer(sql`c.id`)}),
      waiting_since = least(c.waiting_since, ${message.answersSince}::timestamptz)${isOurs ? sql`, state = 'queued', resolved_at = null` : sql.empty}`,
  );
  if (isOurs) ctx.emit('conversations.state_changed', { ...facts(waiting), fromState: row.state, toState: waiting.state }, row.caseId);
  const kind = message.facts.includes('forward') ? ('forward' as const) : ('reply' as const);
  const uploaded = (await attachmentsOf(ctx.db, [message.id])).filter((a) => a.uploadedBy === authorId && a.fileId);
  await ctx.db.exec(sql`update attachments set message_id = null where id = any(${uploaded.map((a) => a.id)}::uuid[])`);
  const { html } = await ctx.db.one<{ html: string | null }>(sql`select html from messages where id = ${message.id}`);
  const known = await ctx.db.maybe<DraftRow>(
    sql`select ${draftColumns} from drafts d where d.conversation_id = ${row.id} and d.person_id = ${authorId} and d.kind = ${kind} for update`,
  );
  const back = { text: message.text, html };
  const draft = await putDraft(ctx, row.id, authorId, {
    kind,
    ...(known?.text ? joined(back, known) : back),
    to: message.envelope.to,
    cc: message.envelope.cc,
    bcc: message.envelope.bcc,
    subject: message.subject,
    attachmentIds: [...uploaded.map((a) => a.id), ...(known?.attachmentIds ?? [])],
    baseSeq: row.lastSeq,
    version: known?.version ?? 0,
  });
  if (!draft) throw core('core.conflict');
  ctx.emit('conversations.draft_changed', { draftId: draft.id, conversationId: row.id, personId: authorId });
  ctx.emit('conversations.delivery_changed', { ...facts(row), messageId: message.id, seq: message.seq, state: 'cancelled' }, row.caseId);
  return { message: cancelled, draft, row: waiting };
}

/** One text below the other; formatted when one of them is. */
function joined(first: { text: string; html: string | null }, second: { text: string; html: string | null }) {
  const html = [first, second].map((one) => one.html ?? richOf(one.text)).join('<p></p>');
  return { text: `${first.text}\n\n${second.text}`, html: first.html || second.html ? html : null };
}
