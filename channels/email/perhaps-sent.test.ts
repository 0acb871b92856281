import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { conversationEndpoints as api } from '../../contract/conversations.ts';
import { createAccount, mailArrives, sendAllDue } from '../../server/modules/channels/testing.ts';
import { type Cast, cast } from '../../server/modules/workspace/testing.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { type Answers, type ScriptedSmtp, scriptedSmtp } from './testing/scripted-smtp.ts';

let house: TestHouse;
let people: Cast;
let mailServer: ScriptedSmtp;
let answers: Answers;
let accountId: string;

beforeAll(async () => {
  house = await testHouse();
  people = await cast(house);
  mailServer = await scriptedSmtp((said, connection) => answers(said, connection));
  const settings = { smtpHost: '127.0.0.1', smtpPort: mailServer.port, smtpSecurity: 'none' };
  ({ id: accountId } = await createAccount(house, { kind: 'email', address: 'service@haus.example', teamId: people.team.id, settings }));
});
beforeEach(() => {
  // The server takes the mail, and its answer is lost.
  answers = (said) => (said === 'MAIL' ? 'cut' : undefined);
});
afterAll(async () => {
  await house?.close();
  await mailServer?.stop();
});

const mails = () => mailServer.heard.filter((said) => said.includes('Gern geschehen')).length;
const settle = async () => {
  house.clock.advance(61_000);
  await sendAllDue(house);
  await house.drain();
};

let count = 0;
/** A customer writes, Kim answers, and nobody knows whether it went out. */
async function doubtful(): Promise<{ id: string; messageId: string; before: number }> {
  count += 1;
  house.clock.advance(1_000);
  const lines = [`From: klein${count}@post.example`, 'To: service@haus.example', 'Subject: Paket', `Message-ID: <p${count}@post.example>`];
  await mailArrives(house, accountId, [...lines, '', 'Guten Tag'].join('\n'));
  await house.drain();
  const [newest] = (await house.call(people.kim, api.list, { view: 'open', sort: 'newest', limit: 1 })).body.items;
  const id = newest?.id ?? '';
  const { fence } = (await house.call(people.kim, api.claim, { id })).body.lease;
  const to = [{ name: '', address: `klein${count}@post.example` }];
  const before = mails();
  const sent = await house.call(people.kim, api.reply, {
    id,
    fence,
    baseSeq: 1,
    draftId: crypto.randomUUID(),
    text: 'Gern geschehen',
    to,
    undoSeconds: 0,
  });
  await settle();
  return { id, messageId: sent.body.message.id, before };
}
const shown = async ({ id, messageId }: { id: string; messageId: string }) => {
  const { body } = await house.call(people.kim, api.open, { id });
  return { state: body.conversation.state, delivery: body.messages.find((message) => message.id === messageId)?.delivery };
};

test('a mail of which nobody knows whether it left is shown as that, and waits for people', async () => {
  const it = await doubtful();
  expect(await shown(it)).toMatchObject({ state: 'queued', delivery: { state: 'uncertain', problem: { code: 'perhaps_sent' } } });
  for (let later = 0; later < 3; later += 1) await settle();
  expect(mails()).toBe(it.before + 1);
});

test('it is sent again, once, when somebody wants it', async () => {
  const it = await doubtful();
  answers = () => undefined;
  const decide = () => house.call(people.olaf, api.decideDelivery, { id: it.id, messageId: it.messageId, decision: 'send_again' });
  const [one, two] = await Promise.all([decide(), decide()]);
  expect([one.status, two.status].toSorted()).toEqual([200, 409]);
  expect([one, two].find(({ status }) => status === 409)?.problem.code).toBe('conversations.nothing_to_decide');
  await settle();
  await settle();
  expect(await shown(it)).toMatchObject({ delivery: { state: 'sent', problem: null } });
  expect(mails()).toBe(it.before + 2);
});

test('it is left as it is when somebody knows better, and stays what it is: perhaps sent', async () => {
  const it = await doubtful();
  const decide = (who: { id: string }) => house.call(who, api.decideDelivery, { id: it.id, messageId: it.messageId, decision: 'leave' });
  // Who may not read it learns nothing of it.
  expect((await decide(people.mehmet)).status).toBe(404);
  expect((await decide(people.kim)).body.message.delivery).toMatchObject({ state: 'uncertain', problem: null });
  expect((await decide(people.kim)).problem.code).toBe('conversations.nothing_to_decide');
  await settle();
  expect(mails()).toBe(it.before + 1);
});
