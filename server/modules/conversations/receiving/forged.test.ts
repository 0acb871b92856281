import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api, type ConversationDetail } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, {
    kind: 'email',
    name: 'Service',
    address: 'service@haus.example',
    teamId: people.team.id,
    settings: { trustedAuthserv: 'mx.haus.example', aliases: ['hilfe@haus.example'] },
  });
  await createAccount(h, { kind: 'email', name: 'Verkauf', address: 'verkauf@haus.example', teamId: people.team.id, settings: {} });
});
afterAll(() => h.close());

let count = 0;
/** A mail comes in; what the newest conversation looks like then. */
async function arrives(headers: Record<string, string>): Promise<ConversationDetail> {
  h.clock.advance(1_000);
  count += 1;
  const all = { To: 'service@haus.example', Subject: 'Paket', 'Message-ID': `<f${count}@post.example>`, ...headers };
  await mailArrives(
    h,
    account.id,
    `${Object.entries(all)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}\n\nGuten Tag`,
  );
  await h.drain();
  const [newest] = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest', limit: 1 })).body.items;
  return (await h.call(people.kim, api.open, { id: newest?.id ?? '' })).body;
}

const fails = { 'Authentication-Results': 'mx.haus.example; dmarc=fail header.from=post.example' };
const passes = { 'Authentication-Results': 'mx.haus.example; dmarc=pass header.from=post.example' };

describe('a mail whose sender our own server does not confirm', () => {
  it('joins no conversation and no case by what it knows, is marked, and leads no answer astray', async () => {
    const first = await arrives({ From: 'Erika Klein <klein@post.example>', 'Message-ID': '<known@post.example>', ...passes });
    const forged = await arrives({
      From: 'Erika Klein <klein@post.example>',
      'Reply-To': 'evil@elsewhere.example',
      Cc: 'accomplice@elsewhere.example',
      'In-Reply-To': '<known@post.example>',
      Subject: `AW: Paket [#${await numberOf(first)}]`,
      ...fails,
    });
    expect(forged.conversation.id).not.toBe(first.conversation.id);
    expect(forged.conversation.caseId).not.toBeNull();
    expect(forged.conversation.caseId).not.toBe(first.conversation.caseId);
    expect(forged.messages[0]).toMatchObject({ facts: ['auth_failed'], replyTo: [{ address: 'evil@elsewhere.example' }] });
    expect(forged.proposals.reply.to.map((a) => a.address)).toEqual(['klein@post.example']);

    // And whoever was named in it is nobody's participant by that.
    const own = await arrives({ From: 'evil@elsewhere.example', 'In-Reply-To': `<f${count}@post.example>` });
    expect(own.conversation.id).not.toBe(forged.conversation.id);
    const friend = await arrives({ From: 'accomplice@elsewhere.example', References: '<known@post.example>' });
    expect([first.conversation.id, forged.conversation.id]).not.toContain(friend.conversation.id);
  });

  it('joins as before when the server confirms it, or says nothing', async () => {
    const first = await arrives({ From: 'weiss@post.example', 'Message-ID': '<weiss@post.example>', ...passes });
    const second = await arrives({ From: 'weiss@post.example', 'In-Reply-To': '<weiss@post.example>', ...passes });
    const third = await arrives({ From: 'weiss@post.example', 'In-Reply-To': '<weiss@post.example>' });
    expect([second.conversation.id, third.conversation.id]).toEqual([first.conversation.id, first.conversation.id]);
    expect(third.messages[0]?.facts).toEqual([]);
  });
});

describe('a number of ours in the subject', () => {
  it('leads a known sender into the conversation of that case, and nobody else', async () => {
    const first = await arrives({ From: 'schwarz@post.example', Subject: 'Rechnung', ...passes });
    const number = await numberOf(first);
    const again = await arrives({ From: 'schwarz@post.example', Subject: `Noch etwas [#${number}]`, ...passes });
    expect(again.conversation.id).toBe(first.conversation.id);
    const stranger = await arrives({ From: 'fremd@post.example', Subject: `Noch etwas [#${number}]`, ...passes });
    expect(stranger.conversation.id).not.toBe(first.conversation.id);
    expect(stranger.conversation.caseId).not.toBe(first.conversation.caseId);
  });
});

describe('whom an answer is proposed to', () => {
  it('follows Reply-To only to the sender’s own domain or to whom we know, and shows any other', async () => {
    const same = await arrives({ From: 'shop@firma.example', 'Reply-To': 'einkauf@firma.example' });
    expect(same.proposals.reply.to.map((a) => a.address)).toEqual(['einkauf@firma.example']);
    const other = await arrives({ From: 'rot@post.example', 'Reply-To': 'rot@anderswo.example', 'Message-ID': '<rot@post.example>' });
    expect(other.proposals.reply.to.map((a) => a.address)).toEqual(['rot@post.example']);
    expect(other.messages[0]?.replyTo).toEqual([{ name: '', address: 'rot@anderswo.example' }]);
    const plain = await arrives({ From: 'gelb@post.example', 'Reply-To': 'gelb@post.example' });
    expect(plain.messages[0]).not.toHaveProperty('replyTo');
  });

  it('is never ourselves: not the address with its token, no alias, no other account', async () => {
    const { proposals } = await arrives({
      From: 'Blau <blau@post.example>',
      To: 'Service <Service+aaaabbbbcccc@haus.example>, hilfe@haus.example',
      Cc: 'verkauf+x@haus.example, gruen@post.example, HILFE+y@haus.example',
    });
    expect(proposals.replyAll.to.map((a) => a.address)).toEqual(['blau@post.example']);
    expect(proposals.replyAll.cc.map((a) => a.address)).toEqual(['gruen@post.example']);
  });

  it('takes pasted brackets off a receiver, so that what is accepted can leave', async () => {
    const c = await arrives({ From: 'lila@post.example' });
    const fence = (await h.call(people.kim, api.claim, { id: c.conversation.id })).body.lease.fence;
    const reply = (address: string) =>
      h.call(people.kim, api.reply, {
        id: c.conversation.id,
        fence,
        baseSeq: 1,
        draftId: crypto.randomUUID(),
        text: 'Guten Tag',
        to: [{ name: '', address }],
      });
    for (const address of ['<a@b.test', 'a@b.test>', '<<a@b.test>>', '<a@b.test>x'])
      expect((await reply(address)).problem).toMatchObject({ code: 'conversations.recipient_invalid', data: { addresses: [address] } });
    expect((await reply(' <lila@post.example> ')).body.message.to).toEqual([{ name: '', address: 'lila@post.example' }]);
  });
});

async function numberOf({ conversation }: ConversationDetail): Promise<string> {
  const row = await h.db.one<{ number: string }>(
    sql`select k.number from cases k join case_conversations l on l.case_id = k.id where l.conversation_id = ${conversation.id}`,
  );
  return row.number;
}
