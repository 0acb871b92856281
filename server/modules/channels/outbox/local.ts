import type { LocalItem } from '../../../../contract/channel.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';

export interface LocalRow {
  id: string;
  account_id: string;
  message_id: string;
  platform_id: string | null;
  media_type: string;
  recipients: string[];
  subject: string | null;
  size: number;
  at: Date;
}

const columns = sql`l.id, l.account_id, l.message_id, l.platform_id, l.media_type, l.recipients, l.subject, octet_length(l.content) as size, l.at`;

/** Keeps a message instead of sending it. Twice the same counts once. */
export async function keepLocally(db: Db, item: LocalItem, at: Date): Promise<void> {
  await db.exec(sql`insert into local_outbox (id, account_id, message_id, platform_id, media_type, content, recipients, subject, at)
    values (${newId(at.getTime())}, ${item.accountId}, ${item.messageId}, ${item.platformId}, ${item.mediaType}, ${Buffer.from(item.content)},
      ${item.to}, ${item.subject}, ${at}) on conflict (message_id) do nothing`);
}

/** Newest first. */
export const listLocal = (
  db: Db,
  q: { accountId: string | undefined; after: { at: Date; id: string } | undefined; limit: number },
): Promise<LocalRow[]> =>
  db.query<LocalRow>(sql`select ${columns} from local_outbox l where ${q.accountId === undefined ? sql`true` : sql`l.account_id = ${q.accountId}`}
    ${q.after ? sql`and (l.at, l.id) < (${q.after.at}, ${q.after.id}::uuid)` : sql.empty} order by l.at desc, l.id desc limit ${q.limit}`);

export const findLocal = (db: Db, id: string): Promise<(LocalRow & { content: Buffer }) | undefined> =>
  db.maybe<LocalRow & { content: Buffer }>(sql`select ${columns}, l.content from local_outbox l where l.id = ${id}`);
