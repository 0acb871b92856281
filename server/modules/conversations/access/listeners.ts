import { type Db, sql } from '../../../platform/database/sql.ts';
import type { ConversationRow } from '../rows.ts';

/** Who reads these conversations by a reason given or a mention, as of now. */
export async function readersByGrant(db: Db, conversationIds: readonly string[], now: Date): Promise<Map<string, string[]>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await db.query<{
    id: string;
    personId: string;
  }>(sql`select conversation_id as id, person_id as "personId" from conversation_access
    where conversation_id = any(${conversationIds}::uuid[]) and until > ${now}`);
  return new Map([...Map.groupBy(rows, (row) => row.id)].map(([id, found]) => [id, found.map((row) => row.personId)]));
}

type Heard = Pick<ConversationRow, 'id' | 'teamId' | 'assigneeId' | 'claimedBy' | 'mergedInto'>;

/** The streams that may carry each conversation as it is now; `audiences.ts` says which of them hear of what happens. */
export async function streamsNow(db: Db, rows: readonly Heard[], now: Date): Promise<Map<string, string[]>> {
  const granted = await readersByGrant(
    db,
    rows.map((row) => row.id),
    now,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      [
        `conversation:${row.id}`,
        ...(row.mergedInto ? [`conversation:${row.mergedInto}`] : []),
        ...(row.teamId ? [`team:${row.teamId}`] : []),
        ...[row.assigneeId, row.claimedBy, ...(granted.get(row.id) ?? [])].flatMap((id) => (id ? [`work:${id}`] : [])),
      ],
    ]),
  );
}
