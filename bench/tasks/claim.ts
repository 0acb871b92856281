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

/** Everybody sees the same eight of what is left and takes one of them by chance, until nothing is left. */
export async function claimTask(input: { port: number; sessions: string[]; ids: string[] }): Promise<Claims> {
  const left = [...input.ids];
  const holders = new Map<string, Set<number>>();
  const latencies: number[] = [];
  let refusals = 0;
  let failures = 0;
  const begun = performance.now();
  await Promise.all(
    input.sessions.map(async (session, adviser) => {
      const http = httpConnection(input.port);
      while (left.length > 0) {
        const id = left[Math.floor(Math.random() * Math.min(8, left.length))] ?? '';
        const at = performance.now();
        const { status, body } = await http.send(request('POST', `/api/v1/conversations/${id}/claim`, session, { mode: 'take' }));
        latencies.push(performance.now() - at);
        if (status < 300) holders.set(id, (holders.get(id) ?? new Set()).add(adviser));
        else if (status === 409) refusals += 1;
        else {
          failures += 1;
          if (failures === 1) process.stderr.write(`claim answered ${status}: ${body.slice(0, 300)}\n`);
        }
        const place = left.indexOf(id);
        if (place >= 0) left.splice(place, 1);
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
