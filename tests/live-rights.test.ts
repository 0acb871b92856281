import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { conversationEndpoints } from '../contract/conversations.ts';
import type { ServerFrame } from '../contract/stream.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { createConversation, type TestConversation } from '../server/modules/conversations/testing.ts';
import { type Cast, cast, givePassword, openBrowser, testPassword } from '../server/modules/workspace/testing.ts';
import { system } from '../server/platform/actor.ts';
import { transaction } from '../server/platform/context.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

let house: TestHouse;
let we: Cast;
let conversation: TestConversation;
beforeAll(async () => {
  house = await testHouse();
  we = await cast(house);
  conversation = await createConversation(house, { teamId: we.team.id });
  await house.house.http.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => house.close());

/** A socket of a signed-in person, and how often it was sent the conversation. */
async function listen(email: string) {
  const page = openBrowser(house);
  await page.call(workspaceEndpoints.signIn, { email, password: testPassword });
  const { port } = house.house.http.server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, { headers: { cookie: `nahbar_session=${page.cookie}` } });
  const frames: ServerFrame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as ServerFrame));
  await new Promise((ready) => socket.once('message', ready));
  return {
    times: () =>
      frames
        .flatMap((frame) => (frame.op === 'events' ? frame.records : []))
        .filter((record) => record.id === conversation.id && record.data).length,
    watch: (id: string) => socket.send(JSON.stringify({ op: 'watch', kind: 'conversation', id })),
    /** Whether it is told who else looks at the conversation, which only those hear who watch it. */
    hears: (id: string) => frames.some((frame) => frame.op === 'signal' && frame.data['conversationId'] === id),
    versionsOf: (id: string) =>
      frames
        .flatMap((frame) => (frame.op === 'events' ? frame.records : []))
        .filter((record) => record.id === id)
        .map((record) => (record.gone ? 'gone' : record.version)),
    close: () => socket.close(),
  };
}

const change = () =>
  transaction(house.house.platform, system, async (ctx) =>
    ctx.emit('conversations.changed', {
      conversationId: conversation.id,
      customerId: conversation.customerId,
      teamId: we.team.id,
      caseId: null,
      assigneeId: null,
      what: 'tags',
    }),
  );

async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 10) {
    if (waited > 5_000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('a team’s conversations reach its members, and nobody from the moment of leaving', async () => {
  for (const person of [we.kim, we.olaf, we.mehmet]) await givePassword(house, person.id);
  const [stays, leaves, stranger] = [await listen(we.kim.email), await listen(we.olaf.email), await listen(we.mehmet.email)];
  await change();
  await until(() => stays.times() === 1 && leaves.times() === 1);
  await house.call(we.dorit, workspaceEndpoints.changePerson, { id: we.olaf.id, teamIds: [] });
  // Written the moment the answer is there: no time for anything to be forgotten slowly.
  for (let n = 0; n < 20; n += 1) await change();
  await until(() => stays.times() >= 2);
  await change();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(leaves.times()).toBe(1);
  expect(stranger.times()).toBe(0);
  for (const ear of [stays, leaves, stranger]) ear.close();
});

it('a conversation that goes to another team is closed at once to those who had it open', async () => {
  const moved = await createConversation(house, { teamId: we.team.id });
  const [kim, mehmet] = [await listen(we.kim.email), await listen(we.mehmet.email)];
  kim.watch(moved.id);
  await until(() => kim.hears(moved.id));
  await house.call(we.luise, conversationEndpoints.change, { id: moved.id, teamId: we.otherTeam.id });
  await until(() => mehmet.versionsOf(moved.id).length > 0);
  const note = await house.call(we.mehmet, conversationEndpoints.note, {
    id: moved.id,
    noteId: crypto.randomUUID(),
    text: 'Nur für die Produktberatung',
  });
  expect(note.status).toBe(201);
  await until(() => mehmet.versionsOf(moved.id).length > 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(kim.versionsOf(moved.id)).toEqual(['gone']);
  for (const ear of [kim, mehmet]) ear.close();
});
