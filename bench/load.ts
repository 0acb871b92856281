// The load driver: a process of its own beside the server, told over IPC what to do. Each task is one of `tasks/`.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { claimTask, nextTask } from './tasks/claim.ts';
import { httpTask, sqlTask } from './tasks/closed-loop.ts';
import { mailTask } from './tasks/mail.ts';
import { racedTask } from './tasks/raced.ts';
import { bareSocketsTask, streamTask } from './tasks/stream.ts';
import { openVisitorsTask, talkTask } from './tasks/visitors.ts';

const tasks = {
  http: httpTask,
  sql: sqlTask,
  mail: mailTask,
  claim: claimTask,
  next: nextTask,
  raced: racedTask,
  stream: streamTask,
  bareSockets: bareSocketsTask,
  openVisitors: openVisitorsTask,
  talk: talkTask,
};
type Tasks = typeof tasks;

export interface Driver {
  do<T extends keyof Tasks>(task: T, input: Parameters<Tasks[T]>[0]): ReturnType<Tasks[T]>;
  pid: number;
  end(): void;
}

export function startDriver(): Driver {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['driver'], { serialization: 'advanced' });
  let last = 0;
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  child.on('message', ({ id, result, problem }: { id: number; result?: unknown; problem?: string }) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (problem) one?.reject(new Error(problem));
    else one?.resolve(result);
  });
  child.on('exit', (code) => {
    for (const one of waiting.values()) one.reject(new Error(`The load driver ended with ${code}.`));
  });
  return {
    do: ((task: string, input: unknown) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        child.send({ id: last, task, input });
      })) as Driver['do'],
    pid: child.pid ?? 0,
    end: () => child.disconnect(),
  };
}

if (process.argv[2] === 'driver') {
  process.on('message', ({ id, task, input }: { id: number; task: keyof Tasks; input: never }) => {
    tasks[task](input).then(
      (result) => process.send?.({ id, result }),
      (error: Error) => process.send?.({ id, problem: error.stack ?? String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
