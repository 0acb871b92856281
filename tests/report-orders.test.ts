import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ordersEndpoints } from '../contract/orders.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { ownerOf } from '../server/modules/customers/index.ts';
import { letRead } from '../server/modules/customers/testing.ts';
import { type Cast, cast } from '../server/modules/workspace/testing.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';
import { root } from './source-files.ts';

const page = readFileSync(path.join(root, 'docs/how-to/report-orders.md'), 'utf8');
const [, command = ''] = /```sh\n(curl [^]*?)\n```/.exec(page) ?? [];

let house: TestHouse;
let we: Cast;
let env: Record<string, string>;
beforeAll(async () => {
  house = await testHouse();
  we = await cast(house);
  await house.house.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = house.house.http.server.address() as AddressInfo;
  const { token } = (await house.call(we.dorit, workspaceEndpoints.createToken, { name: 'Shop', role: 'integration' })).body;
  env = { NAHBAR_URL: `http://127.0.0.1:${port}`, NAHBAR_TOKEN: token };
});
afterAll(() => house.close());

/** As somebody does who copies it from the page. */
const run = async (): Promise<unknown> =>
  JSON.parse((await promisify(execFile)('sh', ['-c', command], { env: { ...process.env, ...env } })).stdout);

it('what the page says to type reports an order that stands with the customer, and again it changes nothing', async () => {
  expect(await run()).toEqual({ id: expect.any(String), revision: 3, taken: true });
  expect(await run()).toMatchObject({ revision: 3, taken: false });
  const customerId = (await ownerOf(house.db, 'mail', 'erika.klein@post.example')) ?? '';
  await letRead(house, customerId, we.luise.id);
  const { items } = (await house.call(we.luise, ordersEndpoints.ofCustomer, { id: customerId })).body;
  expect(items).toMatchObject([{ reference: 'HK-4711', total: { amount: 8990 }, shipments: [{ carrier: 'Hanse Paket' }] }]);
});

it('the page names every status, and every answer that is particular to it', () => {
  const { report } = ordersEndpoints;
  for (const code of report.errors ?? []) expect(page).toContain(`\`${code}\``);
  for (const status of ['placed', 'preparing', 'shipped', 'delivered', 'cancelled', 'returned', 'pre_transit', 'transit', 'failure'])
    expect(page).toContain(`\`${status}\``);
});
