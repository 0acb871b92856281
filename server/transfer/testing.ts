import { writeFileSync } from 'node:fs';
import type { CommandContext } from '../cli/command.ts';
import { readConfig } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import { dbOf, sql } from '../platform/database/sql.ts';
import { newId } from '../platform/ids.ts';
import { silentLog } from '../platform/log.ts';

export const secret = 'a secret for tests only, thirty-two characters';

/** A command’s surroundings on a test's database; what it says is kept. */
export function commandOn(database: Database): CommandContext & { said: string[] } {
  const said: string[] = [];
  return {
    config: readConfig({ LOG_LEVEL: 'silent', NAHBAR_SECRET: secret, NAHBAR_DATA: '/nonexistent' }),
    log: silentLog,
    said,
    say: (line) => void said.push(line),
    openDatabase: async () => database,
  };
}

export const quiet = { write: () => true };

export async function addMailbox(database: Database, address = 'service@shop.test'): Promise<string> {
  const db = dbOf(database.pool);
  const id = newId();
  await db.exec(sql`insert into teams (id, name) values (${newId()}, 'Kundenservice')`);
  await db.exec(sql`insert into channel_accounts (id, kind, name, address, active, settings, created_at)
    values (${id}, 'email', 'Service', ${address}, true, '{}', now())`);
  return id;
}

export interface OldMail {
  id: string;
  from?: string;
  to?: string;
  at?: string;
  subject?: string;
  text?: string;
  more?: string;
}

export const mail = ({
  id,
  from = 'Frau Klein <klein@kunde.test>',
  to = 'service@shop.test',
  at = 'Mon, 03 Mar 2025 10:00:00 +0100',
  subject = 'Frage',
  text = 'Guten Tag',
  more = '',
}: OldMail): string =>
  `From: ${from}\nTo: ${to}\nDate: ${at}\nMessage-ID: <${id}>\nSubject: ${subject}\n${more}Content-Type: text/plain; charset=utf-8\n\n${text}\n`;

/** Mails as an mbox file, quoted as mboxrd does. */
export function writeMbox(file: string, mails: readonly string[], lineEnd = '\n'): string {
  const text = mails
    .map(
      (one) =>
        `From someone@somewhere Mon Mar  3 10:00:00 2025\n${one.replace(/^(>*From )/gm, (line, _all, at) => (at === 0 ? line : `>${line}`))}\n`,
    )
    .join('');
  writeFileSync(file, text.replaceAll('\n', lineEnd));
  return file;
}
