import { pause } from '../../torture/chance.ts';
import type { Process } from '../../torture/installation.ts';
import { smtpClient, type SmtpClient } from '../../channels/email/testing/smtp-client.ts';

/** The customers' mail servers: so many connections, each keeps a mail until a door says 250 for it, and goes to the next door when one breaks. */
export interface Post {
  /** How many a door took, repetitions included. */
  accepted(): number;
  /** Once some door has taken it. */
  deliver(from: string, to: string, content: string): Promise<void>;
  close(): void;
}

/** Nothing said for so long: the line is dead. */
const patience = 20_000;

export function startPost(doors: readonly Process[], connections: number): Post {
  interface Letter {
    from: string;
    to: string;
    content: Buffer;
    taken(): void;
  }
  const waiting: Letter[] = [];
  const idle: (() => void)[] = [];
  let accepted = 0;
  let isClosed = false;
  const next = async (): Promise<Letter | undefined> => {
    while (waiting.length === 0 && !isClosed) await new Promise<void>((wake) => idle.push(wake));
    return waiting.shift();
  };
  const carry = async (n: number) => {
    let line: SmtpClient | undefined;
    let turn = n;
    for (let letter = await next(); letter; letter = await next()) {
      for (let tries = 0; ; tries += 1) {
        try {
          const door = doors[turn % doors.length] as Process;
          line ??= await inTime(smtpClient(`${door.host}:${door.port}`));
          const reply = await inTime(line.deliver(letter.from, [letter.to], letter.content));
          if (!reply.startsWith('250')) throw new Error(reply);
          accepted += 1;
          letter.taken();
          break;
        } catch (error) {
          line?.end();
          line = undefined;
          turn += 1;
          if (isClosed) return;
          // A mail that no door will ever take would be tried for ever.
          if (/^5/.test((error as Error).message)) throw error;
          await pause(Math.min(20 * 2 ** tries, 500));
        }
      }
    }
    line?.end();
  };
  const carriers = Promise.all(Array.from({ length: connections }, (_, n) => carry(n)));
  return {
    accepted: () => accepted,
    deliver: (from, to, content) =>
      Promise.race([
        new Promise<void>((taken) => {
          waiting.push({ from, to, content: Buffer.from(content, 'latin1'), taken });
          idle.shift()?.();
        }),
        carriers.then(() => {}),
      ]),
    close() {
      isClosed = true;
      for (const wake of idle.splice(0)) wake();
    },
  };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no reply')), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
