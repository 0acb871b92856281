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
  /** Taken as the next of a view, whoever else asked; and given from one adviser to another, read and accepted. */
  nexts: number;
  handovers: number;
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

interface Given {
  lease: { fence: number; until: string };
  conversation: { id: string; caseId: string | null };
}
interface Mine {
  id: string;
  fence: number;
}

/** How many conversations are in everybody's reach at a time. */
const reach = 48;

const brief = { who: 'Kundin', concern: 'Paket leer', facts: [], done: 'Gesucht', promised: '', openQuestion: '', wish: 'Ersatz' };

/** Each client takes, relieves, takes the next, gives back, hands over, answers, and answers by claims that are over, at one web or the other. */
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
    nexts: 0,
    handovers: 0,
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
  /** What is answered is out of the race; there must be something to race for until the last attempt. */
  const mayAnswer = () => left.length / input.ids.length >= 1 - result.attempts / input.attempts;
  /** The newest fence anybody was told, by conversation: whoever has an older one has nothing. */
  const newest = new Map<string, number>();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: input.clients }, async (_, n) => {
      const me = input.people[n % input.people.length] as RacedInput['people'][0];
      const webs = input.ports.map((port) => httpConnection(port));
      const ask = async (method: string, path: string, body: object, who = me) => {
        result.attempts += 1;
        const at = await turn();
        const { status, body: text } = await (chance.oneOf(webs) as HttpConnection).send(
          request(method, `/api/v1${path}`, who.session, body, crypto.randomUUID()),
        );
        if (status >= 500) result.failures += 1;
        return { status, text, took: performance.now() - at };
      };
      const answer = async ({ id, fence }: Mine) => {
        const draftId = crypto.randomUUID();
        result.answers.push({ draftId, personId: me.id, fence });
        const to = [{ name: '', address: 'kunde@example.test' }];
        return ask('POST', `/conversations/${id}/messages`, {
          draftId,
          fence,
          baseSeq: 1_000,
          text: 'Guten Tag, es ist unterwegs.',
          to,
          undoSeconds: 0,
        });
      };
      const holds = ({ id, fence, until }: Mine & { until: string }, personId: string): void => {
        result.claims += 1;
        result.leases.push({ conversationId: id, personId, fence, until: Date.parse(until) });
        newest.set(id, Math.max(newest.get(id) ?? 0, fence));
      };
      const takeNext = async (): Promise<void> => {
        const { status, text } = await ask('POST', '/conversations/next', { view: 'unassigned' });
        if (status !== 200) return;
        const { lease, conversation } = JSON.parse(text) as Given;
        result.nexts += 1;
        holds({ id: conversation.id, ...lease }, me.id);
        await ask('DELETE', `/conversations/${conversation.id}/claim`, {});
      };
      /** To another adviser, who reads and accepts while others reach for it; then the giver has nothing any more. */
      const handOver = async (id: string, caseId: string): Promise<void> => {
        const other = chance.oneOf(input.people.filter((person) => person.id !== me.id));
        const made = await ask('POST', `/cases/${caseId}/handovers`, {
          conversationId: id,
          to: { personId: other.id },
          mode: 'cold',
          brief,
        });
        if (made.status >= 300) return;
        const { handover } = JSON.parse(made.text) as { handover: { id: string } };
        await ask('POST', `/handovers/${handover.id}/reading`, {}, other);
        const accepted = await ask('POST', `/handovers/${handover.id}/acceptance`, {}, other);
        if (accepted.status >= 300) return;
        result.handovers += 1;
        const { status, text } = await ask('POST', `/conversations/${id}/claim`, { mode: 'take' }, other);
        if (status === 200) holds({ id, ...(JSON.parse(text) as Given).lease }, other.id);
        await ask('DELETE', `/conversations/${id}/claim`, {}, other);
      };
      let over: Mine | undefined;
      while (result.attempts < input.attempts && left.length > 0) {
        if (over && chance.next() < 0.3 && (newest.get(over.id) ?? 0) > over.fence) {
          result.stale += 1;
          if ((await answer(over)).status < 300) result.staleAccepted += 1;
        }
        if (chance.next() < 0.05) await takeNext();
        const id = left[chance.below(Math.min(reach, left.length))] as string;
        const relief = chance.next() < 0.2 ? { mode: 'take_over', reason: 'Die Kundin ist am Telefon.' } : { mode: 'take' };
        const { status, text, took } = await ask('POST', `/conversations/${id}/claim`, relief);
        latencies.push(took);
        if (status !== 200) continue;
        const { lease, conversation } = JSON.parse(text) as Given;
        holds({ id, ...lease }, me.id);
        const mine = { id, fence: lease.fence };
        const fate = chance.next();
        over = mine;
        if (fate < 0.2) continue;
        if (fate < 0.45 || (fate >= 0.55 && !mayAnswer())) await ask('DELETE', `/conversations/${id}/claim`, {});
        else if (fate < 0.55 && conversation.caseId) await handOver(id, conversation.caseId);
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
