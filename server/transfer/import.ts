import type { NewRaw, ServerChannel } from '../../contract/channel.ts';
import { storeRaw } from '../modules/channels/index.ts';
import { system } from '../platform/actor.ts';
import { type Platform, transaction } from '../platform/context.ts';
import { authorsOf, looksLikeMail } from './header.ts';
import { mailOf, type Place } from './mbox.ts';
import { createReader } from './places.ts';

/** What may become of what arrived long ago. */
export type As = 'resolved' | 'queue';

export interface ImportOptions {
  platform: Platform;
  account: { id: string; addresses: readonly string[] };
  places: readonly Place[];
  /** Left out: what is older than thirty days is history, the rest waits to be answered. */
  as?: As;
  /** The channel's own. */
  archived: NonNullable<ServerChannel['archived']>;
  /** After each batch, which is stored for good by then. */
  onStored: (done: Done) => Promise<void> | void;
  now?: () => Date;
}

export interface Done {
  mails: number;
  bytes: number;
  fresh: number;
  duplicates: number;
  failed: { place: Place; reason: string }[];
  /** Intakes stored by this import. */
  intakeIds: string[];
  /** Those of them that were taken as mail just arrived, not as history. */
  recentIds: string[];
}

const batchMails = 100;
const batchBytes = 4 * 1024 * 1024;
/** What the mail receiver takes at most, too. */
const maximumBytes = 150 * 1024 * 1024;
export const historyDays = 30;

/**
 * Stores mails through the intake, a transaction a hundred. What is stored is the only checkpoint: begun again after a crash, the intake tells what it
 * has already, and only the rest is new.
 */
export async function importMails(options: ImportOptions): Promise<Done> {
  const done: Done = { mails: 0, bytes: 0, fresh: 0, duplicates: 0, failed: [], intakeIds: [], recentIds: [] };
  const reader = createReader();
  const now = options.now ?? (() => options.platform.clock.now());
  let batch: { place: Place; item: NewRaw }[] = [];
  let size = 0;
  const flush = async () => {
    if (batch.length > 0) await store(options, batch, done);
    batch = [];
    size = 0;
    await options.onStored(done);
  };
  try {
    for (const place of options.places) {
      done.mails += 1;
      done.bytes += place.end - place.start;
      try {
        if (place.end - place.start > maximumBytes)
          throw new Error(`it has ${Math.round((place.end - place.start) / 1_048_576)} MB, more than a mail may have`);
        const item = asRaw(options, mailOf(await reader.read(place), place.isQuoted), place, now());
        batch.push({ place, item });
        size += item.content.byteLength;
      } catch (error) {
        done.failed.push({ place, reason: error instanceof Error ? error.message : String(error) });
      }
      if (batch.length >= batchMails || size >= batchBytes) await flush();
    }
    await flush();
  } finally {
    await reader.close();
  }
  return done;
}

function asRaw({ account, as, archived }: ImportOptions, content: Buffer, place: Place, now: Date): NewRaw {
  if (content.length === 0) throw new Error('it is empty');
  if (!looksLikeMail(content)) throw new Error('it is no mail: it has no sender, no date, no subject');
  const at = new Date(Math.min(Number.isNaN(place.at) || place.at === 0 ? now.getTime() : place.at, now.getTime()));
  const isOld = now.getTime() - at.getTime() > historyDays * 86_400_000;
  const isOurs = authorsOf(content).some((author) => account.addresses.includes(author));
  return {
    accountId: account.id,
    content,
    ...archived(content),
    receivedAt: at,
    envelope: {
      by: 'import',
      ...((as ?? (isOld ? 'resolved' : 'queue')) === 'resolved' ? { isHistory: true } : {}),
      // As if it lay in the mailbox's folder of sent mails.
      ...(isOurs ? { folderUse: '\\Sent' } : {}),
    },
  };
}

async function store({ platform }: ImportOptions, batch: readonly { place: Place; item: NewRaw }[], done: Done): Promise<void> {
  const write = (items: typeof batch) =>
    transaction(platform, system, (ctx) =>
      storeRaw(
        ctx,
        items.map(({ item }) => item),
      ),
    );
  const count = (items: typeof batch, stored: Awaited<ReturnType<typeof write>>) => {
    for (const [index, { id, duplicate }] of stored.entries()) {
      if (duplicate) done.duplicates += 1;
      else {
        done.fresh += 1;
        done.intakeIds.push(id);
        if (items[index]?.item.envelope?.['isHistory'] !== true) done.recentIds.push(id);
      }
    }
  };
  try {
    count(batch, await write(batch));
  } catch (error) {
    if (batch.length === 1) {
      const [only] = batch;
      if (only) done.failed.push({ place: only.place, reason: error instanceof Error ? error.message : String(error) });
      return;
    }
    // One bad mail must not take a hundred with it; a database that is away fails them all and ends the import.
    await platform.database.pool.query('select 1');
    for (const one of batch) await store({ platform } as ImportOptions, [one], done);
  }
}
