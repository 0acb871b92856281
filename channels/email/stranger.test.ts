import { afterAll, beforeAll, expect, test } from 'vitest';
import { channelsEndpoints } from '../../contract/channels.ts';
import { conversationEndpoints as api, type ConversationDetail } from '../../contract/conversations.ts';
import { toolsFor } from '../../server/modules/channels/registry/tools.ts';
import { createAccount, sendAllDue } from '../../server/modules/channels/testing.ts';
import { type Cast, cast } from '../../server/modules/workspace/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { openDoor } from './server/door/door.ts';
import { parseMailSync } from './server/parse.ts';
import { type SmtpClient, smtpClient } from './testing/smtp-client.ts';

/** The customer forwards our answer to a third person, whose mail program answers us: through the mail receiver, to the conversation. */
let house: TestHouse;
let people: Cast;
let door: Awaited<ReturnType<typeof openDoor>>;
let client: SmtpClient;
beforeAll(async () => {
  house = await testHouse();
  people = await cast(house);
  await createAccount(house, { kind: 'email', address: 'service@haus.example', teamId: people.team.id, settings: {} });
  door = await openDoor(toolsFor(house.house.platform, 'email'));
  client = await smtpClient(door.address);
});
afterAll(async () => {
  client?.end();
  await door?.stop();
  await house?.close();
});

/** One mail through the door; the conversation it is in. */
async function mail(from: string, to: string, id: string, headers: readonly string[], text: string): Promise<ConversationDetail> {
  const lines = [`From: ${from}`, `To: ${to}`, `Message-ID: <${id}>`, ...headers, '', text, ''];
  expect(await client.deliver(/<(.+)>/.exec(from)?.[1] ?? from, [to], lines.join('\r\n'))).toMatch(/^250/);
  await house.drain();
  const { conversationId } = await house.db.one<{ conversationId: string }>(
    sql`select conversation_id as "conversationId" from messages where platform_id = ${id}`,
  );
  return (await house.call(people.kim, api.open, { id: conversationId })).body;
}

async function answer({ conversation: { id, lastSeq }, proposals }: ConversationDetail, address?: string) {
  const { fence } = (await house.call(people.kim, api.claim, { id })).body.lease;
  const to = address === undefined ? proposals.reply.to : [{ name: '', address }];
  const content = { text: 'Ihr Vertrag läuft bis Mai.', to, undoSeconds: 0 };
  const sent = await house.call(people.kim, api.reply, { id, fence, baseSeq: lastSeq, draftId: crypto.randomUUID(), ...content });
  expect(sent.status).toBe(201);
  await sendAllDue(house);
  await house.drain();
  const { items } = (await house.call(people.kim, channelsEndpoints.localOutbox, { limit: 1 })).body;
  const raw = (await house.call(people.kim, channelsEndpoints.localOutboxRaw, { id: items[0]?.id ?? '' })).body;
  const { replyTo, messageId } = parseMailSync(Buffer.from(String(raw)));
  return { replyTo: replyTo[0]?.address ?? '', messageId: messageId ?? '' };
}

test('a third person who answers a mail that the customer handed on is let in as a stranger, and leads no answer away from the customer', async () => {
  const customer = 'Erika Klein <klein@post.example>';
  const asked = await mail(customer, 'service@haus.example', 'frage@post.example', ['Subject: Vertrag'], 'Bis wann läuft mein Vertrag?');
  const ours = await answer(asked);
  expect(ours.replyTo).toMatch(/^service\+\w{44}@haus\.example$/);

  // As the third person's program writes it: our address and our id stand in the mail that was forwarded.
  const forward = [
    `In-Reply-To: <weiter@post.example>`,
    `References: <${ours.messageId}> <weiter@post.example>`,
    'Subject: AW: WG: Vertrag',
  ];
  const toToken = await mail('Dieter Dritt <dritt@fremd.example>', ours.replyTo, 'eins@fremd.example', forward, 'Kündigen Sie bitte.');
  const byId = await mail('Dieter Dritt <dritt@fremd.example>', 'service@haus.example', 'zwei@fremd.example', forward, 'Und zwar sofort.');
  for (const detail of [toToken, byId]) {
    expect(detail.conversation).toMatchObject({
      id: asked.conversation.id,
      customerName: 'Erika Klein',
      caseId: asked.conversation.caseId,
    });
    expect(detail.messages[0]).toMatchObject({ author: { name: 'Dieter Dritt' }, facts: ['stranger'] });
    expect(detail.proposals).toEqual(asked.proposals);
  }
  const untold = ['In-Reply-To: <zwei@fremd.example>', 'Subject: AW: WG: Vertrag'];
  const alone = await mail('dritt@fremd.example', 'service@haus.example', 'drei@fremd.example', untold, 'Hallo?');
  expect(alone.conversation.id).not.toBe(asked.conversation.id);

  // Answered knowingly, the third person takes part.
  await answer(byId, 'dritt@fremd.example');
  const known = await mail('dritt@fremd.example', 'service@haus.example', 'vier@fremd.example', untold, 'Danke.');
  expect(known.conversation.id).toBe(asked.conversation.id);
  expect(known.messages[0]?.facts).toEqual([]);
});
