import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closedSignedOut, type ServerFrame } from '../../../contract/stream.ts';
import { workspaceEndpoints as on } from '../../../contract/workspace.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { type Browser, type Cast, cast, givePassword, openBrowser, type TestPerson, testPassword } from './testing.ts';

let house: TestHouse;
let we: Cast;
let port: number;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
  await house.house.http.listen({ port: 0, host: '127.0.0.1' });
  port = (house.house.http.server.address() as AddressInfo).port;
});
afterAll(() => house.close());

async function enter(person: TestPerson): Promise<Browser> {
  await givePassword(house, person.id);
  const page = openBrowser(house);
  await page.call(on.signIn, { email: person.email, password: testPassword });
  return page;
}

/** A socket on the real server, and what it heard so far. */
async function listen(headers: Record<string, string>) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, { headers });
  const frames: ServerFrame[] = [];
  let wake = () => {};
  let closedWith: number | undefined;
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as ServerFrame);
    wake();
  });
  socket.on('close', (code) => {
    closedWith = code;
    wake();
  });
  const until = async (isTrue: () => boolean) => {
    const late = Date.now() + 15_000;
    while (!isTrue()) {
      if (Date.now() > late) throw new Error(`Waited in vain; heard ${JSON.stringify(frames)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 100);
      });
    }
  };
  await until(() => frames.some((frame) => frame.op === 'ready'));
  return {
    frames,
    until,
    close: () => socket.close(),
    get closedWith() {
      return closedWith;
    },
    heard: (kind: string, id: string) => frames.some((f) => f.op === 'events' && f.records.some((r) => r.kind === kind && r.id === id)),
    signals: (topic: string) => frames.filter((frame) => frame.op === 'signal' && frame.topic === topic).length,
  };
}

const cookie = (page: Browser) => ({ cookie: `nahbar_session=${page.cookie}` });

it('shows a changed colleague to everybody as the list would', async () => {
  const ear = await listen(cookie(await enter(we.kim)));
  await house.call(we.dorit, on.changePerson, { id: we.olaf.id, name: 'Olaf Brandt-Meyer' });
  await ear.until(() => ear.heard('person', we.olaf.id));
  const record = ear.frames.flatMap((f) => (f.op === 'events' ? f.records : [])).find((r) => r.id === we.olaf.id);
  expect(record?.data).toEqual((await house.call(we.kim, on.getPerson, { id: we.olaf.id })).body);
  ear.close();
});

it('is cut off when its session ends, and only then', async () => {
  const [here, there] = [await enter(we.kim), await enter(we.kim)];
  const [kept, lost] = [await listen(cookie(here)), await listen(cookie(there))];
  const { items } = (await there.call(on.listSessions, {})).body;
  await here.call(on.endSession, { id: items.find((one) => one.current)?.id ?? '' });
  await lost.until(() => lost.closedWith !== undefined);
  expect(lost.closedWith).toBe(closedSignedOut);
  expect(kept.closedWith).toBeUndefined();
  kept.close();
});

it('tells a page that nobody is signed in, which a browser would keep from it', async () => {
  const page = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, {
    headers: { origin: `http://127.0.0.1:${port}`, cookie: 'nahbar_session=ended' },
  });
  const said: string[] = [];
  page.on('message', (data: Buffer) => said.push(data.toString()));
  expect(await new Promise((resolve) => page.on('close', resolve))).toBe(closedSignedOut);
  expect(said).toEqual([]);
});

it('is cut off when the person is deactivated or the token revoked', async () => {
  const ear = await listen(cookie(await enter(we.mehmet)));
  const { body } = await house.call(we.dorit, on.createToken, { name: 'Shop', role: 'agent' });
  const program = await listen({ authorization: `Bearer ${body.token}` });
  await house.call(we.dorit, on.deactivatePerson, { id: we.mehmet.id });
  await house.call(we.dorit, on.revokeToken, { id: body.id });
  await ear.until(() => ear.closedWith === closedSignedOut);
  await program.until(() => program.closedWith === closedSignedOut);
});

it('hears of a colleague’s presence as far as it is its business: a recovery pause is a break, and the same break is no news', async () => {
  const [own, lead] = [await listen(cookie(await enter(we.kim))), await listen(cookie(await enter(we.luise)))];
  for (const state of ['busy', 'break', 'recovery', 'training'] as const) await house.call(we.kim, on.setPresence, { state });
  const said = (ear: typeof own) =>
    ear.frames.flatMap((f) => (f.op === 'signal' && f.topic === 'workspace.presence' ? [f.data['state']] : []));
  await lead.until(() => said(lead).includes('training'));
  expect(said(lead)).toEqual(['busy', 'break', 'training']);
  await own.until(() => said(own).includes('training'));
  expect(said(own)).toContain('recovery');
  own.close();
  lead.close();
});

it('hears nothing more of a team the moment its owner has left it', async () => {
  const ear = await listen(cookie(await enter(we.olaf)));
  const say = (n: number) => house.house.platform.signal(`team:${we.team.id}`, 'test.said', { n });
  say(1);
  await ear.until(() => ear.signals('test.said') === 1);
  await house.call(we.dorit, on.changePerson, { id: we.olaf.id, teamIds: [] });
  await ear.until(() => ear.frames.some((frame) => frame.op === 'reload' && frame.reason === 'rights_changed'));
  say(2);
  // A signal all hear comes after it: had the team's signal been sent, it would be here by then.
  house.house.platform.signal('workspace', 'test.over', {});
  await ear.until(() => ear.signals('test.over') === 1);
  expect(ear.signals('test.said')).toBe(1);
  ear.close();
});
