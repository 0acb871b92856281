import type { Service, Thread, ThreadTools } from '../../../../contract/channel.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import type { Db } from '../../../platform/database/sql.ts';

type At = { db: Db; platform: Platform };
export type Letter = Parameters<ThreadTools['writeTo']>[2];

/** What only the room that knows messages can tell of a thread. */
export interface ThreadSource {
  read(at: At, accountId: string, threadKey: string): Promise<Thread>;
  file(at: At, accountId: string, threadKey: string, fileId: string): ReturnType<ThreadTools['file']>;
  firstAnswers(db: Db, accountId: string, since: Date): Promise<Service['firstAnswers']>;
  writing(at: At, accountId: string, threadKey: string, is: boolean): Promise<void>;
  /** Writes it beside the thread and queues it on that account. */
  writeLetter(ctx: Ctx, thread: { accountId: string; threadKey: string }, throughAccountId: string, letter: Letter): Promise<boolean>;
}

export const noThread: Thread = { messages: [], isOpen: false };

let source: ThreadSource = {
  read: async () => noThread,
  file: async () => undefined,
  firstAnswers: async () => null,
  writing: async () => {},
  writeLetter: async () => false,
};

/** The room that knows messages says, once, when it is loaded, how to read a thread. */
export function provideThreads(given: ThreadSource): void {
  source = given;
}

export const threadSource = (): ThreadSource => source;
