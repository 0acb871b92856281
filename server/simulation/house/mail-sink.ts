import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail of ours as the customers' mail server got it. */
export interface Caught {
  messageId: string;
  to: string;
  subject: string;
}

/** The mail server of all customers: takes what we send and keeps who got which mail. It knows nothing of the database, so it can bear witness. */
export interface MailSink {
  port: number;
  /** Everything caught, in the order of coming. */
  caught: readonly Caught[];
  close(): Promise<void>;
}

export async function openMailSink(onMail: (mail: Caught) => void): Promise<MailSink> {
  const caught: Caught[] = [];
  const server = new SMTPServer({
    name: 'mx.kunden.example',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    noDelay: true,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        const head = headOf(Buffer.concat(chunks).toString('latin1'));
        const mail = {
          messageId: /^message-id:\s*<([^>]+)>/im.exec(head)?.[1] ?? '',
          to: session.envelope.rcptTo[0]?.address.toLowerCase() ?? '',
          subject: /^subject:\s*(.*)$/im.exec(head)?.[1]?.trim() ?? '',
        };
        caught.push(mail);
        onMail(mail);
        callback(null, 'Taken');
      });
    },
  });
  // A client that breaks off is the sender's business, who tries again.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    caught,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Header lines, folded ones joined. */
const headOf = (raw: string): string => raw.slice(0, Math.max(0, raw.indexOf('\r\n\r\n'))).replace(/\r\n[ \t]+/g, ' ');
