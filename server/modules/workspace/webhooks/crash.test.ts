import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { startWorker } from '../../../testing/worker.ts';
import { type Cast, cast } from '../testing.ts';

let house: TestHouse;
let we: Cast;
let receiver: http.Server;
let worker: ChildProcess | undefined;
let calls: string[];
let onCall: (response: http.ServerResponse) => void;

beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
  await house.call(we.dorit, on.changeSettings, { privateAddresses: true });
  await house.drain();
  receiver = http.createServer((request, response) => {
    request.resume();
    calls.push(String(request.headers['nahbar-delivery']));
    onCall(response);
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  calls = [];
  // As a version before left it, whose jobs waited a quarter of an hour for a process that was dead.
  await house.db.exec(sql`update pgboss.queue set heartbeat_seconds = null`);
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  receiver.closeAllConnections();
  await new Promise((closed) => receiver.close(closed));
  await house.close();
});

it('a job whose process is killed in the middle of it goes to the next process within a minute', async () => {
  const begun = new Promise<void>((resolve) => {
    // Taken, never answered: the job is in the middle of its work.
    onCall = () => resolve();
  });
  worker = await startWorker(house.house.platform.database.url);
  const { port } = receiver.address() as AddressInfo;
  const { id } = (await house.call(we.dorit, on.addWebhook, { url: `http://127.0.0.1:${port}/hook`, events: ['workspace.team_changed'] }))
    .body;
  await house.call(we.dorit, on.changeTeam, { id: we.team.id, name: 'Renamed' });
  await begun;
  onCall = (response) => response.writeHead(204).end();
  worker.kill('SIGKILL');
  await once(worker, 'exit');

  worker = await startWorker(house.house.platform.database.url);
  const deliveries = async () => (await house.call(we.dorit, on.listDeliveries, { id })).body.items;
  await expect.poll(async () => (await deliveries()).map((one) => one.state), { timeout: 120_000, interval: 200 }).toEqual(['delivered']);
  // The same delivery twice, which a receiver knows by its number, and both were the first attempt.
  const [delivery] = await deliveries();
  expect(calls).toEqual([delivery?.id, delivery?.id]);
}, 180_000);
