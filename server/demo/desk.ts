import { caseEndpoints as cases } from '../../contract/cases.ts';
import { channelsEndpoints as channels } from '../../contract/channels.ts';
import { conversationEndpoints as conversations } from '../../contract/conversations.ts';
import type { Endpoint, InputOf, OutputOf } from '../../contract/core.ts';
import { sendDue } from '../modules/channels/index.ts';
import { newId } from '../platform/ids.ts';
import { type Persona, personaOf } from './company/people.ts';
import type { TeamKey } from './company/places.ts';
import type { Answered } from './mail/plan.ts';
import { readSent } from './mail/read-sent.ts';
import type { Scene, Thread } from './scene.ts';

/** What an adviser does at the desk, through the same doors as the browser. */
export function desk(scene: Scene, who: string) {
  const { office } = scene;
  const { stage } = office;
  const persona: Persona = personaOf(who);
  const me = office.personId(who);
  const call = <E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>> =>
    stage.call(me, endpoint, input);
  const now = () => stage.clock.now();
  const pause = (seconds: number) => stage.clock.advance(seconds * 1_000);

  const open = async (thread: Thread) => {
    const detail = await call(conversations.open, { id: thread.conversationId });
    if (detail.conversation.caseId) thread.caseId = detail.conversation.caseId;
    return detail;
  };
  const caseOf = async (thread: Thread): Promise<string> => {
    if (!thread.caseId) await open(thread);
    if (!thread.caseId) throw new Error('A conversation has no case');
    return thread.caseId;
  };

  return {
    persona,
    call,
    pause,
    caseOf,
    now,
    /** Takes the conversation, writes, sends. The customer's answer will quote what left. Gives the message's id. */
    async answer(
      thread: Thread,
      text: string,
      { then = 'wait', attachmentIds = [] as string[] }: { then?: 'wait' | 'keep'; attachmentIds?: string[] } = {},
    ): Promise<string> {
      const { lease } = await call(conversations.claim, { id: thread.conversationId, mode: 'take' });
      pause(45 + (text.length % 60));
      const { conversation, proposals } = await open(thread);
      pause(Math.round(text.length / 6));
      const { message } = await call(conversations.reply, {
        id: thread.conversationId,
        draftId: newId(),
        fence: lease.fence,
        baseSeq: conversation.lastSeq,
        text,
        to: proposals.reply.to,
        cc: proposals.reply.cc,
        attachmentIds,
        // oxlint-disable-next-line unicorn/no-thenable -- the contract's own field
        then,
        undoSeconds: 0,
      });
      await sendDue(stage.platform);
      thread.answerId = message.id;
      thread.isOurTurn = false;
      if (thread.isContinued) thread.answer = await sent(message.id);
      return message.id;
    },
    async claim(thread: Thread): Promise<void> {
      await call(conversations.claim, { id: thread.conversationId, mode: 'take' });
    },
    note: (thread: Thread, text: string, mentions: string[] = []) =>
      call(conversations.note, { id: thread.conversationId, noteId: newId(), text, mentions: mentions.map((key) => office.personId(key)) }),
    change: (thread: Thread, changes: Omit<InputOf<typeof conversations.change>, 'id' | 'teamId'> & { team?: TeamKey }) => {
      const { team, ...rest } = changes;
      return call(conversations.change, { id: thread.conversationId, ...rest, ...(team ? { teamId: office.teamId(team) } : {}) });
    },
    step: (thread: Thread, step: InputOf<typeof conversations.step>['step']) =>
      call(conversations.step, { id: thread.conversationId, step }),
    async describe(
      thread: Thread,
      what: { topic?: string; wish?: string; subject?: string; priority?: 'low' | 'normal' | 'high' | 'urgent'; tags?: string[] },
    ): Promise<void> {
      const id = await caseOf(thread);
      const { case: kase } = await call(cases.open, { id });
      const { topic, ...rest } = what;
      await call(cases.change, { id, version: kase.version, ...rest, ...(topic ? { topicId: office.topicId(topic) } : {}) });
    },
    async facts(thread: Thread, facts: readonly (readonly [key: string, label: string, value: string, source: string])[]): Promise<void> {
      const id = await caseOf(thread);
      for (const [key, label, value, source] of facts) await call(cases.putFact, { id, key, label, value, source });
    },
    async tell(thread: Thread, messageId: string | null, kind: 'information' | 'decision', text: string): Promise<void> {
      const id = await caseOf(thread);
      await call(cases.state, { id, kind, text, informed: messageId ? { messageId } : { how: 'phone' } });
    },
    /** Gives the statement's id. */
    async promise(thread: Thread, messageId: string | null, text: string, dueTo: Date, dueFrom: Date | null = null): Promise<string> {
      const id = await caseOf(thread);
      const { statement } = await call(cases.state, {
        id,
        kind: 'commitment',
        text,
        dueFrom: dueFrom?.toISOString() ?? null,
        dueTo: dueTo.toISOString(),
        ownerId: me,
        informed: messageId ? { messageId } : { how: 'phone' },
      });
      return statement.id;
    },
    keep: (statementId: string, evidence: string) => call(cases.keep, { id: statementId, evidence }),
    async resolve(thread: Thread, summary: string): Promise<void> {
      // What waits for the customer's word may rest as it is; what the customer wrote last is taken first.
      if (thread.isOurTurn) await call(conversations.claim, { id: thread.conversationId, mode: 'take' });
      pause(40);
      if (!thread.answerId) throw new Error('Nobody told the customer');
      await call(cases.resolve, { id: await caseOf(thread), summary, customerInformedBy: { messageId: thread.answerId } });
    },
  };

  /** What left, as who wrote it finds it: read from the local outbox, where mail of accounts without a server lies. */
  async function sent(messageId: string): Promise<Answered> {
    const { items } = await call(channels.localOutbox, { limit: 20 });
    const item = items.find((one) => one.messageId === messageId);
    if (!item) throw new Error('An answer did not leave');
    const raw = (await call(channels.localOutboxRaw, { id: item.id })) as unknown as Uint8Array;
    return readSent(Buffer.from(raw), now());
  }
}

export type Desk = ReturnType<typeof desk>;
