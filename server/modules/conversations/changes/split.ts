import type { Conversation } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { keepTime, nobodyWaits } from '../clock/due.ts';
import { previewOf } from '../conversation.ts';
import { fail } from '../errors.ts';
import { presentOne } from '../present.ts';
import { conversationFacts, loadConversation, messageFacts } from '../queries.ts';
import { facts } from '../write.ts';

/** Copies messages into a conversation of their own; the originals stay, so nothing is torn from its context and undoing loses nothing. */
export async function splitConversation(
  ctx: Ctx,
  { id, messageIds, subject }: { id: string; messageIds: string[]; subject: string },
): Promise<{ splitId: string; conversation: Conversation }> {
  const row = await loadConversation(ctx, id, { right: 'claim', lock: true });
  const chosen = [...(await messageFacts(ctx.db, messageIds)).values()]
    .filter((m) => m.conversationId === id && m.kind !== 'system')
    .sort((a, b) => a.seq - b.seq);
  const last = chosen.at(-1);
  if (!last || chosen.length !== new Set(messageIds).size) throw core('core.not_found');
  const lastOut = chosen.findLast((m) => m.direction === 'out');
  const asks = last.direction === 'in' ? chosen.find((m) => m.direction === 'in' && m.seq > (lastOut?.seq ?? 0)) : undefined;
  const newConversation = newId(ctx.now.getTime());
  await ctx.db.exec(sql`insert into conversations (id, channel, account_id, visibility, state, subject, preview, customer_id, customer_root_id, team_id, assignee_id, priority,
      last_seq, last_message_at, last_direction, waiting_since, attachment_count, participants, created_at)
    select ${newConversation}, channel, account_id, visibility, 'queued', ${subject}, ${previewOf(last.text)}, customer_id, customer_root_id, team_id, assignee_id, priority,
      ${chosen.length}, ${last.at}, ${last.direction === 'out' ? 'out' : 'in'}, ${asks?.at ?? null}, 0, participants, ${ctx.now}
    from conversations where id = ${id}`);
  const copies = chosen.map((m, i) => ({ from: m.id, to: newId(ctx.now.getTime()), seq: i + 1 }));
  // Without platform id, intake and draft id: those name one message only, the original.
  await ctx.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, subject,
      text, quoted, signature, html, has_html, automatic, facts, mentions, at, created_at)
    select r."to", ${newConversation}, r.seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, subject,
      text, quoted, signature, html, html is not null, automatic, facts || '{split}', mentions, at, ${ctx.now}
    from jsonb_to_recordset(${sql.json(copies)}) as r("from" uuid, "to" uuid, seq int) join messages m on m.id = r."from"`);
  await ctx.db.exec(sql`insert into attachments (id, message_id, n, intake_id, file_id, filename, media_type, size, inline, content_id, scan, uploaded_by, created_at)
    select gen_random_uuid(), r."to", n, intake_id, file_id, filename, media_type, size, inline, content_id, scan, uploaded_by, ${ctx.now}
    from jsonb_to_recordset(${sql.json(copies)}) as r("from" uuid, "to" uuid) join attachments a on a.message_id = r."from"`);
  const splitId = newId(ctx.now.getTime());
  await ctx.db.exec(sql`insert into conversation_splits (id, from_id, into_id, message_ids, by_person, at)
    values (${splitId}, ${id}, ${newConversation}, ${copies.map((c) => c.to)}::uuid[], ${ctx.actor.id}, ${ctx.now})`);
  const [made] = await keepTime(ctx, [...(await conversationFacts(ctx.db, [newConversation])).values()]);
  if (!made) throw new Error('A conversation was not written');
  ctx.emit('conversations.opened', {
    conversationId: made.id,
    customerId: made.customerId,
    teamId: made.teamId,
    channel: made.channel,
    accountId: made.accountId,
    relatedId: id,
  });
  ctx.emit('conversations.split', { ...facts(row), newConversationId: newConversation }, row.caseId);
  return { splitId, conversation: await presentOne(ctx.db, made) };
}

/** Removes the copies while nobody has written there; afterwards merging is the way back. */
export async function undoSplit(ctx: Ctx, { id, splitId }: { id: string; splitId: string }): Promise<{ done: true }> {
  const row = await loadConversation(ctx, id, { right: 'claim', lock: true });
  const split = await ctx.db.maybe<{
    intoId: string;
    count: number;
  }>(sql`select into_id as "intoId", cardinality(message_ids) as count from conversation_splits
    where id = ${splitId} and from_id = ${id} and undone_at is null for update`);
  if (!split) throw core('core.not_found');
  const made = await loadConversation(ctx, split.intoId, { right: 'claim', lock: true });
  const { n } = await ctx.db.one<{ n: number }>(
    sql`select count(*) as n from messages where conversation_id = ${made.id} and kind <> 'system'`,
  );
  if (n !== split.count || made.claimedBy) throw fail('conversations.split_in_use', { conversationId: made.id });
  await ctx.db.exec(sql`update conversation_splits set undone_at = ${ctx.now} where id = ${splitId}`);
  await ctx.db.exec(
    sql`update conversations set state = 'merged', state_before_merge = 'queued', merged_into = null, version = version + 1, ${nobodyWaits} where id = ${made.id}`,
  );
  ctx.emit('conversations.split_undone', { ...facts(row), newConversationId: made.id }, row.caseId);
  return { done: true };
}
