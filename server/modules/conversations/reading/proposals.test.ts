import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api, type ConversationDetail } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives, sendAllDue } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());

let count = 0;
/** A mail comes in; what its conversation looks like then. */
async function arrives(...headers: string[]): Promise<ConversationDetail & { messageId: string }> {
  h.clock.advance(1_000);
  count += 1;
  const messageId = `l${count}@post.example`;
  await mailArrives(h, account.id, [`Message-ID: <${messageId}>`, 'Subject: Einladung', ...headers, '', 'Guten Tag'].join('\n'));
  await h.drain();
  const { id } = await h.db.one<{ id: string }>(sql`select conversation_id as id from messages where platform_id = ${messageId}`);
  return { ...(await h.call(people.kim, api.open, { id })).body, messageId };
}

const proposed = ({ proposals: { reply, replyAll } }: ConversationDetail) => ({
  reply: [...reply.to, ...reply.cc].map((a) => a.address),
  all: [...replyAll.to, ...replyAll.cc].map((a) => a.address),
});

const list = 'List-Post: <mailto:liste@verein.example>';

describe('an answer to a mail that came over a mailing list', () => {
  it.each([
    ['its author has the list’s domain', 'anna@verein.example', list, 'Reply-To: liste@verein.example'],
    ['its author is elsewhere', 'anna@post.example', list, 'Reply-To: Verein <Liste@Verein.example>'],
    [
      'the list names two places',
      'anna@verein.example',
      'List-Post: <https://verein.example/neu>, <mailto:liste%40verein.example?subject=x>',
    ],
    ['Mailman names it', 'anna@verein.example', 'X-BeenThere: liste@verein.example', 'Reply-To: liste@verein.example'],
    ['only its name is told', 'anna@verein.example', 'List-Id: Verein <liste.verein.example>', 'Reply-To: liste@verein.example'],
  ])('goes to the author and never to the list: %s', async (_what, from, ...headers) => {
    const mail = await arrives(`From: ${from}`, 'To: liste@verein.example', 'Cc: bernd@post.example', ...headers);
    expect(proposed(mail)).toEqual({ reply: [from], all: [from, 'bernd@post.example'] });
  });

  it('goes to another Reply-To of the author, where that is known', async () => {
    const mail = await arrives(
      'From: anna@verein.example',
      'To: liste@verein.example',
      list,
      'Reply-To: liste@verein.example, buero@verein.example',
    );
    expect(proposed(mail)).toEqual({ reply: ['buero@verein.example'], all: ['buero@verein.example'] });
  });

  it('goes to nobody by itself where the list has put itself in the author’s place', async () => {
    const mail = await arrives(
      'From: Anna über Liste <liste@verein.example>',
      'To: liste@verein.example',
      list,
      'Reply-To: anna@post.example',
    );
    expect(proposed(mail)).toEqual({ reply: [], all: [] });
    expect(mail.messages[0]?.replyTo).toEqual([{ name: '', address: 'anna@post.example' }]);
  });

  it('stays away from the list after it had been written to by hand, and when the author then writes directly', async () => {
    const first = await arrives('From: carla@verein.example', 'To: liste@verein.example', list);
    const { id } = first.conversation;
    const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
    const everybody = [{ name: '', address: 'liste@verein.example' }];
    const content = { text: 'An alle', to: [{ name: '', address: 'carla@verein.example' }], cc: everybody, undoSeconds: 0 };
    const sent = await h.call(people.kim, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), ...content });
    expect(sent.body.message.cc).toEqual(everybody);
    await sendAllDue(h);
    await h.drain();
    const direct = await arrives(
      'From: carla@verein.example',
      'To: service@haus.example',
      'Cc: liste@verein.example, dora@post.example',
      'Reply-To: liste@verein.example',
      `In-Reply-To: <${first.messageId}>`,
    );
    expect(direct.conversation.id).toBe(id);
    expect(proposed(direct)).toEqual({ reply: ['carla@verein.example'], all: ['carla@verein.example', 'dora@post.example'] });
  });

  it('is as before when no list brought it, and for a newsletter named after its sender', async () => {
    const plain = await arrives('From: emil@verein.example', 'To: liste@verein.example', 'Reply-To: liste@verein.example');
    expect(proposed(plain).reply).toEqual(['liste@verein.example']);
    const news = await arrives('From: news@laden.example', 'To: service@haus.example', 'List-Id: <news.laden.example>');
    expect(proposed(news).reply).toEqual(['news@laden.example']);
  });
});
