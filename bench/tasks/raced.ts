import { chanceOf } from '../../torture/chance.ts';
import type { LeaseTold } from '../../torture/record.ts';
import { type HttpConnection, httpConnection, request } from '../http-client.ts';
import { quantile } from '../measure.ts';

export interface Raced {
  attempts: number;
  seconds: number;
  claims: number;
  claimP99: number;
  /** Answers by a claim that was over, and how many of them were let through. Must be 0. */
  stale: number;
  staleAccepted: number;
  accepted: number;
  failures: number;
  leases: LeaseTold[];
  answers: { draftId: string; personId: string; fence: number }[];
}

export interface RacedInput {
  ports: number[];
  people: { id: string; session: string }[];
  clients: number;
  /** All reach into the first few of these, until one is answered. */
  ids: string[];
  attempts: number;
  /** So many attempts a second together, however fast they are answered; without it, each client begins the next when it has its answer. */
  pace?: number;
}

interface Mine {
  id: string;
  fence: number;
}

/** How many conversations are in everybody's reach at a time. */
const reach = 48;

/** Each client takes, relieves, gives back, answers, and answers by claims that are over, at one web or the other. */
export async function racedTask(input: RacedInput): Promise<Raced> {
  const chance = chanceOf(20_261_123);
  const left = [...input.ids];
  const result: Raced = {
    attempts: 0,
    seconds: 0,
    claims: 0,
    claimP99: 0,
    stale: 0,
    staleAccepted: 0,
    accepted: 0,
    failures: 0,
    leases: [],
    answers: [],
  };
  const latencies: number[] = [];
  let turns = 0;
  /** When the next attempt is due, which waits until then. */
  const turn = async (): Promise<number> => {
    if (!input.pace) return performance.now();
    const due = begun + (turns++ * 1_000) / input.pace;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    return due;
  };
  /** The newest fence anybody was told, by conversation: whoever has an older one has nothing. */
  const newest = new Map<string, number>();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: input.clients }, async (_, n) => {
      const me = input.people[n % input.people.length] as RacedInput['people'][0];
      const webs = input.ports.map((port) => httpConnection(port));
      const ask = async (method: string, path: string, body: object) => {
        result.attempts += 1;
        const at = await turn();
        const { status, body: text } = await (chance.oneOf(webs) as HttpConnection).send(
          request(method, `/api/v1/conversations/${path}`, me.session, body),
        );
        if (status >= 500) result.failures += 1;
        return { status, text, took: performance.now() - at };
      };
      const answer = async ({ id, fence }: Mine) => {
        const draftId = crypto.randomUUID();
        result.answers.push({ draftId, personId: me.id, fence });
        const to = [{ name: '', address: 'kunde@example.test' }];
        return ask('POST', `${id}/messages`, { draftId, fence, baseSeq: 1_000, text: 'Guten Tag, es ist unterwegs.', to, undoSeconds: 0 });
      };
      let over: Mine | undefined;
      while (result.attempts < input.attempts && left.length > 0) {
        if (over && chance.next() < 0.3 && (newest.get(over.id) ?? 0) > over.fence) {
          result.stale += 1;
          if ((await answer(over)).status < 300) result.staleAccepted += 1;
        }
        const id = left[chance.below(Math.min(reach, left.length))] as string;
        const relief = chance.next() < 0.2 ? { mode: 'take_over', reason: 'Die Kundin ist am Telefon.' } : { mode: 'take' };
        const { status, text, took } = await ask('POST', `${id}/claim`, relief);
        latencies.push(took);
        if (status !== 200) continue;
        const { lease } = JSON.parse(text) as { lease: { fence: number; until: string } };
        result.claims += 1;
        result.leases.push({ conversationId: id, personId: me.id, fence: lease.fence, until: Date.parse(lease.until) });
        newest.set(id, Math.max(newest.get(id) ?? 0, lease.fence));
        const mine = { id, fence: lease.fence };
        const fate = chance.next();
        over = mine;
        if (fate < 0.2) continue;
        if (fate < 0.5) await ask('DELETE', `${id}/claim`, {});
        else if ((await answer(mine)).status < 300) {
          result.accepted += 1;
          if (left.includes(id)) left.splice(left.indexOf(id), 1);
        }
      }
      for (const web of webs) web.end();
    }),
  );
  result.seconds = (performance.now() - begun) / 1_000;
  result.claimP99 = quantile(
    latencies.toSorted((a, b) => a - b),
    0.99,
  );
  return result;
}
