import { createTransport } from 'nodemailer';
import { inject } from 'vitest';
import { address } from './company.ts';

interface Mail {
  from: string;
  /** Else our address. */
  to?: string;
  cc?: string;
  subject: string;
  text: string;
  html?: string;
  attachments?: { filename: string; content: Buffer; cid?: string }[];
  messageId?: string;
  inReplyTo?: string;
  references?: string;
}

/** A customer's mail through the real door, unless told otherwise that of the company everybody uses. */
export async function sendMail(mail: Mail, port = inject('smtpPort')): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, tls: { rejectUnauthorized: false } });
  await transport.sendMail({ to: address, ...mail });
  transport.close();
}

/** Bytes exactly as given, for mails no library would write. */
export async function sendRaw({ from, raw }: { from: string; raw: string }): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: inject('smtpPort'), secure: false, tls: { rejectUnauthorized: false } });
  await transport.sendMail({ envelope: { from, to: address }, raw });
  transport.close();
}

/** A subject nobody used before, so that journeys do not meet. */
let count = 0;
export const subjectOf = (text: string): string => `${text} ${Date.now().toString(36)}${count++}`;
