import { dateFormat } from '../../platform/date-format.ts';
import type { Chance } from '../random.ts';
import { type Client, programs } from './clients.ts';
import { base64, bytesIn, type Charset, headerText, mailbox, quotedPrintable } from './encode.ts';
import type { MailFile, MailPlan } from './plan.ts';

/** A mail as its bytes, with the id by which answers will name it. */
export interface WrittenMail {
  messageId: string;
  raw: Buffer;
  /** New text and quote, as the receiver could read it. */
  text: string;
  subject: string;
}

/** Writes a mail as the sender's program would: header order, charset, HTML part, quote, attachments. */
export function writeMail(plan: MailPlan, chance: Chance): WrittenMail {
  const client = programs[plan.from.client];
  const messageId = client.messageId(chance, plan.from.address);
  const subject = plan.answers ? replySubject(client, plan.answers.subject) : plan.subject;
  const signature = [plan.from.signature, client.signature].filter(Boolean).join('\n');
  const own = signature ? `${plan.text}\n\n${client.signature ? '' : '-- \n'}${signature}` : plan.text;
  const text = plan.answers ? `${own}\n${client.quote(plan.answers)}` : own;
  const head = [
    `Received: from ${client.host} (${client.host} [203.0.113.${chance.whole(2, 250)}]) by mx.hansekontor.example with ESMTPS; ${rfcDate(plan.at)}`,
    ...(plan.headers ?? []),
    `Date: ${rfcDate(plan.at)}`,
    `From: ${mailbox(plan.from.name, plan.from.address)}`,
    `To: ${plan.to}`,
    ...(plan.cc ? [`Cc: ${plan.cc.join(', ')}`] : []),
    `Message-ID: <${messageId}>`,
    ...(plan.answers
      ? [
          `In-Reply-To: <${plan.answers.messageId}>`,
          `References: ${[...plan.answers.references, plan.answers.messageId].map((id) => `<${id}>`).join('\r\n ')}`,
        ]
      : []),
    `Subject: ${headerText(subject)}`,
    ...client.headers(chance).filter((line) => !/^mime-version/i.test(line)),
    'MIME-Version: 1.0',
  ];
  const body = withFiles(bodyOf(client, text, plan.html, chance), plan.files ?? [], chance);
  return { messageId, subject, text, raw: Buffer.from(`${head.join('\r\n')}\r\n${body}\r\n`, 'latin1') };
}

const replySubject = (client: Client, subject: string) => (/^(re|aw|wg):/i.test(subject) ? subject : `${client.prefix}${subject}`);

function bodyOf(client: Client, text: string, html: string | undefined, chance: Chance): string {
  const plain = part('text/plain', client, text);
  const rich = html ?? client.html?.(text);
  if (rich === undefined) return plain;
  const line = boundary(chance);
  return `Content-Type: multipart/alternative; boundary="${line}"\r\n\r\n--${line}\r\n${plain}\r\n--${line}\r\n${part('text/html', client, rich)}\r\n--${line}--\r\n`;
}

function part(mediaType: string, { charset, transfer }: Pick<Client, 'charset' | 'transfer'>, text: string): string {
  // A sender whose old charset has no Turkish or Polish letters switches to UTF-8, as the programs do.
  const fits: Charset = /^[\u0000-\u00ff€‚„…‘’“”–—]*$/u.test(text) ? charset : 'utf-8';
  const bytes = bytesIn(fits, text);
  const content = transfer === 'base64' ? base64(bytes) : quotedPrintable(bytes);
  return `Content-Type: ${mediaType}; charset=${fits}\r\nContent-Transfer-Encoding: ${transfer}\r\n\r\n${content}`;
}

function withFiles(body: string, files: readonly MailFile[], chance: Chance): string {
  if (files.length === 0) return body;
  const line = boundary(chance);
  const attached = files.map((file) => {
    const name = headerText(file.filename);
    return `--${line}\r\nContent-Type: ${file.mediaType}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(file.content)}\r\n`;
  });
  return `Content-Type: multipart/mixed; boundary="${line}"\r\n\r\n--${line}\r\n${body}\r\n${attached.join('')}--${line}--\r\n`;
}

const boundary = (chance: Chance) => `----=_Part_${chance.digits(7)}_${chance.digits(10)}`;

/** RFC 5322 date with the offset that Berlin had at that instant. */
export function rfcDate(at: Date): string {
  const parts = Object.fromEntries(
    dateFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const offset = (parts['timeZoneName'] ?? 'GMT+00:00').replace('GMT', '').replace(':', '') || '+0000';
  const month = (parts['month'] ?? '').slice(0, 3);
  return `${parts['weekday']}, ${parts['day']} ${month} ${parts['year']} ${parts['hour']}:${parts['minute']}:${parts['second']} ${offset}`;
}
