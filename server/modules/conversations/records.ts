import type { Conversation } from '../../../contract/conversations.ts';
import type { Db } from '../../platform/database/sql.ts';
import { sql } from '../../platform/database/sql.ts';
import type { RecordKind } from '../../platform/module.ts';
import { maskConversation, presentConversationIds, presentDrafts, presentMessages } from './present.ts';
import { messageFacts } from './queries.ts';
import { type DraftRow, draftColumns } from './rows.ts';
import { viewsByIds } from './views.ts';

type Loaded = Map<string, { version: number; data: Record<string, unknown> }>;

const byId = (items: readonly { id: string; version: number }[]): Loaded =>
  new Map(items.map((item) => [item.id, { version: item.version, data: { ...item } }]));

/** Records as the stream carries them: the same presenters as over HTTP. */
export const records: Record<string, RecordKind> = {
  conversation: {
    load: async (db: Db, ids) => byId(await presentConversationIds(db, ids)),
    mask: (data) => ({ ...maskConversation(data as Conversation) }),
  },
  message: { load: async (db: Db, ids) => byId(await presentMessages(db, [...(await messageFacts(db, ids)).values()])) },
  draft: {
    load: async (db: Db, ids) =>
      byId(await presentDrafts(db, await db.query<DraftRow>(sql`select ${draftColumns} from drafts d where d.id = any(${ids}::uuid[])`))),
  },
  view: { load: viewsByIds },
};
