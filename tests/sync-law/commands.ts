import { caseCommands } from './of-cases.ts';
import { conversationCommands } from './of-conversations.ts';
import { deskCommands } from './of-the-desk.ts';
import { sendingCommands } from './of-sending.ts';
import type { World } from './world.ts';

/** One way of calling a function of the browser. */
export interface Command {
  /** File and function, as `commandsInTheCode` names them. */
  of: string;
  /** Which use of it, where there are several. */
  what?: string;
  /** Brings about what it needs and answers how it is called; each call must be able to stand for itself, as the first is refused. */
  arrange: (world: World) => Promise<() => Promise<unknown>>;
  /** Fields that only the server can give, or that others of its doing change too. */
  unforeseen?: readonly string[];
}

export const commands: readonly Command[] = [...conversationCommands, ...sendingCommands, ...caseCommands, ...deskCommands];
