import type { ImapFlow } from 'imapflow';
import type { ChannelAccount, ChannelTools, Connection } from '../../../../contract/channel.ts';
import type { EmailSettings } from '../../channel.ts';
import { imapServer } from '../access/servers.ts';
import { accessOf, readState } from '../access/state.ts';
import { openMailbox } from './client.ts';
import { type Mailbox, readFolder } from './folder.ts';
import { imapProblem, pauseSeconds } from './problems.ts';

/** Times of a mailbox connection. Changed by tests only. */
export interface ImapTimes {
  connectMilliseconds: number;
  silenceMilliseconds: number;
  /** How often to look although nobody told of anything: notices get lost, and only the first folder has any. */
  lookMilliseconds: number;
  /** One second of the pauses between failures. */
  pauseUnit: number;
}

// 29 minutes is what RFC 2177 allows an IDLE; routers forget silent connections after two to five.
export const imapTimes: ImapTimes = {
  connectMilliseconds: 20_000,
  silenceMilliseconds: 45_000,
  lookMilliseconds: 110_000,
  pauseUnit: 1_000,
};

/**
 * Watches an account's mailbox until stopped: reads what is new in each folder, then waits in IDLE on the first. Whatever
 * breaks, it connects again by itself, after a pause that grows; other accounts are not touched by it.
 */
export function watchMailbox(account: ChannelAccount<EmailSettings>, tools: ChannelTools, times: ImapTimes = imapTimes): Connection {
  const server = imapServer(account.settings, account.address);
  if (!server) return { stop: () => Promise.resolve() };
  let isStopped = false;
  let client: ImapFlow | undefined;
  let wake: () => void = () => {};
  const box: Mailbox = { account, tools, state: readState(account.state), isStopped: () => isStopped };
  const isOAuth = account.settings.signIn === 'oauth';

  const access = () =>
    accessOf(account, tools, box.state, async (oauth) => {
      box.state = { ...box.state, oauth };
      await tools.saveState(account.id, box.state);
    });

  /** One connection from its beginning to its end; resolves when stopped, rejects when it breaks. */
  const attend = async (onWell: () => void): Promise<void> => {
    let broken: unknown;
    let hasNews = false;
    let isFirstLook = true;
    const opened = await openMailbox(server, isOAuth ? access() : undefined, times, (error) => {
      broken ??= error;
      wake();
    });
    client = opened;
    opened.on('exists', () => {
      hasNews = true;
      wake();
    });
    opened.on('close', () => {
      broken ??= Object.assign(new Error('Connection closed'), { code: 'EConnectionClosed' });
      wake();
    });
    const watchdog = giveUpOnSilence(opened, times.silenceMilliseconds * 2, (error) => {
      broken ??= error;
      wake();
    });
    // Asked again by each of its readers: an error may have come while something else was awaited.
    const isBroken = () => broken !== undefined || !opened.usable;
    try {
      while (!isStopped && !isBroken()) {
        hasNews = false;
        // The first folder last, so that it is the one selected for IDLE.
        for (const path of account.settings.imapFolders.toReversed()) await readFolder(opened, box, path, isFirstLook);
        isFirstLook = false;
        onWell();
        if (isStopped || isBroken()) break;
        // Until here a mail may have come between FETCH and IDLE; its notice has set `hasNews`.
        opened.idle().catch(() => {});
        await sleep(times.lookMilliseconds, () => hasNews || isStopped || isBroken());
      }
      if (!isStopped && isBroken()) throw broken ?? new Error('Connection closed');
    } finally {
      clearInterval(watchdog);
      await close(opened);
    }
  };

  /** Waits, or less when woken and the condition holds. */
  const sleep = async (milliseconds: number, until: () => boolean): Promise<void> => {
    const end = Date.now() + milliseconds;
    while (!until() && Date.now() < end) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - Date.now());
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (until()) wake();
      });
    }
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!isStopped) {
      try {
        await attend(() => {
          failures = 0;
          tools.report(account.id, null);
        });
      } catch (error) {
        if (isStopped) return;
        failures += 1;
        const problem = imapProblem(error);
        tools.log.warn({ accountId: account.id, code: problem.code, failures }, 'a mailbox connection ended');
        // A wire that breaks once and holds again is nobody's concern.
        if (failures > 1 || problem.code !== 'connection_lost') tools.report(account.id, problem);
        const pause = pauseSeconds(problem, failures) * (0.75 + Math.random() / 2);
        await sleep(pause * times.pauseUnit, () => isStopped);
      }
    }
  };

  const running = run();
  return {
    async stop() {
      isStopped = true;
      wake();
      // A command that hangs would hold up the stop for as long as the server likes.
      const patience = setTimeout(() => client?.close(), 2_000);
      await running;
      clearTimeout(patience);
    },
  };
}

/**
 * A living connection says something at least twice in this time, because the library asks with NOOP when all is quiet. It does not ask
 * while the answer to IDLE itself is missing; a wire that dies right then would leave us deaf for good.
 */
function giveUpOnSilence(client: ImapFlow, milliseconds: number, tell: (error: Error) => void): NodeJS.Timeout {
  let heard = -1;
  return setInterval(() => {
    const { received } = client.stats();
    if (received === heard) {
      tell(Object.assign(new Error('The server has fallen silent'), { code: 'ETIMEOUT' }));
      client.close();
    }
    heard = received;
  }, milliseconds);
}

async function close(client: ImapFlow): Promise<void> {
  if (!client.usable) return client.close();
  const patience = setTimeout(() => client.close(), 1_000);
  await client.logout().catch(() => client.close());
  clearTimeout(patience);
}
