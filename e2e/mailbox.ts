import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { channelsEndpoints } from '../contract/channels.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { caller, cast, password } from './company.ts';

interface Copy {
  /** Whose mailboxes this copy was handed over for. */
  to: string[];
  /** All of it, head first, as a mail program shows it. */
  text: string;
}

/** The mail server of everybody the company writes to: what leaves an account of the company arrives here, over SMTP. */
export function useMailboxes(address: string): { arrived: Copy[]; inMail: (pattern: RegExp) => Promise<string> } {
  let server: SMTPServer;
  const arrived: Copy[] = [];
  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          arrived.push({
            to: session.envelope.rcptTo.map((one) => one.address),
            text: decoded(Buffer.concat(chunks).toString('latin1')),
          });
          done();
        });
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const call = caller(inject('base'));
    await call(workspaceEndpoints.signIn, { email: cast.kim.email, password });
    const team = (await call(workspaceEndpoints.listTeams, {})).items[0];
    await call(channelsEndpoints.createAccount, {
      channel: 'email',
      name: 'Haus & Heim',
      address,
      teamId: team?.id ?? '',
      settings: { smtpHost: '127.0.0.1', smtpPort: (server.server.address() as AddressInfo).port, smtpSecurity: 'none' },
    });
  });
  afterAll(() => new Promise<void>((done) => void server.close(() => done())));
  return {
    arrived,
    /** Waits for a mail that has what is asked for. */
    async inMail(pattern) {
      await expect.poll(() => arrived.some(({ text }) => pattern.test(text)), { timeout: 20_000 }).toBe(true);
      return pattern.exec(arrived.findLast(({ text }) => pattern.test(text))?.text ?? '')?.[1] ?? '';
    },
  };
}

/** Quoted-printable undone and soft line breaks joined. */
const decoded = (raw: string): string =>
  Buffer.from(
    raw.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
