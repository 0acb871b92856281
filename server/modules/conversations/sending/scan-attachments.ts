import { sql } from '../../../platform/database/sql.ts';
import { scanForViruses } from '../../../platform/files/virus-scan.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { conversationFacts, messageFacts } from '../queries.ts';
import { type AttachmentRow, attachmentColumns } from '../rows.ts';
import { facts } from '../write.ts';
import { attachmentContent } from './outgoing.ts';

/** Asks the virus scanner about waiting attachments, a few at a time. What the scanner cannot judge waits for the next look. */
export async function scanAttachments(work: JobWork): Promise<void> {
  const command = work.platform.config.virusScan;
  if (!command) return;
  const waiting = await work.reading.db.query<AttachmentRow>(
    sql`select ${attachmentColumns} from attachments a where a.scan = 'pending' order by a.created_at limit 10`,
  );
  for (const row of waiting) {
    const content = await attachmentContent(work.reading, row);
    const verdict = content ? await scanForViruses(command, content) : 'clean';
    await work.transaction(async (ctx) => {
      const judged = await ctx.db.exec(sql`update attachments set scan = ${verdict} where id = ${row.id} and scan = 'pending'`);
      const message = row.messageId && judged === 1 ? (await messageFacts(ctx.db, [row.messageId])).get(row.messageId) : undefined;
      const conversation = message && (await conversationFacts(ctx.db, [message.conversationId])).get(message.conversationId);
      if (!message || !conversation) return;
      await ctx.db.exec(sql`update messages set version = version + 1 where id = ${message.id}`);
      ctx.emit(
        'conversations.attachment_scanned',
        { ...facts(conversation), messageId: message.id, seq: message.seq, verdict },
        conversation.caseId,
      );
      ctx.log.info({ attachmentId: row.id, verdict }, 'attachment scanned');
    });
  }
}
