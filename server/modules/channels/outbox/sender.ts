import type { ChannelAccount, Outgoing, SendResult, ServerChannel } from '../../../../contract/channel.ts';
import { system } from '../../../platform/actor.ts';
import { type Platform, transaction } from '../../../platform/context.ts';
import { type Db, dbOf } from '../../../platform/database/sql.ts';
import { isDatabaseAway } from '../../../platform/database/transaction.ts';
import { bookOf, type KnownAccount } from '../accounts/book.ts';
import { stateOf } from '../accounts/queries.ts';
import { reportHealth } from '../connections/health.ts';
import type { RoomProblem } from '../problems.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { outcomeOf } from './outcome.ts';
import { attemptsSince, claimDue, giveBack, markBegun, type OutboxRow, recordOutcome } from './queries.ts';

/** Gives a message as its channel sends it; undefined when it is gone. */
export type ProvideOutgoing = (at: { db: Db; platform: Platform }, messageId: string) => Promise<Outgoing | undefined>;

const providers: ProvideOutgoing[] = [];

/** A room that has something to send says, once, when it is loaded, how to get it; the first that knows an id is believed. */
export function provideOutgoing(fn: ProvideOutgoing): void {
  providers.push(fn);
}

const provided: ProvideOutgoing = async (at, messageId) => {
  for (const provide of providers) {
    const found = await provide(at, messageId);
    if (found) return found;
  }
  return undefined;
};

/** Points between which a process may die; tests throw there. */
export type SendPoint = 'claimed' | 'rendered' | 'handed_over' | 'recorded';
export interface SendOptions {
  outgoing?: ProvideOutgoing;
  at?: (point: SendPoint, messageId: string) => void | Promise<void>;
}

const atOnce = 8;
const sendSeconds = 60;
/** Longer than any attempt lasts, so that a row is not taken twice while its sender lives. */
const leaseSeconds = sendSeconds * 2 + 60;

const senders = new WeakMap<Platform, () => void>();

/** Wakes this process's sender, if it has one; others look every second. */
export const pokeSender = (platform: Platform): void => senders.get(platform)?.();

/** Sends in this process whenever somebody pokes. Returns how to stop it: what is under way is finished. */
export function startSender(platform: Platform): { poke(): void; stop(): Promise<void> } {
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    do {
      again = false;
      try {
        while (!stopped && (await sendDue(platform)) === atOnce);
      } catch (error) {
        platform.log.warn({ err: error }, 'sending paused');
      }
    } while (again && !stopped);
    running = undefined;
  };
  const poke = () => {
    again = true;
    if (!stopped) running ??= run();
  };
  senders.set(platform, poke);
  return {
    poke,
    async stop() {
      stopped = true;
      senders.delete(platform);
      await running;
    },
  };
}

/** Sends what is due, at most a handful at once; returns how many it took. */
export async function sendDue(platform: Platform, options: SendOptions = {}): Promise<number> {
  const rows = await claim(platform);
  const results = await Promise.allSettled(rows.map((row) => sendOne(platform, row, options)));
  // A row whose outcome could not be written is taken up again when its lease ends.
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return rows.length;
}

/** Takes due rows, and gives back what would exceed a service's rate. */
async function claim(platform: Platform): Promise<OutboxRow[]> {
  return transaction(platform, system, async (ctx) => {
    const leaseUntil = new Date(ctx.now.getTime() + leaseSeconds * 1_000);
    const rows = await claimDue(ctx.db, { now: ctx.now, leaseUntil, limit: atOnce });
    const limits = new Map<string, number>();
    for (const { account_id: id } of rows) {
      const known = await bookOf(platform).byId(id, ctx.db);
      const limit = known && channelOf(known.row.kind)?.descriptor.capabilities.ratePerMinute;
      if (limit) limits.set(id, limit);
    }
    if (limits.size === 0) return rows;
    const over = new Set<OutboxRow>();
    const since = new Date(ctx.now.getTime() - 60_000);
    for (const { account_id: id, count } of await attemptsSince(ctx.db, [...limits.keys()], since)) {
      const excess = count - (limits.get(id) ?? count);
      if (excess > 0) for (const row of rows.filter((r) => r.account_id === id).slice(-excess)) over.add(row);
    }
    const soon = new Date(ctx.now.getTime() + 5_000);
    if (over.size > 0)
      await giveBack(
        ctx.db,
        [...over].map((row) => row.message_id),
        soon,
      );
    return rows.filter((row) => !over.has(row));
  });
}

async function sendOne(platform: Platform, row: OutboxRow, { outgoing = provided, at }: SendOptions): Promise<void> {
  await at?.('claimed', row.message_id);
  const known = await bookOf(platform).byId(row.account_id);
  const attempted = await attempt(platform, row, known, outgoing, at);
  await record(platform, row, attempted, Boolean(known && settlesDoubt(channelOf(known.row.kind))));
  await at?.('recorded', row.message_id);
}

const failed = (permanence: 'temporary' | 'permanent' | 'reauthorise' | 'unknown', code: RoomProblem, text = ''): SendResult => ({
  state: 'failed',
  permanence,
  code,
  text,
});

/** What an attempt came to, and whether an earlier one may have sent the message still. */
interface Attempted {
  result: SendResult;
  doubt: boolean;
}

/** Whether the channel can end a doubt without a person: by asking, or because repeating is harmless. */
const settlesDoubt = (channel: ServerChannel | undefined): boolean =>
  channel !== undefined && (channel.lookup !== undefined || channel.descriptor.capabilities.repeatable);

/** One attempt; never throws for what can be foreseen. */
async function attempt(
  platform: Platform,
  row: OutboxRow,
  known: KnownAccount | undefined,
  provide: ProvideOutgoing,
  at: SendOptions['at'],
): Promise<Attempted> {
  const doubtful = (result: SendResult): Attempted => ({ result, doubt: row.uncertain });
  const channel = known && channelOf(known.row.kind);
  if (!known || known.row.removed_at) return doubtful(failed('permanent', 'account_removed'));
  // Waits until somebody switches it on, renews it or puts its folder back; changing the account wakes it.
  if (!channel || !known.account || !known.row.active)
    return doubtful(failed('reauthorise', known.row.active ? 'account_unusable' : 'account_off'));
  const db = dbOf(platform.database.pool);
  const account: ChannelAccount = { ...known.account, state: await stateOf(db, row.account_id) };
  let message: Outgoing | undefined;
  try {
    message = await asItGoes({ db, platform }, row, provide);
  } catch (error) {
    platform.log.error({ err: error, messageId: row.message_id }, 'a message to send could not be loaded');
    return doubtful(failed('temporary', 'not_loaded'));
  }
  if (!message) return doubtful(failed('permanent', 'message_gone'));
  return handOver({ platform, row, channel, account, message, at });
}

/** The message of a row, as it is to leave. */
export const outgoingOf = (platform: Platform, row: OutboxRow): Promise<Outgoing | undefined> =>
  asItGoes({ db: dbOf(platform.database.pool), platform }, row, provided);

/** What nobody has read where it was written to goes to one address elsewhere, and to nobody beside it. */
async function asItGoes(at: Parameters<ProvideOutgoing>[0], row: OutboxRow, provide: ProvideOutgoing): Promise<Outgoing | undefined> {
  const message = await provide(at, row.message_id);
  return message && row.detour ? { ...message, to: [row.detour.to], cc: [], bcc: [], subject: row.detour.subject } : message;
}

interface HandOver {
  platform: Platform;
  row: OutboxRow;
  channel: ServerChannel;
  account: ChannelAccount;
  message: Outgoing;
  at: SendOptions['at'];
}

/**
 * Asks first when an earlier attempt ended without an answer: what arrived is not sent again. Where nobody can be asked, it is repeated only if that is
 * harmless, and otherwise left to a person.
 */
async function handOver({ platform, row, channel, account, message, at }: HandOver): Promise<Attempted> {
  const tools = toolsFor(platform, channel.descriptor.id);
  const { log } = platform;
  let doubt = row.uncertain;
  if (doubt && channel.lookup) {
    try {
      const earlier = await channel.lookup(message, account, tools);
      if (earlier) return { result: earlier, doubt: earlier.state === 'failed' && earlier.permanence === 'unknown' };
      doubt = false;
    } catch (error) {
      log.warn({ err: error, messageId: row.message_id }, 'the outcome of an attempt could not be asked');
      return { result: failed('unknown', 'outcome_unknown'), doubt };
    }
  }
  if (doubt && !settlesDoubt(channel)) return { result: failed('unknown', 'outcome_unknown'), doubt };
  let rendered;
  try {
    rendered = await channel.render(message, account, tools);
  } catch (error) {
    log.error({ err: error, messageId: row.message_id }, 'a message could not be rendered');
    // Attachments are read while rendering: a database that is away is no fault of the message.
    return { result: isDatabaseAway(error) ? failed('temporary', 'storage_unavailable') : failed('permanent', 'not_rendered'), doubt };
  }
  await at?.('rendered', row.message_id);
  let begun = false;
  let over = false;
  const begin = async () => {
    const isMine = await markBegun(dbOf(platform.database.pool), row, platform.clock.now());
    // Whoever is too late to be heard must not hand anything over either.
    if (!isMine || over) throw new Error(isMine ? 'the attempt is over' : 'another sender has the message');
    begun = true;
  };
  let result: SendResult;
  try {
    if (!channel.beginsItself) await begin();
    const signal = AbortSignal.timeout(sendSeconds * 1_000);
    result = await withDeadline(channel.send(rendered, message, account, tools, signal, begin), signal);
  } catch (error) {
    log.warn({ err: error, messageId: row.message_id }, 'sending ended without an answer');
    result = begun ? failed('unknown', 'outcome_unknown') : failed('temporary', 'connection_failed');
  }
  over = true;
  await at?.('handed_over', row.message_id);
  // It was sent once more because that is harmless, and the service has answered: its word counts for both attempts.
  if (result.state === 'failed') return { result, doubt: doubt && result.permanence === 'temporary' };
  return { result: { ...result, platformId: result.platformId ?? rendered.platformId }, doubt: false };
}

/** A channel that ignores the signal must not hold the row beyond its lease. */
function withDeadline<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    work.then(resolve, reject);
  });
}

async function record(platform: Platform, row: OutboxRow, { result, doubt }: Attempted, settles: boolean): Promise<void> {
  await transaction(platform, system, async (ctx) => {
    const outcome = outcomeOf(result, row, ctx.now, { doubt, settles });
    if (!(await recordOutcome(ctx.db, row, outcome))) {
      ctx.log.warn({ messageId: row.message_id, fence: row.fence }, 'a sender came back after its lease had ended');
      return;
    }
    const ids = { messageId: row.message_id, conversationId: row.conversation_id, accountId: row.account_id };
    if (outcome.state === 'sent') ctx.emit('channels.sent', ids);
    else if (outcome.state === 'delivered') ctx.emit('channels.delivered', ids);
    else ctx.emit('channels.delivery_failed', { ...ids, code: outcome.problem?.code ?? 'unknown', final: outcome.state !== 'queued' });
  });
  if (result.state !== 'failed') reportHealth(platform, row.account_id, null);
  else if (result.permanence === 'reauthorise' && result.code !== 'account_off')
    reportHealth(platform, row.account_id, { code: result.code, text: result.text });
}
