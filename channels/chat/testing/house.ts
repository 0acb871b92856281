import type { AddressInfo } from 'node:net';
import { conversationEndpoints as api, type Conversation, type ConversationDetail } from '../../../contract/conversations.ts';
import { lookAtUnread } from '../../../server/modules/channels/outbox/unread.ts';
import { createAccount, sendAllDue } from '../../../server/modules/channels/testing.ts';
import { type Cast, cast } from '../../../server/modules/workspace/testing.ts';
import { sql } from '../../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../server/testing/house.ts';
import { identitySecret, shop } from './visitor.ts';

/** A company with a chat and a mailbox, whose server listens; its events and jobs run when told. */
export interface ChatHouse {
  h: TestHouse;
  people: Cast;
  base: string;
  chat: string;
  mailbox: string;
  /** Everything that follows by itself, until nothing does. */
  settle(): Promise<void>;
  /** What the house does every two seconds: looks whether anybody has read what was sent. */
  unread(): Promise<void>;
  /** What left by mail, newest first. */
  mails(): Promise<{ to: string[]; subject: string | null; replyTo: string; source: string }[]>;
  newest(): Promise<Conversation>;
  open(id: string): Promise<ConversationDetail>;
  /** Kim takes a conversation and answers in it. */
  answer(conversation: Conversation, text: string, to?: { name: string; address: string }[]): Promise<string>;
}

export async function chatHouse(settings: Record<string, unknown> = {}): Promise<ChatHouse> {
  const h = await testHouse();
  const people = await cast(h);
  const chat = await createAccount(h, {
    kind: 'chat',
    name: 'Haus & Heim',
    address: 'www.shop.example',
    teamId: people.team.id,
    settings: { origins: [shop], identitySecret, ...settings },
  });
  const mailbox = await createAccount(h, {
    kind: 'email',
    name: 'Service',
    address: 'service@haus.example',
    teamId: people.team.id,
    settings: {},
  });
  await h.house.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = h.house.http.server.address() as AddressInfo;
  const settle = async () => {
    do await h.drain();
    while ((await sendAllDue(h)) > 0);
    // What is said next is said later.
    h.clock.advance(1_000);
  };
  const open = async (id: string) => (await h.call(people.kim, api.open, { id })).body;
  return {
    h,
    people,
    base: `http://127.0.0.1:${port}`,
    chat: chat.id,
    mailbox: mailbox.id,
    settle,
    async unread() {
      await lookAtUnread({ platform: h.house.platform });
      await settle();
    },
    async mails() {
      const kept = await h.db.query<{ recipients: string[]; subject: string | null; content: Buffer }>(
        sql`select recipients, subject, content from local_outbox order by at desc, id desc`,
      );
      return kept.map(({ recipients, subject, content }) => {
        const source = content.toString();
        const unfolded = source.replace(/\r?\n[ \t]+/g, ' ');
        return { to: recipients, subject, replyTo: /^Reply-To: .*<([^>]+)>/im.exec(unfolded)?.[1] ?? '', source };
      });
    },
    async newest() {
      const [item] = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest', limit: 1 })).body.items;
      if (!item) throw new Error('Nothing is open');
      return item;
    },
    open,
    async answer({ id }, text, to) {
      const claim = await h.call(people.kim, api.claim, { id, mode: 'take' });
      const detail = await open(id);
      const reply = await h.call(people.kim, api.reply, {
        id,
        fence: claim.body.lease.fence,
        baseSeq: detail.conversation.lastSeq,
        draftId: crypto.randomUUID(),
        text,
        to: to ?? detail.proposals.reply.to,
        then: 'keep',
      });
      if (reply.status !== 201) throw new Error(`not answered: ${reply.status} ${JSON.stringify(reply.problem)}`);
      await settle();
      return reply.body.message.id;
    },
  };
}
