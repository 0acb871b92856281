import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as on } from '../../../../contract/conversations.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { certificateFile, type PushService, startPushService } from '../../../testing/push-service/push-service.ts';
import { toldBrowser } from '../../../testing/push-service/told-browser.ts';
import { startWorker } from '../../../testing/worker.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';

let h: TestHouse;
let we: Cast;
let service: PushService;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  h = await testHouse();
  // The processes go by the real time: sessions live and news are new by the same.
  h.clock.advance(Date.now() - h.clock.now().getTime());
  we = await cast(h);
  service = await startPushService();
  await h.call(we.dorit, workspaceEndpoints.changeSettings, { privateAddresses: true });
  await h.drain();
});
afterAll(async () => {
  worker?.kill('SIGKILL');
  await service.close();
  await h.close();
});

it('a process killed while it tells a browser tells nothing twice: the next one sends the same, which takes the place of the first', async () => {
  const kim = await toldBrowser(h, service, we.kim);
  const { id } = await createConversation(h, { teamId: we.team.id });
  const begun = service.holds();
  worker = await startWorker(h.house.platform.database.url, { NODE_EXTRA_CA_CERTS: certificateFile });
  await h.call(we.luise, on.change, { id, assigneeId: we.kim.id });
  await begun;
  service.answers(201);
  worker.kill('SIGKILL');
  await once(worker, 'exit');

  worker = await startWorker(h.house.platform.database.url, { NODE_EXTRA_CA_CERTS: certificateFile });
  const told = () => h.db.query(sql`select from push_subscriptions where last_told_at is not null`);
  await expect.poll(async () => (await told()).length, { timeout: 120_000, interval: 200 }).toBe(1);
  expect(kim.told()).toHaveLength(2);
  expect(kim.told()[1]).toEqual(kim.told()[0]);
  expect(new Set(kim.pushed().map(({ headers }) => headers['topic'])).size).toBe(1);
}, 180_000);
