import { type Chance, pause } from '../chance.ts';
import type { Adviser, Process } from '../installation.ts';
import type { Answer, Record } from '../record.ts';

export interface Reply {
  status: number;
  code: string | undefined;
  body: {
    lease?: { fence: number; until: string };
    conversation?: { id: string; lastSeq: number; caseId: string | null; customerId: string };
    offer?: { id: string; conversationId: string } | null;
  };
}

/** As long as a load balancer waits for a web that says nothing; then the next one is asked the same again. */
const patience = 2_500;
/** And for how long it then gives that one nothing more, as long as there is another. */
const avoided = 3_000;

/** What an adviser's browser asks of the webs, and what it writes down of that. */
export interface Desk {
  /** One attempt; undefined when nobody answered, or said that it cannot now. */
  once(who: Adviser, method: string, path: string, body?: object, key?: string): Promise<Reply | undefined>;
  /** Again under the same name until there is a reply; `lost` when one attempt had none. */
  ask(who: Adviser, method: string, path: string, body?: object, key?: string): Promise<Reply & { lost: boolean }>;
  /** Notes the lease somebody was told of, and gives its fence. */
  told(who: Adviser, conversationId: string, body: Reply['body']): number;
  answer(who: Adviser, id: string, fence: number, baseSeq: number): Promise<Reply & { lost: boolean }>;
}

export function deskOf({ webs, chance }: { webs: Process[]; chance: Chance }, record: Record): Desk {
  const down = new Map<Process, number>();
  const anyWeb = (): Process => {
    const up = webs.filter((web) => (down.get(web) ?? 0) < Date.now());
    return chance.oneOf(up.length > 0 ? up : webs);
  };
  const once = async (who: Adviser, method: string, path: string, body?: object, key?: string): Promise<Reply | undefined> => {
    const web = anyWeb();
    try {
      const reply = await fetch(`http://${web.host}:${web.port}/api/v1${path}`, {
        method,
        headers: {
          cookie: `nahbar_session=${who.session}`,
          'x-nahbar': '1',
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(patience),
      });
      const read = (await reply.json()) as Reply['body'] & { code?: string };
      return reply.status >= 500 ? undefined : { status: reply.status, code: read.code, body: read };
    } catch {
      down.set(web, Date.now() + avoided);
      return undefined;
    }
  };
  const ask = async (who: Adviser, method: string, path: string, body?: object, key?: string): Promise<Reply & { lost: boolean }> => {
    for (let lost = false; ; lost = true) {
      const reply = await once(who, method, path, body, key);
      if (reply) return { ...reply, lost };
      await pause(100 + 200 * chance.next());
    }
  };
  const told = (who: Adviser, conversationId: string, { lease }: Reply['body']): number => {
    if (!lease) return 0;
    record.leases.push({ conversationId, personId: who.id, fence: lease.fence, until: Date.parse(lease.until) });
    return lease.fence;
  };

  const answer = async (who: Adviser, id: string, fence: number, baseSeq: number): Promise<Reply & { lost: boolean }> => {
    const draftId = crypto.randomUUID();
    const sent: Answer = { draftId, conversationId: id, personId: who.id, fence, outcome: 'unknown', lost: false };
    record.answers.push(sent);
    const opened = await ask(who, 'GET', `/conversations/${id}`);
    const to = (opened.body as { proposals?: { reply: { to: unknown[] } } }).proposals?.reply.to ?? [];
    const body = { draftId, fence, baseSeq, text: `Guten Tag, es ist unterwegs. Vorgang ${draftId}`, to, undoSeconds: 0 };
    // A hasty finger: the same answer at two webs at once.
    const twice = chance.next() < 0.1 ? once(who, 'POST', `/conversations/${id}/messages`, body) : undefined;
    const reply = await ask(who, 'POST', `/conversations/${id}/messages`, body);
    const also = await twice;
    const isAccepted = [reply, also].some((one) => one && one.status < 300);
    sent.outcome = isAccepted ? 'accepted' : 'refused';
    sent.lost = reply.lost || (twice !== undefined && !also);
    return reply;
  };

  return { once, ask, told, answer };
}
