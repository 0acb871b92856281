import { createTransport } from 'nodemailer';
import type { Ctx, Platform } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import type { Job, JobWork } from '../../../platform/jobs/jobs.ts';
import { companySettings } from '../queries/settings.ts';
import { type NoticeKind, noticeText } from './notice-texts.ts';

/** What a notice says beside its fixed text. */
export interface NoticeFacts {
  link?: string;
}

/** Whether notices leave the house at all. Without a mail server they wait, and whoever manages people hands the link over. */
export const isMailed = (platform: Platform): boolean => platform.config.smtpUrl !== '';

/** Sends a mail of the house to one of its people, after the commit. */
export async function sendNotice(ctx: Ctx, personId: string, kind: NoticeKind, facts: NoticeFacts = {}): Promise<void> {
  const id = newId(ctx.now.getTime());
  await ctx.db.exec(sql`insert into notices (id, person_id, kind, sealed, created_at)
    values (${id}, ${personId}, ${kind}, ${ctx.platform.secrets.seal(JSON.stringify(facts))}, ${ctx.now})`);
  if (isMailed(ctx.platform)) await ctx.enqueue(mailNotice.name, { noticeId: id });
}

interface NoticeRow {
  kind: NoticeKind;
  sealed: string | null;
  name: string;
  email: string;
  locale: 'de' | 'en';
}

export const mailNotice: Job = {
  name: 'workspace.mail_notice',
  run: async (work, data) => mail(work, String(data['noticeId'])),
};

async function mail(work: JobWork, id: string): Promise<void> {
  const { reading, platform } = work;
  const notice = await reading.db.maybe<NoticeRow>(sql`select n.kind, n.sealed, p.name, p.email, p.locale
    from notices n join people p on p.id = n.person_id where n.id = ${id} and n.sent_at is null`);
  if (!notice?.sealed) return;
  const company = (await companySettings(reading.db)).name || 'Nahbar';
  const facts = JSON.parse(platform.secrets.open(notice.sealed)) as NoticeFacts;
  const { subject, text } = noticeText(notice.kind, notice.locale, { name: notice.name, company, link: facts.link ?? '' });
  const host = new URL(platform.config.publicUrl).hostname;
  const transport = createTransport(platform.config.smtpUrl, { from: { name: company, address: `nahbar@${host}` } });
  try {
    // The id makes a mail sent twice recognisable as one.
    await transport.sendMail({
      to: { name: notice.name, address: notice.email },
      subject,
      text,
      messageId: `<notice-${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } finally {
    transport.close();
  }
  await work.transaction(async (ctx) => {
    await ctx.db.exec(sql`update notices set sent_at = ${ctx.now}, sealed = null where id = ${id}`);
  });
}

/** Links in notices live for days; what is older is of no use to anybody. */
export async function sweepNotices(ctx: Ctx): Promise<void> {
  await ctx.db.exec(sql`delete from notices where created_at < ${new Date(ctx.now.getTime() - 30 * 86_400_000)}`);
}
