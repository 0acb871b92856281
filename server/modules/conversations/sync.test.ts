import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../contract/conversations.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { type Listening, listen } from '../../testing/sync-law.ts';
import { createAccount, mailArrives, sendAllDue } from '../channels/testing.ts';
import { type Cast, cast } from '../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id, settings: {} });
});
afterAll(() => h.close());

const mail = (n: number, more: string[] = []) =>
  [
    'From: Erika Klein <klein@post.example>',
    'To: service@haus.example',
    `Subject: Paket ${n}`,
    `Message-ID: <s${n}@post.example>`,
    'Content-Type: text/plain',
    ...more,
    '',
    `Nachricht ${n}`,
  ].join('\n');

/** What the stream has told so far equals what HTTP answers now. */
async function equal(screen: Listening, id: string): Promise<void> {
  await screen.settled();
  const { body } = await h.call(people.kim, api.open, { id });
  expect(screen.records.get(`conversation ${id}`)?.data).toEqual(body.conversation);
  for (const message of body.messages) expect(screen.records.get(`message ${message.id}`)?.data, message.id).toEqual(message);
  const drafts = [...screen.records].filter(([key]) => key.startsWith('draft ')).map(([, r]) => r.data);
  expect(drafts).toEqual(body.drafts);
}

it('after every action a screen that only listened shows what a fresh one would', async () => {
  const screen = await listen(h, people.kim);
  await mailArrives(h, account.id, mail(1));
  await h.drain();
  await screen.settled();
  const id = [...screen.records.keys()].find((key) => key.startsWith('conversation '))?.split(' ')[1] ?? '';
  screen.close();

  const open = await listen(h, people.kim, [{ kind: 'conversation', id }]);
  // Joining late: state is read once, the rest is heard.
  for (const m of (await h.call(people.kim, api.open, { id })).body.messages)
    open.records.set(`message ${m.id}`, { version: m.version, data: m });
  const step = async (what: () => Promise<unknown>) => {
    h.clock.advance(1_000);
    await what();
    await h.drain();
    await equal(open, id);
  };
  let fence = 0;
  let sent = '';
  const to = [{ name: 'Erika Klein', address: 'klein@post.example' }];
  await step(async () => void ({ fence } = (await h.call(people.kim, api.claim, { id })).body.lease));
  await step(() => h.call(people.kim, api.saveDraft, { id, kind: 'reply', text: 'Guten', baseSeq: 1 }));
  await step(() => h.call(people.kim, api.saveDraft, { id, kind: 'reply', text: 'Guten Tag', baseSeq: 1, version: 1 }));
  await step(() => h.call(people.olaf, api.note, { id, noteId: crypto.randomUUID(), text: 'Ich kenne sie.' }));
  await step(
    async () =>
      void (sent = (await h.call(people.kim, api.reply, { id, fence, baseSeq: 2, draftId: crypto.randomUUID(), text: 'Guten Tag', to }))
        .body.message.id),
  );
  await step(() => h.call(people.kim, api.undoSend, { id, messageId: sent }));
  await step(() => h.call(people.kim, api.dropDraft, { id, kind: 'reply' }));
  await step(async () => void ({ fence } = (await h.call(people.kim, api.claim, { id })).body.lease));
  await step(() =>
    h.call(people.kim, api.reply, { id, fence, baseSeq: 3, draftId: crypto.randomUUID(), text: 'Guten Tag', to, undoSeconds: 0 }),
  );
  await step(() => sendAllDue(h));
  await step(() => mailArrives(h, account.id, mail(2, ['In-Reply-To: <s1@post.example>'])));
  await step(() => h.call(people.kim, api.change, { id, priority: 'urgent', tags: ['laptop'], subject: 'Laptop leer' }));
  await step(() => h.call(people.kim, api.change, { id, snoozedUntil: '2026-11-25T08:00:00.000Z' }));
  await step(() => h.call(people.kim, api.change, { id, assigneeId: people.olaf.id }));
  await step(() => h.call(people.kim, api.claim, { id }));
  await step(() => h.call(people.kim, api.release, { id }));
  await step(() => h.call(people.luise, api.step, { id, step: 'classify_spam' }));
  await step(() => h.call(people.luise, api.step, { id, step: 'not_spam' }));
  open.close();
});

it('a conversation that leaves one’s teams leaves one’s screen', async () => {
  await mailArrives(h, account.id, mail(9));
  await h.drain();
  const kim = await listen(h, people.kim);
  const mehmet = await listen(h, people.mehmet);
  const [c] = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest' })).body.items;
  await h.call(people.kim, api.change, { id: c?.id ?? '', tags: ['x'] });
  await kim.settled();
  expect(kim.records.has(`conversation ${c?.id}`)).toBe(true);
  expect(mehmet.records.size).toBe(0);
  await h.call(people.kim, api.change, { id: c?.id ?? '', teamId: people.otherTeam.id });
  await Promise.all([kim.settled(), mehmet.settled()]);
  expect(kim.records.has(`conversation ${c?.id}`)).toBe(false);
  expect(mehmet.records.get(`conversation ${c?.id}`)?.data).toMatchObject({ teamId: people.otherTeam.id });
  kim.close();
  mehmet.close();
});
