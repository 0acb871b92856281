import { describe, expect, test } from 'vitest';
import { type Dovecot, hasDovecot, startDovecot } from './dovecot.ts';
import { type Exim, findExim, startExim } from './exim.ts';
import { makeCertificate, makeServerFolder, removeServerFolder } from './server-folder.ts';
import { startTokenServer, type TokenServer } from './token-server.ts';

/** Real mail servers on loopback: Exim takes mail and hands it to Dovecot (or to our door), Dovecot keeps mailboxes. */
export interface MailServers {
  folder: string;
  /** PEM file that every server shows; localhost and 127.0.0.1. */
  certificate: string;
  dovecot: Dovecot;
  exim: Exim;
  tokens: TokenServer;
  stop(): Promise<void>;
}

export const missing = 'Debian, as root: channels/email/testing/install.sh';

/**
 * Declares a suite that needs real mail servers. Without them it is left out by name; in CI that is a failure, so that
 * nobody takes a suite left out for a passed one.
 */
export function describeMailServers(name: string, define: () => void): void {
  if (hasDovecot() && findExim())
    describe(name, () => {
      define();
    });
  else {
    describe(name, () => {
      if (process.env['CI']) test('has its mail servers', () => expect.fail(`Dovecot or Exim is missing. ${missing}`));
      // oxlint-disable-next-line vitest/no-disabled-tests -- this line is how it is left out by name
      else test.skip(`left out: needs Dovecot and Exim (${missing})`, () => {});
    });
  }
}

/** `doorPort`: Exim hands mail for `door.test` to this port by SMTP. Mail for `kunde.test` and `firma.test` goes to Dovecot. */
export async function startMailServers(options: { doorPort?: number; oauthUser?: string } = {}): Promise<MailServers> {
  const folder = makeServerFolder();
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.map((one) => one()));
    removeServerFolder(folder);
  };
  try {
    const certificate = makeCertificate(folder, 'server');
    const tokens = await startTokenServer(options.oauthUser ?? 'service@firma.test');
    stops.push(() => tokens.stop());
    const dovecot = await startDovecot(folder, certificate, tokens.introspectionUrl);
    stops.push(() => dovecot.stop());
    const lmtp = { port: dovecot.lmtpPort, protocol: 'lmtp' as const };
    const exim = await startExim(folder, certificate, {
      'kunde.test': lmtp,
      'firma.test': lmtp,
      ...(options.doorPort ? { 'door.test': { port: options.doorPort, protocol: 'smtp' as const } } : {}),
    });
    stops.push(() => exim.stop());
    return { folder, certificate: certificate.certificate, dovecot, exim, tokens, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
