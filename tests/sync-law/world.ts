import { conversationEndpoints as talks } from '../../contract/conversations.ts';
import type { Endpoint, InputOf, OutputOf } from '../../contract/core.ts';
import { type Scene, caseIdOf, caseScene } from '../../server/modules/cases/testing.ts';
import { createAccount, mailArrives, sendAllDue } from '../../server/modules/channels/testing.ts';
import { expect, vi } from 'vitest';
import { scriptedSmtp } from '../../channels/email/testing/scripted-smtp.ts';
import { jobWork } from '../../server/platform/jobs/jobs.ts';
import { ticks } from '../../server/modules/cases/jobs.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { openCase } from '../../web/modules/cases/api.ts';
import { openConversation } from '../../web/modules/conversations/api.ts';
import { type Desk, openDesk } from './desk.ts';

/** A concern with its only conversation, open on the desk. */
export interface Concern {
  conversationId: string;
  caseId: string;
  messageId: string;
}

export interface World {
  scene: Scene;
  desk: Desk;
  accountId: string;
  /** A new mail, of a new customer or of one who has written before, open on the desk. */
  concern(from?: string): Promise<Concern>;
  /** Done by somebody, seen by nobody yet; must succeed. */
  does<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(who: { id: string }, endpoint: E, input: InputOf<E>): Promise<OutputOf<E>>;
  /** Everything of a concern is read anew. */
  look(concern: Concern): Promise<void>;
  /** Taken by whoever sits at the desk. */
  take(concern: Concern): Promise<number>;
  /** Answered by whoever sits at the desk and told by the customer's own mail server to have arrived. */
  answer(concern: Concern, undoSeconds?: number): Promise<string>;
  /** Whether the mail server says that it took a mail, or hangs up over it. */
  mailServer: { isCutting: boolean; stop: () => Promise<void> };
  /** Time passes, and what is due by then happens. */
  passes(milliseconds: number): Promise<void>;
  until(isTrue: () => boolean): Promise<void>;
}

let mails = 0;
export const newCustomer = (): string => `kundin${(mails += 1)}@post.example`;

export async function newWorld(): Promise<World> {
  const scene = await caseScene();
  const { h, people } = scene;
  const desk = await openDesk(scene);
  const smtp = await scriptedSmtp((said) => (said === 'MAIL' && world.mailServer.isCutting ? 'cut' : undefined));
  const settings = { smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpSecurity: 'none' };
  const account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id, settings });

  const arrives = async (from: string): Promise<{ conversationId: string; messageId: string }> => {
    mails += 1;
    const lines = [`From: ${from}`, 'To: service@haus.example', `Subject: Paket ${mails}`, `Message-ID: <m${mails}@post.example>`];
    await mailArrives(h, account.id, [...lines, 'Content-Type: text/plain', '', `Wo ist mein Paket ${mails}?`].join('\n'));
    await h.drain();
    return h.db.one<{ conversationId: string; messageId: string }>(
      sql`select conversation_id as "conversationId", id as "messageId" from messages where subject = ${`Paket ${mails}`}`,
    );
  };

  const world: World = {
    scene,
    desk,
    accountId: account.id,
    mailServer: { isCutting: false, stop: () => smtp.stop() },
    async concern(from = newCustomer()) {
      const arrived = await arrives(from);
      const concern = { ...arrived, caseId: await caseIdOf(h, arrived.conversationId) };
      await world.look(concern);
      return concern;
    },
    async does(who, endpoint, input) {
      const { status, body, problem } = await h.call(who, endpoint, input);
      if (status >= 300) throw new Error(`${endpoint.method} ${endpoint.path}: ${problem.code}`);
      return body;
    },
    async look({ conversationId, caseId }) {
      await openConversation(conversationId);
      await openCase(caseId);
      desk.open.add(`conversation ${conversationId}`).add(`case ${caseId}`);
    },
    async take(concern) {
      const { lease } = await world.does(desk.who(), talks.claim, { id: concern.conversationId });
      await h.drain();
      await world.look(concern);
      return lease.fence;
    },
    async answer(concern, undoSeconds = 0) {
      const fence = await world.take(concern);
      const { proposals, conversation } = await world.does(desk.who(), talks.open, { id: concern.conversationId });
      const { message } = await world.does(desk.who(), talks.reply, {
        id: concern.conversationId,
        ...proposals.reply,
        fence,
        baseSeq: conversation.lastSeq,
        draftId: crypto.randomUUID(),
        text: 'Wir suchen es.',
        // oxlint-disable-next-line unicorn/no-thenable -- the contract's own field
        then: 'keep',
        undoSeconds,
      });
      if (undoSeconds === 0) await sendAllDue(h);
      await h.drain();
      await world.look(concern);
      return message.id;
    },
    async passes(milliseconds) {
      h.clock.advance(milliseconds);
      vi.setSystemTime(h.clock.now());
      await sendAllDue(h);
      for (const { name, run } of ticks) if (name === 'cases.ring_commitments') await run(jobWork(h.house.platform));
      await h.drain();
    },
    async until(isTrue) {
      await expect.poll(isTrue, { interval: 5 }).toBe(true);
    },
  };
  return world;
}
