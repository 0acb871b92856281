import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection/index.js';
import type { Begin } from '../../../../contract/channel.ts';
import { xoauth2 } from '../access/oauth.ts';
import { isLoopback, type MailServer } from '../access/servers.ts';
import type { Stage } from './failure.ts';

/** An attempt that failed, with how far it had come. */
export class SendError extends Error {
  override name = 'SendError';
  readonly stage: Stage;
  constructor(stage: Stage, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.stage = stage;
  }
}

/** One open connection to a sending server, signed in. */
export interface SmtpSession {
  /** Mails handed over so far. */
  sent(): number;
  isOpen(): boolean;
  /** `begin` is awaited before the last byte of the content. */
  send(envelope: { from: string; to: readonly string[] }, content: Uint8Array, begin: Begin): Promise<SMTPConnectionSendInfo>;
  /** Says goodbye, or just goes when `hard`. */
  end(hard?: boolean): void;
}

/** Milliseconds; together below the minute that one sending may take. */
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 45_000, dnsTimeout: 10_000 };

const oauthMethod = 'NAHBAR-XOAUTH2';

/** Opens and signs in. `token` gives an OAuth access token instead of the password; `renew` when the first was refused. */
export async function openSession(server: MailServer, ehloName: string, token?: (renew: boolean) => Promise<string>): Promise<SmtpSession> {
  const insist = server.security === 'starttls' && !isLoopback(server.host);
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    name: ehloName,
    secure: server.security === 'tls',
    ignoreTLS: server.security === 'none',
    requireTLS: insist,
    tls: {
      minVersion: 'TLSv1.2',
      ...(server.certificateAuthority ? { ca: server.certificateAuthority } : {}),
      // A relay on this machine seldom has a certificate for "localhost", and nobody is in between.
      ...(isLoopback(server.host) && !server.certificateAuthority ? { rejectUnauthorized: false } : {}),
    },
    ...timeouts,
    customAuth: {
      // Under a name of our own, because the library prefers PLAIN for XOAUTH2 without its own token maker.
      [oauthMethod]: async (auth) => {
        const user = server.user;
        for (const renew of [false, true]) {
          const answer = await auth.sendCommand(`AUTH XOAUTH2 ${xoauth2(user, (await token?.(renew)) ?? '')}`);
          if (answer.status === 235) return auth.resolve();
          // 334 carries the reason; an empty line asks for the final refusal.
          const last = answer.status === 334 ? await auth.sendCommand('') : answer;
          if (renew) return auth.reject(Object.assign(new Error(last.text), { responseCode: last.status }));
        }
      },
    },
    logger: false,
  });
  let lost: unknown;
  let abandon: (error: Error) => void = () => {};
  const broke = new Promise<never>((_resolve, reject) => {
    abandon = reject;
    connection.on('error', (error) => {
      lost = error;
      reject(error);
    });
    connection.once('end', () => {
      lost ??= new Error('Connection closed');
      reject(lost);
    });
  });
  broke.catch(() => {});
  const step = <T>(stage: Stage, act: (done: (error: unknown, result?: T) => void) => void): Promise<T> =>
    Promise.race([
      new Promise<T>((resolve, reject) => act((error, result) => (error ? reject(error) : resolve(result as T)))),
      broke,
    ]).catch((error: unknown) => {
      connection.close();
      throw new SendError(stage, error);
    });

  await step<void>('connect', (done) => connection.connect((error) => done(error)));
  if (token || (server.user && server.password)) {
    const auth = token ? { user: server.user, method: oauthMethod } : { user: server.user, pass: server.password };
    await step('sign_in', (done) => connection.login(auth, done));
  }
  let count = 0;
  return {
    sent: () => count,
    isOpen: () => lost === undefined && !connection.destroyed,
    async send(envelope, content, begin) {
      const tracked = trackedStream(content, begin);
      const attempt = new Promise<SMTPConnectionSendInfo>((resolve, reject) => {
        const size = content.byteLength;
        connection.send({ from: envelope.from, to: [...envelope.to], size }, tracked.stream, (error, info) =>
          error || !info ? reject(error ?? new Error('No answer')) : resolve(info),
        );
      });
      count += 1;
      // A connection closed from our side forgets its callback.
      return await Promise.race([attempt, broke, tracked.stopped]).catch((error: unknown) => {
        connection.close();
        throw new SendError(tracked.stage(), error);
      });
    },
    end(hard = false) {
      if (!hard) return connection.quit();
      connection.close();
      abandon(new Error('Given up'));
    },
  };
}

/** The content in pieces, so that it can be told how much had left when the connection broke. `stopped` rejects when the last piece may not leave. */
function trackedStream(content: Uint8Array, begin: Begin): { stream: Readable; stage(): Stage; stopped: Promise<never> } {
  let at = 0;
  let stop: (error: unknown) => void = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = reject;
  });
  stopped.catch(() => {});
  const stream = new Readable({
    highWaterMark: 64 * 1024,
    read() {
      if (at >= content.byteLength) return void this.push(null);
      const end = Math.min(at + 64 * 1024, content.byteLength);
      const go = () => {
        // First: pushing may ask for the next piece at once.
        const piece = content.subarray(at, end);
        at = end;
        this.push(piece);
      };
      if (end < content.byteLength) go();
      else begin().then(go, stop);
    },
  });
  let isEnded = false;
  stream.once('end', () => {
    isEnded = true;
  });
  // Before its last byte a mail is not complete, and no server may take it (RFC 5321, 4.1.1.4).
  return { stream, stopped, stage: () => (isEnded ? 'handed_over' : at > 0 ? 'content' : 'envelope') };
}
