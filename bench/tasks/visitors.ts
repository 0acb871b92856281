import WebSocket from 'ws';
import { type HttpConnection, httpConnection, request } from '../http-client.ts';

const origin = 'https://shop.example';

interface Visitor {
  secret: string;
  ws: WebSocket;
  /** When each of the visitor's messages was sent, until the page shows it. */
  waiting: Map<string, number>;
  /** When an adviser's answer was sent, until the page shows it. */
  answers: Map<string, number>;
  said: number;
  /** As the page shows the talk now. */
  shown: string[];
}

/** Open pages, from one task to the next. */
let visitors: Visitor[] = [];
let shownAfter: number[] = [];
let answeredAfter: number[] = [];

export interface Opened {
  open: number;
  seconds: number;
}

/** So many pages open the chat, each with a line, and say one sentence each, as fast as that is taken. */
export async function openVisitorsTask(input: { port: number; accountId: string; count: number }): Promise<Opened> {
  visitors = [];
  const begun = performance.now();
  await inParallel(input.port, 16, input.count, async (http) => {
    const answer = await http.send(call(input.accountId, 'start', {}));
    const { secret } = JSON.parse(answer.body) as { secret: string };
    visitors.push(await openPage(input.port, input.accountId, secret));
  });
  const seconds = (performance.now() - begun) / 1000;
  await inParallel(input.port, 16, visitors.length, async (http, n) => void (await say(http, input.accountId, n)));
  return { open: visitors.filter(({ ws }) => ws.readyState === WebSocket.OPEN).length, seconds };
}

export interface Talk {
  seconds: number;
  said: number;
  acknowledged: number[];
  shown: number[];
  answered: number[];
  /** Said and confirmed, and not on the page when all was quiet; or on it twice. */
  lost: number;
  doubled: number;
}

/** All stay open; some write in turn, and advisers answer others. */
export async function talkTask(input: {
  port: number;
  accountId: string;
  perSecond: number;
  seconds: number;
  answers: { visitor: number; guest: string; conversationId: string; session: string }[];
}): Promise<Talk> {
  shownAfter = [];
  answeredAfter = [];
  const acknowledged: number[] = [];
  const quiet = new Set(input.answers.map(({ visitor }) => visitor));
  const writers = visitors.map((_, n) => n).filter((n) => !quiet.has(n));
  const connections = Array.from({ length: 32 }, () => httpConnection(input.port));
  const free = [...connections];
  const under: Promise<void>[] = [];
  const begun = performance.now();
  const answering = answerAll(input);
  const total = input.perSecond * input.seconds;
  for (let n = 0; n < total; n += 1) {
    const wait = begun + (n * 1000) / input.perSecond - performance.now();
    if (wait > 0) await pause(wait);
    while (free.length === 0) await pause(1);
    const http = free.pop() as HttpConnection;
    const due = begun + (n * 1000) / input.perSecond;
    const one = say(http, input.accountId, writers[n % writers.length] ?? 0, due).then((took) => {
      acknowledged.push(took);
      free.push(http);
    });
    under.push(one);
  }
  await Promise.all(under);
  await answering;
  const seconds = (performance.now() - begun) / 1000;
  for (let tries = 0; tries < 150 && visitors.some(({ waiting, answers }) => waiting.size + answers.size > 0); tries += 1) await pause(100);
  for (const connection of connections) connection.end();
  const lost = visitors.reduce((sum, one) => sum + one.waiting.size + one.answers.size, 0);
  const doubled = visitors.reduce((sum, { shown }) => sum + shown.length - new Set(shown).size, 0);
  const result = { seconds, said: total, acknowledged, shown: shownAfter, answered: answeredAfter, lost, doubled };
  for (const { ws } of visitors) ws.terminate();
  visitors = [];
  return result;
}

/** Each adviser takes one talk after the other and answers it. */
async function answerAll({ port, answers, seconds }: Parameters<typeof talkTask>[0]): Promise<void> {
  const http = httpConnection(port);
  const pace = (seconds * 1000) / Math.max(1, answers.length);
  for (const { visitor, guest, conversationId, session } of answers) {
    const begun = performance.now();
    const claim = await http.send(request('POST', `/api/v1/conversations/${conversationId}/claim`, session, { mode: 'take' }));
    const { lease, conversation } = JSON.parse(claim.body) as { lease: { fence: number }; conversation: { lastSeq: number } };
    const text = `Antwort an ${visitor}`;
    visitors[visitor]?.answers.set(text, performance.now());
    await http.send(
      request('POST', `/api/v1/conversations/${conversationId}/messages`, session, {
        fence: lease.fence,
        baseSeq: conversation.lastSeq,
        draftId: crypto.randomUUID(),
        text,
        to: [{ name: '', address: guest }],
        then: 'keep',
      }),
    );
    await pause(Math.max(0, pace - (performance.now() - begun)));
  }
  http.end();
}

async function say(http: HttpConnection, accountId: string, n: number, due = performance.now()): Promise<number> {
  const visitor = visitors[n];
  if (!visitor) throw new Error(`There is no visitor ${n}`);
  visitor.said += 1;
  const id = `sentence-${n}-${visitor.said}`;
  visitor.waiting.set(id, due);
  const answer = await http.send(call(accountId, 'say', { secret: visitor.secret, id, text: `Besucher ${n}: wo bleibt mein Paket?` }));
  if (answer.status !== 200) throw new Error(`Refused with ${answer.status}: ${answer.body.slice(0, 200)}`);
  return performance.now() - due;
}

function openPage(port: number, accountId: string, secret: string): Promise<Visitor> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/api/v1/channels/accounts/${accountId}/entrance`, { origin, perMessageDeflate: false });
    const visitor: Visitor = { secret, ws, waiting: new Map(), answers: new Map(), said: 0, shown: [] };
    ws.on('error', reject);
    ws.on('open', () => ws.send(JSON.stringify({ secret })));
    ws.on('message', (data) => {
      const frame = JSON.parse((data as Buffer).toString()) as { kind: string; state?: { messages: { id: string; text: string }[] } };
      if (!frame.state) return;
      visitor.shown = frame.state.messages.map(({ id }) => id);
      for (const { id, text } of frame.state.messages) {
        take(visitor.waiting, id, shownAfter);
        take(visitor.answers, text, answeredAfter);
      }
      resolve(visitor);
    });
  });
}

function take(waiting: Map<string, number>, key: string, into: number[]): void {
  const since = waiting.get(key);
  if (since === undefined) return;
  waiting.delete(key);
  into.push(performance.now() - since);
}

function call(accountId: string, name: string, body: object): Buffer {
  const text = JSON.stringify(body);
  return Buffer.from(
    `POST /api/v1/channels/accounts/${accountId}/entrance/${name} HTTP/1.1\r\nhost: localhost\r\norigin: ${origin}\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

async function inParallel(
  port: number,
  width: number,
  count: number,
  act: (http: HttpConnection, n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      const http = httpConnection(port);
      for (let n = next++; n < count; n = next++) await act(http, n);
      http.end();
    }),
  );
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
