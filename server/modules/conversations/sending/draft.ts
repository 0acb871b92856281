import type { Draft } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { fail } from '../errors.ts';
import { presentOneDraft } from '../present.ts';
import { loadConversation, withMerged } from '../queries.ts';
import { type DraftRow, draftColumns, type Envelope } from '../rows.ts';
import { keptAs } from './letter/rich.ts';

export interface DraftInput {
  id: string;
  kind: DraftRow['kind'];
  text: string;
  html: string | null;
  to: Envelope['to'];
  cc: Envelope['cc'];
  bcc: Envelope['bcc'];
  subject: string | null;
  attachmentIds: string[];
  baseSeq: number;
  version: number;
}

/** Keeps what somebody is writing. Of two windows the one that saw the other's text may overwrite it; the other is told. */
export async function saveDraft(ctx: Ctx, input: DraftInput): Promise<{ draft: Draft }> {
  const row = await loadConversation(ctx, input.id, { right: 'internal_note' });
  if (!ctx.actor.id || ctx.actor.kind !== 'person') throw core('core.forbidden', { right: 'internal_note' });
  await requireFiles(ctx, row.id, input.attachmentIds);
  const draft = await putDraft(ctx, row.id, ctx.actor.id, { ...input, ...keptAs(input, row.channel) });
  if (!draft) {
    const stored = await ctx.db.one<DraftRow>(
      sql`select ${draftColumns} from drafts d where d.conversation_id = ${row.id} and d.person_id = ${ctx.actor.id} and d.kind = ${input.kind}`,
    );
    throw fail('conversations.draft_newer', { draft: await presentOneDraft(ctx.db, stored) });
  }
  ctx.emit('conversations.draft_changed', { draftId: draft.id, conversationId: row.id, personId: ctx.actor.id });
  return { draft: await presentOneDraft(ctx.db, draft) };
}

/** A draft shows its files by name, so it may name the author's own uploads and what the conversation holds anyway, nothing else. */
async function requireFiles(ctx: Ctx, conversationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await ctx.db.query<{ id: string }>(sql`select a.id from attachments a left join messages m on m.id = a.message_id
    where a.id = any(${ids}::uuid[]) and case when a.message_id is null then a.uploaded_by = ${ctx.actor.id}
      else m.conversation_id = any(${await withMerged(ctx.db, conversationId)}::uuid[]) end`);
  const missing = ids.filter((id) => !known.some((row) => row.id === id));
  if (missing.length > 0) throw fail('conversations.attachment_missing', { attachmentIds: missing });
}

/** Writes over the version named; undefined when another one is stored. */
export function putDraft(ctx: Ctx, conversationId: string, personId: string, input: Omit<DraftInput, 'id'>): Promise<DraftRow | undefined> {
  const envelope: Envelope = { from: null, to: input.to, cc: input.cc, bcc: input.bcc };
  return ctx.db.maybe<DraftRow>(sql`insert into drafts as d (id, conversation_id, person_id, kind, text, html, envelope, subject, attachment_ids, base_seq, updated_at)
    values (${newId(ctx.now.getTime())}, ${conversationId}, ${personId}, ${input.kind}, ${input.text}, ${input.html}, ${sql.json(envelope)}, ${input.subject},
      ${input.attachmentIds}::uuid[], ${input.baseSeq}, ${ctx.now})
    on conflict (conversation_id, person_id, kind) do update set text = excluded.text, html = excluded.html, envelope = excluded.envelope,
      subject = excluded.subject, attachment_ids = excluded.attachment_ids, base_seq = excluded.base_seq, updated_at = excluded.updated_at, version = d.version + 1
      where d.version = ${input.version}
    returning ${draftColumns}`);
}

export async function dropDraft(ctx: Ctx, { id, kind }: { id: string; kind: DraftRow['kind'] }): Promise<{ done: true }> {
  await loadConversation(ctx, id, { right: 'internal_note' });
  await removeDraft(ctx, id, kind);
  return { done: true };
}

export async function removeDraft(ctx: Ctx, conversationId: string, kind: DraftRow['kind']): Promise<void> {
  const gone = await ctx.db.maybe<{ id: string }>(
    sql`delete from drafts where conversation_id = ${conversationId} and person_id = ${ctx.actor.id} and kind = ${kind} returning id`,
  );
  if (gone && ctx.actor.id) ctx.emit('conversations.draft_changed', { draftId: gone.id, conversationId, personId: ctx.actor.id });
}
