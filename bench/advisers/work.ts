import { pause } from '../../torture/chance.ts';
import type { Process } from '../../torture/installation.ts';
import { type HttpConnection, httpConnection, request } from '../http-client.ts';

/** Whose conversation it is to work on. */
export interface Task {
  id: string;
  session: string;
}

export interface Work {
  written(): number;
  failed(): number;
  /** Writes nothing until `go`, once what is under way has its answer. */
  rest(): Promise<void>;
  go(): void;
  end(): Promise<void>;
}

/** Advisers' changes at a steady rate, whatever the answers before took: taken, set urgent, given back, set normal. As behind a load balancer each goes to the next web, and from one that is gone to another. */
export function startWork(webs: readonly Process[], tasks: readonly Task[], perSecond: number): Work {
  const lanes = 32;
  let written = 0;
  let failed = 0;
  let isResting = false;
  let isOver = false;
  let begun = performance.now();
  let step = 0;
  const steps = [
    (id: string): [string, string, object?] => ['POST', `/api/v1/conversations/${id}/claim`, { mode: 'take' }],
    (id: string): [string, string, object?] => ['PATCH', `/api/v1/conversations/${id}`, { priority: 'high' }],
    (id: string): [string, string, object?] => ['DELETE', `/api/v1/conversations/${id}/claim`],
    (id: string): [string, string, object?] => ['PATCH', `/api/v1/conversations/${id}`, { priority: 'normal' }],
  ];
  const under = new Set<Promise<void>>();
  const lane = async (n: number) => {
    let turn = n;
    const open = new Map<Process, HttpConnection>();
    const send = async (text: Buffer) => {
      for (let tries = 0; tries < 40; tries += 1) {
        const web = webs[turn % webs.length] as Process;
        turn += 1;
        try {
          const http = open.get(web) ?? httpConnection(web.port);
          open.set(web, http);
          return (await http.send(text)).status;
        } catch {
          open.get(web)?.end();
          open.delete(web);
          await pause(50);
        }
      }
      return 0;
    };
    while (!isOver) {
      if (isResting) {
        await pause(5);
        continue;
      }
      const mine = step;
      step += 1;
      const wait = begun + (mine / perSecond) * 1_000 - performance.now();
      if (wait > 0) await pause(wait);
      const task = tasks[mine % tasks.length] as Task;
      const [method, path, body] = (steps[Math.floor(mine / tasks.length) % steps.length] as (typeof steps)[number])(task.id);
      const sending = send(request(method, path, task.session, body)).then((status) => {
        if (status >= 200 && status < 300) written += 1;
        else failed += 1;
      });
      under.add(sending);
      await sending;
      under.delete(sending);
    }
    for (const http of open.values()) http.end();
  };
  const working = Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
  return {
    written: () => written,
    failed: () => failed,
    async rest() {
      isResting = true;
      await pause(200);
      while (under.size > 0) await Promise.all(under);
    },
    go() {
      // What was not written meanwhile is not caught up with.
      begun = performance.now() - (step / perSecond) * 1_000;
      isResting = false;
    },
    async end() {
      isOver = true;
      await working;
    },
  };
}
