import { type Chance, pause } from './chance.ts';
import type { Adviser, Process } from './installation.ts';
import type { Answer, Record } from './record.ts';
import { openScreen, type Screen } from './screen.ts';

export interface Advisers {
  screens: Map<string, Screen>;
  /** Begins nothing new, and answers when everything begun has come to an end. */
  finish(): Promise<void>;
  close(): void;
}

interface Reply {
  status: number;
  code: string | undefined;
  body: {
    lease?: { fence: number; until: string };
    conversation?: { id: string; lastSeq: number; caseId: string | null; customerId: string };
  };
}

/** As long as a load balancer waits for a web that says nothing; then the next one is asked the same again. */
const patience = 2_500;

/** Advisers at work, each as a browser would: through any of the webs, repeating under the same name what got no reply. */
export function startAdvisers(
  given: { advisers: Adviser[]; webs: Process[]; chance: Chance; onClaimed(): void; onEvent(type: string, personId: string): void },
  record: Record,
): Advisers {
  const { chance, webs } = given;
  const screens = new Map<string, Screen>();
  let isOver = false;

  /** One attempt; undefined when nobody answered, or said that it cannot now. */
  const once = async (who: Adviser, method: string, path: string, body?: object, key?: string): Promise<Reply | undefined> => {
    const web = chance.oneOf(webs);
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

  const work = async (who: Adviser, screen: Screen) => {
    while (!isOver) {
      await pause(100 + 300 * chance.next());
      const free = [...screen.shown].filter(([, { state, claimedBy }]) => state === 'queued' && !claimedBy).slice(0, 5);
      const held = [...screen.shown].filter(([, { claimedBy }]) => claimedBy && claimedBy !== who.id).slice(-5);
      const how = chance.next();
      let taken: Reply;
      if (how < 0.1 && held.length > 0) {
        const [id] = chance.oneOf(held);
        taken = await ask(who, 'POST', `/conversations/${id}/claim`, { mode: 'take_over', reason: 'Ich habe die Kundin am Telefon.' });
      } else if (how < 0.4 && free.length > 0) {
        taken = await ask(who, 'POST', `/conversations/${chance.oneOf(free)[0]}/claim`, { mode: 'take' });
      } else taken = await ask(who, 'POST', '/conversations/next', { view: 'unassigned' }, crypto.randomUUID());
      const conversation = taken.body.conversation;
      if (taken.status !== 200 || !conversation) continue;
      given.onClaimed();
      const { id } = conversation;
      const fence = told(who, id, taken.body);
      const fate = chance.next();
      if (fate < 0.08) continue;
      if (fate < 0.16) {
        await ask(who, 'DELETE', `/conversations/${id}/claim`);
        continue;
      }
      if (fate < 0.3) told(who, id, (await ask(who, 'PUT', `/conversations/${id}/claim`, { fence })).body);
      if (fate > 0.9) await pause(1_000 * chance.next());
      // Sometimes by a claim that was worth something once.
      const reply = await answer(who, id, fate > 0.95 ? fence - 1 : fence, conversation.lastSeq);
      if (reply.status >= 300) await once(who, 'DELETE', `/conversations/${id}/claim`);
      else if (fate > 0.8 && conversation.caseId)
        await ask(who, 'POST', `/cases/${conversation.caseId}/resolution`, { summary: 'Das Paket ist unterwegs.' });
    }
  };

  const working = given.advisers.map((who) => {
    const screen = openScreen(
      who,
      webs,
      record.listenings,
      async (path) => (await ask(who, 'GET', path)).body,
      (events) => events.forEach(({ type }) => given.onEvent(type, who.id)),
    );
    screens.set(who.id, screen);
    return work(who, screen);
  });
  return {
    screens,
    async finish() {
      isOver = true;
      await Promise.all(working);
    },
    close() {
      for (const screen of screens.values()) screen.close();
    },
  };
}
