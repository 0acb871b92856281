import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { expect, test } from 'vitest';
import { describeMailServers, startMailServers } from './mail-servers.ts';

describeMailServers('the mail servers of the tests', () => {
  test('a mail goes through Exim into a mailbox of Dovecot', async () => {
    const servers = await startMailServers();
    try {
      const ca = readFileSync(servers.certificate);
      const transport = nodemailer.createTransport({
        host: '127.0.0.1',
        port: servers.exim.port,
        requireTLS: true,
        tls: { ca, servername: 'localhost' },
        auth: { user: servers.exim.user, pass: servers.exim.password },
      });
      await transport.sendMail({ from: 'a@kunde.test', to: 'service@firma.test', subject: 'Grüße', text: 'Hallo' });
      transport.close();
      const client = new ImapFlow({
        host: '127.0.0.1',
        port: servers.dovecot.imapsPort,
        secure: true,
        servername: 'localhost',
        tls: { ca },
        auth: { user: 'service@firma.test', pass: servers.dovecot.password },
        logger: false,
      });
      await client.connect();
      const lock = await client.getMailboxLock('INBOX');
      for (let tries = 0; tries < 50 && (client.mailbox as { exists: number }).exists === 0; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        await client.noop();
      }
      const message = await client.fetchOne('*', { envelope: true });
      expect(message && message.envelope?.subject).toBe('Grüße');
      lock.release();
      await client.logout();
    } finally {
      await servers.stop();
    }
  });
});
