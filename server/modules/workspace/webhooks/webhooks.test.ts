import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../testing.ts';
import { wants } from './deliver.ts';

interface Call {
  headers: http.IncomingHttpHeaders;
  body: string;
}

let house: TestHouse;
let we: Cast;
let server: http.Server;
let calls: Call[];
let answer: number;
let url: string;

beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.writeHead(answer, { location: 'http://127.0.0.1:1/elsewhere' }).end('words of a stranger');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await house.close();
  await new Promise((closed) => server.close(closed));
});
beforeEach(async () => {
  calls = [];
  answer = 204;
  await house.call(we.dorit, on.changeSettings, { privateAddresses: true });
  await house.drain();
});
afterEach(async () => {
  await house.db.exec(sql`delete from webhooks`);
  await house.db.exec(sql`delete from pgboss.job`);
});

const add = async (events: string[] = ['workspace.*'], at = url) => (await house.call(we.dorit, on.addWebhook, { url: at, events })).body;
const deliveries = async (id: string) => (await house.call(we.dorit, on.listDeliveries, { id })).body.items;
/** Something that others hear of. */
const happen = () => house.call(we.dorit, on.changeTeam, { id: we.team.id, name: `Team ${Math.random()}` });
/** Lets the waiting time to the next attempt pass. */
const wait = (seconds: number) => {
  house.clock.advance(seconds * 1_000);
  return house.db.exec(sql`update pgboss.job set start_after = now() where state in ('created', 'retry')`);
};

describe('a webhook', () => {
  it('asks for events that there are, and names those that are near', async () => {
    const events = ['*', 'workspace.*', 'workspace.team_changed', 'workspace.team_chnaged', 'nosuch.event'];
    const refused = await house.call(we.dorit, on.addWebhook, { url, events });
    expect([refused.status, refused.problem.code]).toEqual([400, 'core.invalid_input']);
    expect(refused.problem.fields).toEqual([
      {
        path: 'events.3',
        message: expect.stringMatching(/^There is no event workspace\.team_chnaged\. Near it: workspace\.team_changed/),
        code: 'workspace.unknown_event_near',
        data: { pattern: 'workspace.team_chnaged', near: expect.stringMatching(/^workspace\.team_changed, /) },
      },
      {
        path: 'events.4',
        message: expect.stringMatching(/^There is no event nosuch\.event\. Whole rooms: workspace\.\*\. /),
        code: 'workspace.unknown_event',
        data: { pattern: 'nosuch.event', rooms: 'workspace.*' },
      },
    ]);
    const { id } = await add();
    const changed = await house.call(we.dorit, on.changeWebhook, { id, events: ['workspaces.*'] });
    expect(changed.problem.fields?.[0]?.message).toContain('Near it: workspace.*.');
    expect((await house.call(we.dorit, on.listWebhooks, {})).body.items.map((one) => one.events)).toEqual([['workspace.*']]);
  });

  it('is called with ids and facts, signed with its secret', async () => {
    const { id, secret } = await add(['workspace.team_changed']);
    const { events } = await happen();
    await house.drain();
    expect(calls).toHaveLength(1);
    const { headers, body } = calls[0] as Call;
    expect(JSON.parse(body)).toMatchObject({ type: 'workspace.team_changed', actorId: we.dorit.id, data: events[0]?.data });
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['nahbar-signature'])) ?? [];
    expect(Number(t) * 1_000).toBe(house.clock.now().getTime());
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex'));
    const [log] = await deliveries(id);
    expect(log).toMatchObject({ state: 'delivered', attempts: 1, responseStatus: 204, problem: null });
    expect(headers['nahbar-delivery']).toBe(log?.id);
    expect(JSON.stringify(await house.db.query(sql`select * from webhooks`))).not.toContain(secret);
  });

  it('hears what it asked for', () => {
    expect(wants(['*'], 'cases.opened')).toBe(true);
    expect(wants(['cases.*'], 'cases.opened')).toBe(true);
    expect(wants(['cases.*'], 'casesx.opened')).toBe(false);
    expect(wants(['cases.opened', 'workspace.*'], 'cases.closed')).toBe(false);
  });

  it('is called again, ever later, for about a day, then given up; the id of the delivery stays', async () => {
    const { id } = await add();
    answer = 500;
    await house.db.exec(sql`delete from webhook_deliveries`);
    await happen();
    await house.drain();
    let waited = 0;
    for (let n = 1; ; n += 1) {
      const log = (await deliveries(id)).find((one) => one.eventType === 'workspace.team_changed');
      expect(log).toMatchObject({ attempts: n, responseStatus: 500, problem: 'status' });
      if (!log?.nextAt) break;
      const seconds = (Date.parse(log.nextAt) - house.clock.now().getTime()) / 1_000;
      waited += seconds;
      await wait(seconds);
      await house.drain();
    }
    expect(waited / 3_600).toBeGreaterThan(22);
    expect(waited / 3_600).toBeLessThan(26);
    const own = calls.filter(({ body }) => body.includes('team_changed'));
    expect(own).toHaveLength(10);
    expect(new Set(own.map(({ headers }) => headers['nahbar-delivery'])).size).toBe(1);
    answer = 200;
    const [failed] = (await deliveries(id)).filter((one) => one.eventType === 'workspace.team_changed');
    await house.call(we.dorit, on.redeliver, { id, deliveryId: failed?.id ?? '' });
    await house.drain();
    expect((await deliveries(id)).find((one) => one.id === failed?.id)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('is switched off after three days of failure, or at once when it is gone', async () => {
    const { id } = await add();
    answer = 500;
    await happen();
    await house.drain();
    house.clock.advance(3 * 86_400_000 + 1);
    await happen();
    const events = await house.drain();
    expect(events).toContainEqual({ type: 'workspace.webhook_disabled', data: { webhookId: id, reason: 'failing' } });
    const { body } = await house.call(we.dorit, on.changeWebhook, { id, active: true });
    expect(body).toMatchObject({ active: true, failingSince: null, disabledReason: null });
    answer = 410;
    await happen();
    await house.drain();
    expect((await house.call(we.dorit, on.listWebhooks, {})).body.items[0]).toMatchObject({ active: false, disabledReason: 'gone' });
  });

  it('is tried out with a ping that says what came back', async () => {
    const { id } = await add();
    answer = 302;
    expect((await house.call(we.dorit, on.testWebhook, { id })).body).toMatchObject({
      eventType: 'ping',
      state: 'failed',
      responseStatus: 302,
    });
    answer = 200;
    expect((await house.call(we.dorit, on.testWebhook, { id })).body).toMatchObject({ state: 'delivered', responseStatus: 200 });
    await house.db.exec(sql`update webhooks set url = 'http://127.0.0.1:9/'`);
    expect((await house.call(we.dorit, on.testWebhook, { id })).body).toMatchObject({ state: 'failed', problem: 'unreachable' });
  });

  it('never reaches inside unless the company allows it', async () => {
    const { id } = await add(['workspace.*'], url.replace('127.0.0.1', 'localhost'));
    await house.call(we.dorit, on.changeSettings, { privateAddresses: false });
    calls = [];
    expect((await house.call(we.dorit, on.testWebhook, { id })).body).toMatchObject({ state: 'failed', problem: 'address_not_allowed' });
    for (const inside of [url, 'http://[::1]/', 'http://0x7f000001/', 'http://169.254.169.254/latest', 'https://u:p@example.org/'])
      expect((await house.call(we.dorit, on.addWebhook, { url: inside, events: ['*'] })).problem.code).toBe(
        'workspace.address_not_allowed',
      );
    expect((await house.call(we.dorit, on.addWebhook, { url: 'file:///etc/passwd', events: ['*'] })).problem.code).toBe(
      'core.invalid_input',
    );
    expect(calls).toEqual([]);
  });
});
