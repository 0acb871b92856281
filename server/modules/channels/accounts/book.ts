import type { ChannelAccount } from '../../../../contract/channel.ts';
import type { Platform } from '../../../platform/context.ts';
import { dbOf } from '../../../platform/database/sql.ts';
import { channelOf } from '../registry.ts';
import { type AccountRow, listAccounts } from './queries.ts';
import { openSettings } from './settings.ts';

/** An account with its settings opened. `account` is missing when the channel is gone or the settings no longer fit. State is not here. */
export interface KnownAccount {
  row: AccountRow;
  account: Omit<ChannelAccount, 'state'> | undefined;
}

/**
 * All accounts in memory, because every mail asks for them: read again when older than a second, or at once when this process changed one. There
 * are dozens, not thousands.
 */
export interface AccountBook {
  all(): Promise<readonly KnownAccount[]>;
  byId(id: string): Promise<KnownAccount | undefined>;
  /** Active accounts of one channel by normalised address, further addresses too. */
  byAddress(kind: string): Promise<ReadonlyMap<string, KnownAccount>>;
  forget(): void;
}

const freshMilliseconds = 1_000;

const books = new WeakMap<Platform, AccountBook>();

export function bookOf(platform: Platform): AccountBook {
  let book = books.get(platform);
  if (!book) books.set(platform, (book = createBook(platform)));
  return book;
}

interface Page {
  all: KnownAccount[];
  byId: Map<string, KnownAccount>;
  byKind: Map<string, Map<string, KnownAccount>>;
}

function createBook(platform: Platform): AccountBook {
  let page: Promise<Page> | undefined;
  let readAt = 0;
  const opened = new Map<string, KnownAccount>();

  const current = (): Promise<Page> => {
    if (!page || performance.now() - readAt > freshMilliseconds) {
      // The machine's own clock: a test's or a simulation's may stand.
      readAt = performance.now();
      const reading = readPage(platform, opened);
      page = reading;
      reading.catch(() => {
        // Not remembered: the next one asks again.
        if (page === reading) page = undefined;
      });
    }
    return page;
  };

  return {
    all: async () => (await current()).all,
    async byId(id) {
      const known = (await current()).byId.get(id);
      // Another process may just have made it, and something for it may be here already.
      if (known || performance.now() - readAt < 20) return known;
      page = undefined;
      return (await current()).byId.get(id);
    },
    byAddress: async (kind) => (await current()).byKind.get(kind) ?? new Map(),
    forget() {
      page = undefined;
    },
  };
}

/** `opened` keeps what has not changed, so that secrets are opened once per version. */
async function readPage(platform: Platform, opened: Map<string, KnownAccount>): Promise<Page> {
  const rows = await listAccounts(dbOf(platform.database.pool));
  const page: Page = { all: [], byId: new Map(), byKind: new Map() };
  for (const row of rows) {
    const before = opened.get(row.id);
    const known = before?.row.changed_version === row.changed_version ? before : { row, account: openAccount(platform, row) };
    opened.set(row.id, known);
    page.all.push(known);
    page.byId.set(row.id, known);
    if (!known.account || !row.active || row.removed_at) continue;
    const addresses = page.byKind.get(row.kind) ?? new Map<string, KnownAccount>();
    page.byKind.set(row.kind, addresses);
    for (const address of [row.address, ...(channelOf(row.kind)?.identity.others?.(known.account) ?? [])])
      if (!addresses.has(address)) addresses.set(address, known);
  }
  return page;
}

function openAccount(platform: Platform, row: AccountRow): KnownAccount['account'] {
  const channel = channelOf(row.kind);
  if (!channel) return undefined;
  try {
    const settings = openSettings(channel, row, platform.secrets);
    return settings && { id: row.id, name: row.name, address: row.address, teamId: row.team_id, signature: row.signature, settings };
  } catch (error) {
    // Sealed under another key: the account stays, its health line says so.
    platform.log.error({ err: error, accountId: row.id }, 'settings of a channel account cannot be opened');
    return undefined;
  }
}
