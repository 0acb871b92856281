import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { htmlDocument, type SanitizedHtml, sanitizeHtml } from '../../../platform/html/index.ts';
import type { Download } from '../../../platform/module.ts';
import { channelOf, rawOf, readInbound } from '../../channels/index.ts';
import { companySettings, localeOf } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { attachmentsByIds, attachmentsOf, loadConversation, loadMessage } from '../queries.ts';
import type { AttachmentRow } from '../rows.ts';
import { attachmentContent } from '../sending/outgoing.ts';
import { asLetter } from '../sending/letter/rich.ts';

/** Kinds a browser only paints; everything else is saved, never shown. SVG is left out, because it can carry script. */
const paintable = /^image\/(png|jpeg|gif|webp|bmp|avif)$|^application\/pdf$|^text\/plain$/;

/** What the folded history is called, in the reader's language. */
const quotedText = { de: 'Zitierter Text', en: 'Quoted text' };

/** The HTML of a message, sanitised, the quoted history folded; pictures of the mail itself come from our attachment door, remote ones only when asked for. */
export async function messageHtml(ctx: Ctx, { id, images }: { id: string; images: '0' | '1' }): Promise<Download> {
  const { message, conversation } = await loadMessage(ctx, id);
  const inbound = message.intakeId && (await readInbound(ctx, { intakeId: message.intakeId, index: message.intakeIndex ?? 0 }));
  // Of a delivery that went because of somebody else in it the message's own part was kept.
  const stored = inbound ? null : (await ctx.db.one<{ html: string | null }>(sql`select html from messages where id = ${id}`)).html;
  const html = inbound ? inbound.message.html : stored && message.direction === 'out' && !message.intakeId ? asLetter(stored) : stored;
  if (!html) throw core('core.not_found');
  const inline = new Map((await attachmentsOf(ctx.db, [id])).flatMap((a) => (a.contentId ? [[a.contentId, a.id] as const] : [])));
  const cidUrl = (cid: string) => {
    const attachmentId = inline.get(cid);
    return attachmentId ? `/api/v1/attachments/${attachmentId}?inline=1` : null;
  };
  const safe = (part: string): SanitizedHtml => sanitizeHtml(part, { allowRemoteImages: images === '1', cidUrl, plainText: message.text });
  const whole = safe(html);
  // What is shown as text has no quote to fold.
  const { fresh, quoted } = (!whole.fellBack && channelOf(conversation.channel)?.splitHtml?.(html, message.text)) || {
    fresh: html,
    quoted: '',
  };
  const page =
    quoted === ''
      ? htmlDocument(whole, images === '1')
      : htmlDocument(safe(fresh), images === '1', {
          label: quotedText[(await localeOf(ctx.db, ctx.actor.id)) ?? (await companySettings(ctx.db)).locale],
          content: safe(quoted),
        });
  return {
    filename: 'message.html',
    mediaType: 'text/html; charset=utf-8',
    content: Buffer.from(page),
    page: { remoteImages: images === '1' },
    inline: true,
  };
}

/** The message exactly as it arrived. */
export async function rawMessage(ctx: Ctx, { id }: { id: string }): Promise<Download> {
  const { message } = await loadMessage(ctx, id);
  const raw = message.intakeId ? await rawOf(ctx, message.intakeId) : undefined;
  if (!raw) throw core('core.not_found');
  return {
    filename: `${message.id}.eml`,
    mediaType: raw.mediaType === 'message/rfc822' ? 'message/rfc822' : 'application/octet-stream',
    content: raw.content,
  };
}

export async function downloadAttachment(ctx: Ctx, { id, inline }: { id: string; inline: '0' | '1' }): Promise<Download> {
  const [row] = await attachmentsByIds(ctx.db, [id]);
  if (!row) throw core('core.not_found');
  if (row.messageId) {
    const { message } = await loadMessage(ctx, row.messageId);
    await loadConversation(ctx, message.conversationId);
  } else if (row.uploadedBy !== ctx.actor.id) throw core('core.not_found');
  return downloadOf(ctx, row, inline === '1');
}

/** A file's bytes once the scanner has nothing against them; the caller has checked that it may be read. */
export async function downloadOf(ctx: Ctx, row: AttachmentRow | undefined, inline: boolean): Promise<Download> {
  if (!row) throw core('core.not_found');
  if (row.scan === 'infected') throw fail('conversations.attachment_infected', { attachmentIds: [row.id] });
  if (row.scan === 'pending') throw fail('conversations.attachment_unscanned', { attachmentIds: [row.id] });
  const content = await attachmentContent(ctx, row);
  if (!content) throw core('core.not_found');
  const mediaType = paintable.test(row.mediaType) ? row.mediaType : 'application/octet-stream';
  return { filename: row.filename, mediaType, content, size: content.byteLength, inline: inline && paintable.test(row.mediaType) };
}
