import type { Conversation } from '../../../contract/conversations.ts';
import type { Db } from '../../platform/database/sql.ts';
import { sql } from '../../platform/database/sql.ts';
import type { LoadedRecord, RecordKind } from '../../platform/module.ts';
import { streamsNow } from './access/listeners.ts';
import { viewsByIds } from './list/views.ts';
import { maskConversation, presentConversations, presentDrafts, presentMessages } from './present.ts';
import { conversationFacts, messageFacts } from './queries.ts';
import { type DraftRow, draftColumns } from './rows.ts';

type Loaded = Map<string, LoadedRecord>;

const byId = (items: readonly { id: string; version: number }[]): Loaded =>
  new Map(items.map((item) => [item.id, { version: item.version, data: { ...item } }]));

/** Restricted ones are gone for everybody, whatever they listen to. */
const shownNow = async (db: Db, ids: readonly string[]) =>
  [...(await conversationFacts(db, ids)).values()].filter((row) => !row.restrictedAt);

/** What belongs to no conversation that is there is gone. */
function withStreams(items: Loaded, streams: ReadonlyMap<string, string[]>, conversationOf: (id: string) => string): Loaded {
  const heard: Loaded = new Map();
  for (const [id, item] of items) {
    const mine = streams.get(conversationOf(id));
    if (mine) heard.set(id, { ...item, streams: mine });
  }
  return heard;
}

/** Records as the stream carries them: the same presenters as over HTTP. */
export const records: Record<string, RecordKind> = {
  conversation: {
    async load(db, ids, now) {
      const rows = await shownNow(db, ids);
      // Who may hear is asked after what they hear, so that nobody gets what was written after they lost it.
      const items = await presentConversations(db, rows);
      return withStreams(byId(items), await streamsNow(db, rows, now), (id) => id);
    },
    mask: (data) => ({ ...maskConversation(data as Conversation) }),
  },
  message: {
    async load(db, ids, now) {
      const messages = await messageFacts(db, ids);
      const items = byId(await presentMessages(db, [...messages.values()]));
      const rows = await shownNow(db, [...new Set([...messages.values()].map((message) => message.conversationId))]);
      return withStreams(items, await streamsNow(db, rows, now), (id) => messages.get(id)?.conversationId ?? '');
    },
  },
  draft: {
    load: async (db: Db, ids) =>
      byId(
        await presentDrafts(
          db,
          await db.query<DraftRow>(sql`select ${draftColumns} from drafts d
        where d.id = any(${ids}::uuid[]) and not exists (select from conversations c where c.id = d.conversation_id and c.restricted_at is not null)`),
        ),
      ),
  },
  view: { load: viewsByIds },
};
