import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { House } from '../../../platform/house/house.ts';
import { openStream, type TestSocket } from '../../../platform/testing.ts';
import { besides, type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';
import { bareEnv } from '../../../testing/bare-env.ts';

let h: TestHouse;
let other: House;
let third: ChildProcess | undefined;
let people: Cast;
let id: string;
let origins: { one: string; two: string };

const listening = async (house: House) => {
  await house.http.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(house.http.server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  other = await besides(h);
  origins = { one: await listening(h.house), two: await listening(other) };
});
beforeEach(async () => {
  ({ id } = await createConversation(h, { teamId: people.team.id }));
});
afterAll(async () => {
  third?.kill('SIGKILL');
  await other?.close();
  await h?.close();
});

async function look(origin: string, who: { id: string }): Promise<TestSocket> {
  const socket = await openStream(origin, `Test ${who.id}`);
  socket.send({ op: 'watch', kind: 'conversation', id });
  return socket;
}

/** What a browser shows: the list last heard, by name, with what they write. */
function seen({ frames }: TestSocket): string[] {
  const last = frames.findLast((f) => f.op === 'signal' && f.topic === 'conversations.presence' && f.data['conversationId'] === id);
  const viewers = last?.op === 'signal' ? (last.data['viewers'] as { name: string; writing: string | null }[]) : [];
  return viewers.map(({ name, writing }) => [name.split(' ')[0], writing].filter(Boolean).join(' ')).toSorted();
}
async function sees(socket: TestSocket, expected: string[], timeout = 5_000): Promise<void> {
  await expect.poll(() => seen(socket), { timeout }).toEqual(expected);
}

it('shows everybody who is there to everybody, whichever process they are on', async () => {
  const kim = await look(origins.one, people.kim);
  await sees(kim, ['Kim']);
  const olaf = await look(origins.two, people.olaf);
  const luise = await look(origins.one, people.luise);
  for (const socket of [kim, olaf, luise]) await sees(socket, ['Kim', 'Luise', 'Olaf']);

  olaf.send({ op: 'signal', topic: 'conversations.writing', data: { conversationId: id, kind: 'reply' } });
  for (const socket of [kim, olaf, luise]) await sees(socket, ['Kim', 'Luise', 'Olaf reply']);
  // Somebody who comes on the first process must not hide what the second one knows.
  const again = await look(origins.one, people.kim);
  for (const socket of [kim, olaf, luise, again]) await sees(socket, ['Kim', 'Luise', 'Olaf reply']);

  again.close();
  luise.close();
  for (const socket of [kim, olaf]) await sees(socket, ['Kim', 'Olaf reply']);
  olaf.close();
  await sees(kim, ['Kim']);
  kim.close();
});

it('shows a person once who is there on two processes, and until the last is closed', async () => {
  const olaf = await look(origins.one, people.olaf);
  const [here, there] = [await look(origins.one, people.kim), await look(origins.two, people.kim)];
  there.send({ op: 'signal', topic: 'conversations.writing', data: { conversationId: id, kind: 'note' } });
  for (const socket of [olaf, here, there]) await sees(socket, ['Kim note', 'Olaf']);
  there.close();
  await sees(olaf, ['Kim', 'Olaf']);
  here.close();
  await sees(olaf, ['Olaf']);
  olaf.close();
});

it('keeps showing who only looks, and forgets within seconds those on a process that was killed', async () => {
  const kim = await look(origins.one, people.kim);
  const luise = await look(origins.two, people.luise);
  third = spawn(process.execPath, [new URL('../../../testing/web-process.ts', import.meta.url).pathname], {
    env: {
      ...bareEnv,
      DATABASE_URL: h.house.platform.database.url,
      DATABASE_CONNECTIONS: '3',
      NAHBAR_PROCESS: 'web',
      PORT: '0',
      NAHBAR_RATE_LIMIT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    third?.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
    third?.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  const olaf = await look(origin, people.olaf);
  // It has only just begun, and knows at once who was there before it.
  for (const socket of [kim, luise, olaf]) await sees(socket, ['Kim', 'Luise', 'Olaf']);
  // Longer than an unrepeated list is kept.
  await new Promise((resolve) => setTimeout(resolve, 8_500));
  for (const socket of [kim, luise, olaf]) expect(seen(socket)).toEqual(['Kim', 'Luise', 'Olaf']);
  third.kill('SIGKILL');
  for (const socket of [kim, luise]) await sees(socket, ['Kim', 'Luise'], 12_000);
  kim.close();
  luise.close();
}, 60_000);
