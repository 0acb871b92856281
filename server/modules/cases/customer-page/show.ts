import type { CustomerPage, PageEntry, PagePromise } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { filesOf, isBy, languageFor, messagesShownTo, onPage } from '../../conversations/index.ts';
import { companySettings } from '../../workspace/index.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import type { Page } from './page.ts';
import { isRetold, promisesOf } from './queries.ts';

/** Messages of one round; the rest follows when the reader asks. */
const atOnce = 30;
export const daySeconds = 86_400;

export interface Showing {
  confirmed: boolean;
  preview?: boolean;
  cursor?: string | undefined;
}

type Shown = Awaited<ReturnType<typeof messagesShownTo>>[number];

/** The page as it leaves: what the link alone shows, and with the address confirmed everything that was written between the two. */
export async function showPage(
  ctx: Pick<Ctx, 'db' | 'now'>,
  page: Page,
  { confirmed, preview = false, cursor }: Showing,
): Promise<CustomerPage> {
  const { db, now } = ctx;
  const { kase, identity, conversationIds, until } = page;
  const since = new Date(now.getTime() - daySeconds * 1_000);
  const promises = await promisesOf(db, kase.id);
  return {
    company: (await companySettings(db)).name,
    language: await languageFor(ctx, identity.customerId),
    confirmed,
    preview,
    state: kase.state === 'waiting' ? 'with_you' : kase.state === 'open' ? 'with_us' : 'done',
    promises: promises.map((row) => ({
      state: row.state as PagePromise['state'],
      dueFrom: row.dueFrom?.toISOString() ?? null,
      dueTo: row.dueTo?.toISOString() ?? null,
      text: confirmed ? row.text : null,
    })),
    retold: await isRetold(db, conversationIds, since),
    until: until.toISOString(),
    concern: confirmed ? { number: kase.number, subject: kase.subject, openedAt: kase.createdAt.toISOString() } : null,
    history: confirmed ? await historyOf(ctx, page, cursor) : null,
  };
}

async function historyOf({ db }: Pick<Ctx, 'db'>, { identity, conversationIds }: Page, cursor?: string): Promise<CustomerPage['history']> {
  const rows = await messagesShownTo(db, conversationIds, identity, { limit: atOnce + 1, before: cursor ? readCursor(cursor) : undefined });
  const shown = rows.slice(0, atOnce);
  const last = shown.at(-1);
  return {
    items: await entriesOf({ db }, shown, identity),
    nextCursor: rows.length > atOnce && last ? writeCursor(last.at, last.id) : null,
  };
}

/** Messages in plain words: who of the three sides wrote, never which person. */
export async function entriesOf({ db }: Pick<Ctx, 'db'>, rows: readonly Shown[], reader: Page['identity']): Promise<PageEntry[]> {
  const files = await filesOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    by: row.direction === 'out' ? 'us' : isBy(row, reader) ? 'you' : 'other',
    at: row.at.toISOString(),
    text: row.text,
    onPage: row.facts.includes(onPage),
    files: (files.get(row.id) ?? []).map(({ id, filename, size, scan }) => ({
      id,
      filename,
      size,
      ready: scan !== 'pending' && scan !== 'infected',
    })),
  }));
}
