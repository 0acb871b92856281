import { z } from 'zod';
import type { ChannelTools, Line, LineEars } from '../../../contract/channel.ts';
import type { ServerFrame } from '../protocol.ts';
import { readNote } from './note.ts';
import { stateOf } from './state.ts';
import { storeRead } from './store.ts';
import { type Account, enter } from './visitor.ts';

const frame = z.union([
  z.object({ writing: z.boolean() }),
  z.object({ read: z.literal(true) }),
  z.object({ there: z.literal(true) }),
  z.object({ secret: z.string().max(200), token: z.string().max(4_000).optional() }),
]);

/** Changes come in bursts: a message and its claim, ten at once. One look answers all that came before it. */
const gatherMilliseconds = 40;

/** An open page: it says who it is, hears the whole talk as it then is, and again whenever that has changed. */
export function connect(line: Line, account: Account, tools: ChannelTools): LineEars {
  let threadKey: string | undefined;
  let looking: NodeJS.Timeout | undefined;
  let isOver = false;
  const tell = (said: ServerFrame): void => {
    if (!isOver) line.send(JSON.stringify(said));
  };
  const fails = (error: unknown): void => {
    // The page asks again when the line is open again; a database that is away is back by then.
    tools.log.warn({ err: error }, 'a page could not be told');
    line.close();
  };

  const show = async (key: string): Promise<void> => {
    const note = readNote(await tools.threads.note(account.id, key));
    tell({ kind: 'state', state: await stateOf(account, key, note, tools) });
  };
  const showSoon = (key: string): void => {
    looking ??= setTimeout(() => {
      looking = undefined;
      show(key).catch(fails);
    }, gatherMilliseconds);
  };

  const admit = async (said: { secret: string; token?: string | undefined }): Promise<void> => {
    const visitor = await enter(said, account, tools);
    if (typeof visitor === 'string') {
      tell({ kind: 'refused', code: visitor });
      return line.close();
    }
    if (isOver || threadKey !== undefined) return;
    const key = visitor.threadKey;
    threadKey = key;
    line.join(key, (news) => (news.kind === 'writing' ? tell({ kind: 'writing', is: news.is }) : showSoon(key)));
    // Joined before it reads: what comes in between is told again, never missed.
    await show(key);
  };

  return {
    said(text) {
      const said = frame.safeParse(JSON.parse(text));
      if (!said.success) return line.close();
      const word = said.data;
      if ('secret' in word) admit(word).catch(fails);
      else if (threadKey === undefined) line.close();
      else if ('there' in word) tell({ kind: 'there' });
      else if ('writing' in word) tools.threads.writing(account.id, threadKey, word.writing);
      else storeRead({ threadKey }, account, tools).catch(fails);
    },
    ended() {
      isOver = true;
      clearTimeout(looking);
    },
  };
}
