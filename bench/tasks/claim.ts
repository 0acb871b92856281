import { httpConnection, request } from '../http-client.ts';
import { type Rate, rateOf } from './closed-loop.ts';

export interface Claims extends Rate {
  /** Conversations somebody was told to have. */
  taken: number;
  /** Of those, how many two were told to have. Must be 0. */
  twice: number;
  takesPerSecond: number;
  refusals: number;
}

interface Round {
  port: number;
  sessions: string[];
}

/** Everybody sees the same eight of what is left and takes one of them by chance, until nothing is left. */
export function claimTask(input: Round & { ids: string[] }): Promise<Claims> {
  const left = [...input.ids];
  return race(input, () => {
    const id = left[Math.floor(Math.random() * Math.min(8, left.length))];
    if (id === undefined) return undefined;
    const passOn = (): void => {
      const place = left.indexOf(id);
      if (place >= 0) left.splice(place, 1);
    };
    return { path: `/api/v1/conversations/${id}/claim`, body: { mode: 'take' }, isOver: passOn };
  });
}

/** Everybody sees the same top of the queue and asks for the next of it, until so many are taken. */
export function nextTask(input: Round & { count: number }): Promise<Claims> {
  let asked = 0;
  return race(input, () => {
    asked += 1;
    return asked > input.count ? undefined : { path: '/api/v1/conversations/next', body: { view: 'unassigned' }, isOver() {} };
  });
}

interface Try {
  path: string;
  body: object;
  isOver(): void;
}

async function race({ port, sessions }: Round, nextTry: () => Try | undefined): Promise<Claims> {
  const holders = new Map<string, Set<number>>();
  const latencies: number[] = [];
  let refusals = 0;
  let failures = 0;
  const begun = performance.now();
  await Promise.all(
    sessions.map(async (session, adviser) => {
      const http = httpConnection(port);
      for (let one = nextTry(); one; one = nextTry()) {
        const at = performance.now();
        const { status, body } = await http.send(request('POST', one.path, session, one.body));
        latencies.push(performance.now() - at);
        if (status < 300) {
          const { id } = (JSON.parse(body) as { conversation: { id: string } }).conversation;
          holders.set(id, (holders.get(id) ?? new Set()).add(adviser));
        } else if (status === 409) refusals += 1;
        else {
          failures += 1;
          if (failures === 1) process.stderr.write(`${one.path} answered ${status}: ${body.slice(0, 300)}\n`);
        }
        one.isOver();
      }
      http.end();
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return {
    ...rateOf(latencies, seconds, 0, failures),
    taken: holders.size,
    twice: [...holders.values()].filter((people) => people.size > 1).length,
    takesPerSecond: holders.size / seconds,
    refusals,
  };
}
