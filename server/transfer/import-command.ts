import { parseArgs } from 'node:util';
import { channelsEndpoints } from '../../contract/channels.ts';
import type { OutputOf } from '../../contract/core.ts';
import { type CommandContext, CommandError, UsageError } from '../cli/command.ts';
import { channelOf } from '../modules/channels/index.ts';
import { type Db, dbOf, sql } from '../platform/database/sql.ts';
import type { House } from '../platform/house/house.ts';
import { type As, type Done, historyDays, importMails } from './import.ts';
import { type Format, findMails } from './places.ts';
import { createProgress, type Screen } from './progress.ts';
import { openWorkshop } from './workshop.ts';

type Account = OutputOf<typeof channelsEndpoints.accounts>['items'][number];

/** `nahbar import mbox|eml FILE… [--account NAME] [--as resolved|queue] [--dry-run]`. */
export async function importCommand(args: string[], context: CommandContext, screen: Screen = process.stderr): Promise<void> {
  const { format, files, account: wanted, as, isDry } = readArguments(args);
  const { say, config, log } = context;
  const scan = { progress: undefined as ReturnType<typeof createProgress> | undefined };
  const { places, bytes, without } = await findMails(format, files, (read, of) => {
    scan.progress ??= createProgress('Looking', of, screen);
    scan.progress.step({ bytes: read, items: 0 });
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new CommandError(`There is no ${error.path ?? 'such file'}.`) : error;
  });
  scan.progress?.end();
  if (places.length === 0) throw new CommandError(`There is no mail in ${files.join(', ')}. Is it really ${format}?`);
  say(`${places.length} mails, ${span(places)}, ${(bytes / 1_048_576).toFixed(1)} MB.`);

  const database = await context.openDatabase();
  const house = await openWorkshop(config, log, database);
  try {
    const account = await accountFor(house, wanted);
    if (isDry) return say(`They would go to ${account.name} <${account.address}>. Nothing was stored.`);
    const channel = channelOf(account.channel);
    const archived = channel?.archived?.bind(channel);
    const settings = channel?.descriptor.settings.safeParse(account.settings);
    if (!archived) throw new CommandError(`The channel of ${account.name} is gone.`);
    const progress = createProgress('Import', bytes, screen);
    const reader = readBeside(house);
    const done = await importMails({
      platform: house.platform,
      account: {
        id: account.id,
        addresses: [
          account.address,
          ...(settings?.success ? (channel?.identity.others?.({ ...account, settings: settings.data }) ?? []) : []),
        ].map((one) => one.toLowerCase()),
      },
      places,
      ...(as ? { as } : {}),
      archived: (content) => archived(content),
      onStored(state) {
        progress.step({ bytes: state.bytes, items: state.mails });
        reader.wake();
      },
    });
    await reader.end();
    progress.end();
    const unread = await settle(house, account.id, new Set(done.intakeIds));
    summarise(say, done, unread, without);
    say(inTheQueue(done, await queuedAmong(dbOf(database.pool), done.recentIds), as));
  } finally {
    await house.close();
  }
}

function readArguments(args: string[]): {
  format: Format;
  files: string[];
  account: string | undefined;
  as: As | undefined;
  isDry: boolean;
} {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { account: { type: 'string' }, as: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  });
  const [format, ...files] = positionals;
  if (format !== 'mbox' && format !== 'eml') throw new UsageError('Say first what it is: mbox or eml.');
  if (files.length === 0) throw new UsageError('Name at least one file or folder.');
  const { as } = values;
  if (as !== undefined && as !== 'resolved' && as !== 'queue') throw new UsageError('--as is resolved or queue.');
  return { format, files, account: values.account, as, isDry: values['dry-run'] ?? false };
}

async function accountFor(house: House, wanted: string | undefined): Promise<Account & { settings: Record<string, unknown> }> {
  const all = await ask<typeof channelsEndpoints.accounts>(house, '/channels/accounts');
  const mail = all.items.filter((one) => channelOf(one.channel)?.archived && one.active && !one.removed);
  const fits =
    wanted === undefined
      ? mail
      : mail.filter((one) => [one.name, one.address, one.id].some((name) => name.toLowerCase() === wanted.toLowerCase()));
  const known = mail.map((one) => `  ${one.name} <${one.address}>`).join('\n');
  if (mail.length === 0) throw new CommandError('There is no mail account yet. Make one first, under Administration, Channels.');
  const [only, ...more] = fits;
  if (!only) throw new CommandError(`There is no mail account "${wanted}". There are:\n${known}`);
  if (more.length > 0) throw new CommandError(`Say with --account which mailbox the mails belong to:\n${known}`);
  const detail = await ask<typeof channelsEndpoints.account>(house, `/channels/accounts/${only.id}`);
  return { ...only, settings: detail.settings };
}

/** Turns what is stored into messages while the next mails are being stored. */
function readBeside(house: House): { wake(): void; end(): Promise<void> } {
  let reading: Promise<void> | undefined;
  let failure: unknown;
  return {
    wake() {
      reading ??= house
        .drain()
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          reading = undefined;
        });
    },
    async end() {
      await reading;
      if (failure) throw failure;
    },
  };
}

/** Waits until everything stored has become messages, here or in the server beside us. Gives those that could not be read. */
async function settle(house: House, accountId: string, ours: ReadonlySet<string>): Promise<{ id: string; problem: string | null }[]> {
  for (let quiet = 0; quiet < 2; ) {
    await house.drain();
    const { items } = await ask<typeof channelsEndpoints.intake>(house, `/channels/intake?state=stored&accountId=${accountId}&limit=1`);
    // Once more after the last was read: the rooms above come after it.
    quiet = items.length === 0 ? quiet + 1 : 0;
    if (items.length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (ours.size === 0) return [];
  const { items } = await ask<typeof channelsEndpoints.intake>(house, `/channels/intake?state=failed&accountId=${accountId}&limit=200`);
  return items.filter(({ id }) => ours.has(id)).map(({ id, problem }) => ({ id, problem }));
}

function summarise(
  say: (line: string) => void,
  done: Done,
  unread: { id: string; problem: string | null }[],
  without: readonly string[],
): void {
  say(`${done.fresh} new, ${done.duplicates} known already, ${done.failed.length + unread.length} failed.`);
  for (const { place, reason } of done.failed) say(`  not stored: ${place.file}, byte ${place.start}: ${reason}`);
  for (const file of without) say(`  no mail in it: ${file}`);
  for (const { id, problem } of unread) say(`  kept, but not readable: ${id}: ${problem ?? 'unknown'} (Administration, Intake, Try again)`);
}

/** What people will find waiting: said last, because it is work for somebody. */
function inTheQueue({ fresh, recentIds }: Done, queued: number, as: As | undefined): string {
  const recent = recentIds.length;
  if (fresh === 0) return 'Nothing new waits in the queue.';
  if (recent === 0)
    return `All new ones are ${as === 'resolved' ? 'taken as history' : `older than ${historyDays} days`}: nothing of them waits in the queue.`;
  const why = as === 'queue' ? 'were taken as mail just arrived' : `are not older than ${historyDays} days`;
  const waiting = queued === 1 ? '1 conversation with them waits' : `${queued} conversations with them wait`;
  return `Of the new ones ${recent} ${why}; ${waiting} in the queue.`;
}

/** How many conversations that hold one of these wait for somebody. */
async function queuedAmong(db: Db, intakeIds: readonly string[]): Promise<number> {
  if (intakeIds.length === 0) return 0;
  const { n } = await db.one<{
    n: number;
  }>(sql`select count(distinct c.id)::int as n from messages m join conversations c on c.id = m.conversation_id
    where m.intake_id = any(${intakeIds}::uuid[]) and c.state = 'queued'`);
  return n;
}

function span(places: readonly { at: number }[]): string {
  const dates = places.filter(({ at }) => at > 0).map(({ at }) => at);
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const [first] = dates;
  const last = dates.at(-1);
  return first === undefined || last === undefined ? 'without dates' : `from ${day(first)} to ${day(last)}`;
}

async function ask<E>(house: House, path: string): Promise<OutputOf<E>> {
  const response = await house.http.inject({ method: 'GET', url: `/api/v1${path}` });
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${response.payload.slice(0, 200)}`);
  return response.json() as OutputOf<E>;
}
