import type { Attachment } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { putFile, removeFiles } from '../../../platform/files/files.ts';
import { newId } from '../../../platform/ids.ts';
import { presentAttachment } from '../present.ts';
import { type AttachmentRow, attachmentColumns } from '../rows.ts';

/** How long an uploaded file waits for a message that takes it. */
const unusedDays = 7;

export async function uploadAttachment(
  ctx: Ctx,
  input: { filename: string; mediaType: string; content: Uint8Array },
): Promise<{ attachment: Attachment }> {
  // Both become headers one day: of a download, or of the mail that takes the file along.
  const filename = input.filename.replace(/[\p{Cc}\p{Cf}\\/]+/gu, '_');
  const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(input.mediaType) ? input.mediaType.toLowerCase() : 'application/octet-stream';
  const file = await putFile(ctx, input.content, { mediaType, filename });
  const row =
    await ctx.db.one<AttachmentRow>(sql`insert into attachments as a (id, n, file_id, filename, media_type, size, scan, uploaded_by, created_at)
    values (${newId(ctx.now.getTime())}, 0, ${file.id}, ${filename}, ${mediaType}, ${file.size}, ${ctx.platform.config.virusScan ? 'pending' : 'none'}, ${ctx.actor.id}, ${ctx.now})
    returning ${attachmentColumns}`);
  return { attachment: presentAttachment(row) };
}

/** Removes uploads that no message and no draft uses. */
export async function removeUnusedUploads(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - unusedDays * 86_400_000);
  const gone = await ctx.db.query<{ fileId: string }>(sql`delete from attachments a where message_id is null and created_at < ${before}
    and not exists (select from drafts d where a.id = any(d.attachment_ids)) returning file_id as "fileId"`);
  await removeFiles(
    ctx.db,
    gone.map((g) => g.fileId),
  );
}
