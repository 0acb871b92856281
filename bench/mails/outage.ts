import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { Client, type Pool } from 'pg';
import { hasDovecot, startDovecot } from '../../channels/email/testing/dovecot.ts';
import { makeCertificate, makeServerFolder, removeServerFolder } from '../../channels/email/testing/server-folder.ts';
import { startTokenServer } from '../../channels/email/testing/token-server.ts';
import { pause } from '../../torture/chance.ts';
import type { Installation } from '../../torture/installation.ts';
import { comeToRest } from '../../torture/run.ts';
import { addAdmin } from '../admin.ts';
import type { Figure } from '../report.ts';

const hours = 72;
const user = 'postfach@firma.test';

export const mayHaveOutage = hasDovecot;

/** A real mailbox is connected, then all of us are away for three days while mail comes in; afterwards a worker is killed in the middle of catching up. */
export async function afterOutage(
  installation: Installation,
  pool: Pool,
  count: number,
  say: (line: string) => void,
): Promise<{ figures: Figure[]; wrong: number }> {
  if (!hasDovecot()) return { figures: [], wrong: 0 };
  const folder = makeServerFolder();
  const certificate = makeCertificate(folder, 'server');
  const tokens = await startTokenServer(user);
  const dovecot = await startDovecot(folder, certificate, tokens.introspectionUrl);
  const authority = readFileSync(certificate.certificate, 'utf8');
  const sql = new Client(installation.database.url);
  try {
    await sql.connect();
    const client = new ImapFlow({
      host: 'localhost',
      port: dovecot.imapsPort,
      secure: true,
      tls: { ca: authority },
      auth: { user, pass: dovecot.password },
      logger: false,
    });
    await client.connect();
    const now = Date.now();
    const put = (n: number, at: number) =>
      client.append(
        'INBOX',
        `From: Kundin ${n} <kundin${n}@post.example>\r\nTo: ${user}\r\nMessage-ID: <ausfall-${n}@post.example>\r\nSubject: Frage ${n}\r\nDate: ${new Date(at).toUTCString()}\r\n\r\nGuten Tag, Frage ${n}.\r\n`,
        [],
        new Date(at),
      );
    await connect(installation, await addAdmin(sql), {
      imapHost: 'localhost',
      imapPort: dovecot.imapsPort,
      password: dovecot.password,
      certificateAuthority: authority,
      imapFromTheBeginning: true,
    });
    // The first one shows that it is watched, so that there is a place to go on from.
    await put(0, now - hours * 3_600_000);
    const there = async () => {
      const { rows } = await pool.query<{ id: string; seq: string }>(
        `select platform_id as id from intake where platform_id like 'ausfall-%' order by id`,
      );
      return rows.map(({ id }) => id);
    };
    for (const begun = Date.now(); (await there()).length < 1; await pause(100))
      if (Date.now() - begun > 60_000) throw new Error('The mailbox is not watched.');
    await Promise.all(installation.all.map((one) => one.kill()));
    for (let n = 1; n <= count; n += 1) await put(n, now - hours * 3_600_000 * (1 - n / count));
    await client.logout();
    say(`${count} mails lie in the mailbox, of ${hours} hours without us.`);
    const begun = performance.now();
    await Promise.all(installation.all.map((one) => one.start()));
    while ((await there()).length < count / 3) await pause(20);
    const dying = installation.workers;
    await Promise.all(dying.map((one) => one.kill()));
    await Promise.all(dying.map((one) => one.start()));
    for (let last = -1, since = performance.now(); performance.now() - since < 60_000; await pause(100)) {
      const found = (await there()).length;
      if (found > count) break;
      if (found !== last) [last, since] = [found, performance.now()];
    }
    const seconds = (performance.now() - begun) / 1_000;
    await comeToRest(installation.database.url, () => {}, say);
    const { rows } = await pool.query<{ n: number; times: number }>(
      `select substring(platform_id from '[0-9]+')::int as n, count(*)::int as times from messages where platform_id like 'ausfall-%' group by platform_id`,
    );
    const lost = count + 1 - rows.length;
    const doubled = rows.filter(({ times }) => times > 1).length;
    return {
      figures: [
        {
          what: `mailbox (Dovecot) after ${hours} h without us, killed once while catching up: lost`,
          unit: `of ${count}`,
          value: lost,
          goal: { atMost: 0 },
        },
        { what: 'mailbox: doubled', unit: '', value: doubled, goal: { atMost: 0 } },
        { what: 'mailbox: all of it taken after', unit: 's', value: seconds },
      ],
      wrong: lost + doubled,
    };
  } finally {
    await sql.end();
    await dovecot.stop();
    await tokens.stop();
    removeServerFolder(folder);
  }
}

async function connect({ webs, service: { teamId } }: Installation, session: string, settings: object): Promise<void> {
  const [web] = webs;
  const reply = await fetch(`http://${web?.host}:${web?.port}/api/v1/channels/accounts`, {
    method: 'POST',
    headers: {
      cookie: `nahbar_session=${session}`,
      'x-nahbar': '1',
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ channel: 'email', name: 'Postfach', address: user, teamId, settings }),
  });
  if (!reply.ok) throw new Error(`The mailbox was not taken: ${await reply.text()}`);
}
