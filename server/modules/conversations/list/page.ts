import type { Ctx } from '../../../platform/context.ts';
import type { Database } from '../../../platform/database/database.ts';
import { sql } from '../../../platform/database/sql.ts';
import { Written } from '../../../platform/http/written.ts';
import { presentConversation } from '../present.ts';
import { type ShownConversation, shownColumns } from '../rows.ts';
import type { Listed } from './list.ts';

/** A conversation as it leaves, for one version of it and one name of its customer; with a comma behind. */
interface Line {
  version: number;
  customerName: string | null;
  bytes: Buffer;
}

/** About a kilobyte each. Queues are read again and again, each time with few rows changed. */
const mostLines = 4_000;
const linesOf = new WeakMap<Database, Map<string, Line>>();

/** A page of conversations as the bytes that leave: what changed since this process last wrote it is read and written, the rest is at hand. */
export async function writePage(ctx: Ctx, page: readonly Listed[], nextCursor: string | null): Promise<Written> {
  const { database } = ctx.platform;
  let lines = linesOf.get(database);
  if (!lines) linesOf.set(database, (lines = new Map()));
  const known = new Map(page.map((place) => [place.id, lines.get(place.id)]));
  const changed = page.filter((place) => !isOf(known.get(place.id), place));
  for (const row of changed.length > 0 ? await loadShown(ctx, changed) : []) {
    const customerName = changed.find(({ id }) => id === row.id)?.customerName ?? null;
    known.set(row.id, {
      version: row.version,
      customerName,
      bytes: Buffer.from(`${JSON.stringify(presentConversation(row, customerName ?? ''))},`),
    });
  }
  const parts: Buffer[] = [Buffer.from('{"items":[')];
  for (const [id, line] of known) {
    // Deleted between the two looks.
    if (!line) continue;
    parts.push(line.bytes);
    // The map keeps the order of insertion, so what is read often stays at its end.
    lines.delete(id);
    lines.set(id, line);
  }
  for (const oldest of lines.keys()) {
    if (lines.size <= mostLines) break;
    lines.delete(oldest);
  }
  const last = parts.at(-1);
  // Every line ends with the comma before the next one.
  if (parts.length > 1 && last) parts[parts.length - 1] = last.subarray(0, -1);
  parts.push(Buffer.from(`],"nextCursor":${JSON.stringify(nextCursor)}}`));
  return new Written(Buffer.concat(parts));
}

/** The same page as rows, in the order given. */
export async function loadPage(ctx: Ctx, page: readonly Listed[]) {
  const rows = new Map((await loadShown(ctx, page)).map((row) => [row.id, row]));
  return page.flatMap(({ id, customerName }) => {
    const row = rows.get(id);
    return row ? [presentConversation(row, customerName ?? '')] : [];
  });
}

const loadShown = (ctx: Ctx, page: readonly Listed[]): Promise<ShownConversation[]> =>
  ctx.db.query<ShownConversation>(sql`select ${shownColumns} from conversations c where c.id = any(${page.map(({ id }) => id)}::uuid[])`);

const isOf = (line: Line | undefined, place: Listed): boolean =>
  line?.version === place.version && line.customerName === place.customerName;
