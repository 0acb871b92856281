import type { ChannelProblem } from '../../../../contract/channel.ts';
import { system } from '../../../platform/actor.ts';
import { type Platform, transaction } from '../../../platform/context.ts';
import { bookOf } from '../accounts/book.ts';
import { putHealth } from '../accounts/queries.ts';

/** The last thing told of an account, and when it is in the database. */
interface Told {
  code: string;
  written: Promise<void>;
}

const last = new WeakMap<Platform, Map<string, Told>>();

/** Takes note of how a connection fares; asynchronous and never failing, because whoever reports has other worries. Only changes are written. */
export function reportHealth(
  platform: Platform,
  accountId: string,
  problem: ChannelProblem | null,
  delaySeconds: number | null = null,
): void {
  const known = last.get(platform) ?? new Map<string, Told>();
  last.set(platform, known);
  const code = problem?.code ?? '';
  const before = known.get(accountId);
  if (before?.code === code) return;
  // One after the other: of two reports on their way at once the older one could be the last to be written.
  const written = (before?.written ?? Promise.resolve()).then(() => writeHealth(platform, accountId, problem, delaySeconds));
  const told: Told = {
    code,
    written: written.catch((error: unknown) => {
      if (known.get(accountId) === told) known.delete(accountId);
      platform.log.warn({ err: error, accountId }, 'health of a channel account could not be written');
    }),
  };
  known.set(accountId, told);
}

async function writeHealth(
  platform: Platform,
  accountId: string,
  problem: ChannelProblem | null,
  delaySeconds: number | null,
): Promise<void> {
  const channel = (await bookOf(platform).byId(accountId))?.row.kind ?? '';
  await transaction(platform, system, async (ctx) => {
    const detail = problem?.text?.slice(0, 500) ?? null;
    const health = { accountId, ok: problem === null, code: problem?.code ?? null, detail, delaySeconds, at: ctx.now };
    if (await putHealth(ctx.db, health)) ctx.emit('channels.account_health_changed', { accountId, channel, ok: problem === null });
  });
}
