import { type Db, sql } from '../../../platform/database/sql.ts';

/** A delivery as the room of the messages knows it: by what it brought, what it reports on, or what it is a copy of. */
export interface Delivered {
  intakeId: string;
  accountId: string;
  platformId: string | null;
  concerns: string[];
}

/** Which of these deliveries nobody may read, because what they tell of only lies there. */
export type ProvideHidden = (db: Db, deliveries: readonly Delivered[]) => Promise<ReadonlySet<string>>;

let provider: ProvideHidden = async () => new Set();

/** The room that knows messages says, once, when it is loaded. */
export function provideHidden(fn: ProvideHidden): void {
  provider = fn;
}

export async function hiddenAmong(db: Db, intakeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const withheld = await db.query<{ id: string }>(
    sql`select id from intake where id = any(${intakeIds}::uuid[]) and withheld_for is not null`,
  );
  const told = await provider(
    db,
    await db.query<Delivered>(sql`select id as "intakeId", account_id as "accountId", platform_id as "platformId", coalesce(concerns, '{}') as concerns
      from intake where id = any(${intakeIds}::uuid[])`),
  );
  return new Set([...told, ...withheld.map((row) => row.id)]);
}
