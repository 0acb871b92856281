import type { ChannelAccount } from '../../../../contract/channel.ts';
import type { IdentityKind } from '../../../../contract/customers.ts';
import type { Platform } from '../../../platform/context.ts';
import { type Db, dbOf } from '../../../platform/database/sql.ts';
import { channelOf } from '../registry/registry.ts';
import { type AccountRow, listAccounts } from './queries.ts';
import { openSettings } from './settings.ts';

/** An account with its settings opened. `account` is missing when the channel is gone or the settings no longer fit. State is not here. */
export interface KnownAccount {
  row: AccountRow;
  account: Omit<ChannelAccount, 'state'> | undefined;
}

/**
 * All accounts in memory, because every mail asks for them: read again when older than a second, or at once when this process changed one. There
 * are dozens, not thousands. Inside a transaction pass its `db`: whoever holds a connection and waits for a second one can wait for ever. Not after
 * writing accounts in that transaction, or everybody would see what may be rolled back.
 */
export interface AccountBook {
  all(db?: Db): Promise<readonly KnownAccount[]>;
  byId(id: string, db?: Db): Promise<KnownAccount | undefined>;
  /** Active accounts of one channel by normalised address, further addresses too. */
  byAddress(kind: string, db?: Db): Promise<ReadonlyMap<string, KnownAccount>>;
  forget(): void;
}

const freshMilliseconds = 1_000;

const books = new WeakMap<Platform, AccountBook>();

export function bookOf(platform: Platform): AccountBook {
  let book = books.get(platform);
  if (!book) books.set(platform, (book = createBook(platform)));
  return book;
}

/** An account of ours that can write first to addresses of this kind: of the same team if there is one. */
export async function accountReaching(platform: Platform, accountId: string, kind: IdentityKind): Promise<KnownAccount | undefined> {
  const all = await bookOf(platform).all();
  const teamId = all.find(({ row }) => row.id === accountId)?.row.team_id ?? null;
  const able = all.filter(({ row, account }) => {
    const channel = channelOf(row.kind);
    return account && row.active && !row.removed_at && channel?.identity.kind === kind && channel.descriptor.capabilities.canStart;
  });
  return able.find(({ row }) => row.team_id === teamId) ?? able[0];
}

interface Page {
  all: KnownAccount[];
  byId: Map<string, KnownAccount>;
  byKind: Map<string, Map<string, KnownAccount>>;
}

function createBook(platform: Platform): AccountBook {
  const pool = dbOf(platform.database.pool);
  const opened = new Map<string, KnownAccount>();
  let page: Promise<Page> | undefined;
  let read: Page | undefined;
  let readAt = 0;

  const begin = (db: Db): Promise<Page> => {
    // The machine's own clock: a test's or a simulation's may stand.
    readAt = performance.now();
    read = undefined;
    const reading = readPage(platform, db, opened);
    page = reading;
    reading.then(
      (found) => {
        if (page === reading) read = found;
      },
      () => {
        if (page === reading) page = undefined;
      },
    );
    return reading;
  };
  const current = async (db: Db): Promise<Page> => {
    if (!page || performance.now() - readAt > freshMilliseconds) return begin(db);
    if (read) return read;
    // Another's reading is under way, and may itself wait for a connection: for ours, if we have one and everybody else waits for what we have locked.
    if (db !== pool) return begin(db);
    // Somebody else's connection may have broken under it.
    return page.catch(() => begin(db));
  };

  return {
    all: async (db = pool) => (await current(db)).all,
    async byId(id, db = pool) {
      const known = (await current(db)).byId.get(id);
      // Another process may just have made it, and something for it may be here already.
      return known || performance.now() - readAt < 20 ? known : (await begin(db)).byId.get(id);
    },
    byAddress: async (kind, db = pool) => (await current(db)).byKind.get(kind) ?? new Map(),
    forget() {
      page = undefined;
      read = undefined;
    },
  };
}

/** `opened` keeps what has not changed, so that secrets are opened once per version. */
async function readPage(platform: Platform, db: Db, opened: Map<string, KnownAccount>): Promise<Page> {
  const rows = await listAccounts(db);
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
