import type { ChannelAccount, ChannelProblem, ChannelTools, Connection, ServerChannel } from '../../../../contract/channel.ts';
import type { Log } from '../../../platform/log.ts';

/** Keeps one thing running: starts it, starts it again after a growing pause when it breaks, until stopped. */
export interface Kept {
  stop(): Promise<void>;
}

/** `start` resolves with what runs, `broken` of which rejects when it is over. `told` hears how it fares. */
export function keepRunning(
  start: () => Promise<Connection>,
  told: (problem: ChannelProblem | null) => void,
  { firstPause = 1_000, longestPause = 300_000 }: { firstPause?: number; longestPause?: number } = {},
): Kept {
  let stopped = false;
  let wake = () => {};
  const stopping = new Promise<void>((resolve) => {
    wake = () => {
      stopped = true;
      resolve();
    };
  });
  const wait = (milliseconds: number) => {
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    return Promise.race([pause, stopping]).finally(() => clearTimeout(timer));
  };
  const loop = async () => {
    for (let failures = 0; !stopped; ) {
      const startedAt = performance.now();
      try {
        const connection = await start();
        told(null);
        try {
          await Promise.race([stopping, connection.broken ?? stopping]);
        } finally {
          await connection.stop().catch(() => {});
        }
      } catch (error) {
        // What ran for a while and broke begins anew with a short pause.
        failures = performance.now() - startedAt > 60_000 ? 1 : failures + 1;
        if (!stopped) told(problemOf(error));
        await wait(Math.min(firstPause * 2 ** (failures - 1), longestPause) * (0.75 + Math.random() / 2));
      }
    }
  };
  const running = loop();
  return {
    async stop() {
      wake();
      await running;
    },
  };
}

/** How a channel's account is kept connected: a connection it holds, or asking again and again. Undefined when it needs neither (webhook, door). */
export function connector(
  channel: ServerChannel,
  account: ChannelAccount,
  tools: ChannelTools,
  log: Log,
): (() => Promise<Connection>) | undefined {
  if (channel.connect) return async () => channel.connect?.(await fresh(account, tools), tools) ?? idle;
  if (channel.poll) return () => Promise.resolve(polling(channel, account, tools, log));
  return undefined;
}

const idle: Connection = { stop: () => Promise.resolve() };

/** The cursor has moved since the account was read. */
const fresh = async (account: ChannelAccount, tools: ChannelTools): Promise<ChannelAccount> => (await tools.account(account.id)) ?? account;

function polling(channel: ServerChannel, account: ChannelAccount, tools: ChannelTools, log: Log): Connection {
  let stopped = false;
  let wake = () => {};
  const run = async (): Promise<never> => {
    while (!stopped) {
      const next = await channel.poll?.(await fresh(account, tools), tools);
      tools.report(account.id, null);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, next?.againInSeconds ?? 60) * 1_000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    throw new Error('stopped');
  };
  const broken = run();
  broken.catch((error: unknown) => !stopped && log.debug({ err: error, accountId: account.id }, 'asking a service failed'));
  return {
    broken,
    async stop() {
      stopped = true;
      wake();
      await broken.catch(() => {});
    },
  };
}

/** Channels throw `{ code }` for what they foresee, e.g. refused sign-in; Node's own errors have codes too. */
function problemOf(error: unknown): ChannelProblem {
  const known = error as { code?: unknown; message?: unknown } | null;
  const code = typeof known?.code === 'string' ? known.code : 'connection_failed';
  return { code, ...(typeof known?.message === 'string' ? { text: known.message.slice(0, 500) } : {}) };
}
