import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import type { MailTaken } from '../record.ts';

/** The mail server of the customers: takes what we send and writes each one down before it says so. */
export async function startSink(host: string, taken: MailTaken[], told: () => void): Promise<{ port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1');
        // Lines of quoted-printable may break anywhere.
        const flat = text.replace(/=\r\n/g, '');
        taken.push({
          draftId: /Vorgang ([0-9a-f-]{36})/.exec(flat)?.[1] ?? '',
          messageId: /^message-id:\s*<([^>]+)>/im.exec(text)?.[1] ?? '',
          replyTo: /^reply-to:[^\n]*?([^\s<>]+@[^\s<>]+)/im.exec(text.replace(/\r\n[ \t]+/g, ' '))?.[1] ?? '',
        });
        told();
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, host, () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
