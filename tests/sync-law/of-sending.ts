import { type Address, conversationEndpoints as talks, type Conversation } from '../../contract/conversations.ts';
import * as api from '../../web/modules/conversations/api.ts';
import { emptyText } from '../../web/modules/conversations/composer/draft-text.ts';
import type { Leaving } from '../../web/modules/conversations/outbox/leaving.ts';
import { leave, openOutbox } from '../../web/modules/conversations/outbox/outbox.ts';
import { records } from '../../web/platform/store/app-store.ts';
import { newId } from '../../web/platform/store/new-id.ts';
import type { Command } from './commands.ts';
import type { Concern, World } from './world.ts';

const file = 'web/modules/conversations/api.ts';
const colleague = [{ name: 'Lieferant', address: 'lager@lieferant.example' }];
const patience = (): AbortSignal => AbortSignal.timeout(30_000);

async function taken(world: World): Promise<Concern & { fence: number; proposed: Address[]; input: Omit<api.ReplyInput, 'draftId'> }> {
  const concern = await world.concern();
  const fence = await world.take(concern);
  const { proposals, conversation } = await world.does(world.desk.who(), talks.open, { id: concern.conversationId });
  const input = {
    id: concern.conversationId,
    ...proposals.reply,
    text: 'Wir suchen es.',
    subject: conversation.subject,
    fence,
    baseSeq: conversation.lastSeq,
    undoSeconds: 10,
  };
  return { ...concern, fence, proposed: proposals.reply.to, input };
}

/** Through the browser's outbox, as the desk sends: it stands on screen before the server has it. */
const leaves = (kind: Leaving['kind'], unforeseen: readonly string[]): Command => ({
  of: 'web/modules/conversations/outbox/outbox.ts announce',
  what: kind,
  unforeseen,
  arrange: async (world) => {
    const { conversationId, messageId, fence, proposed, input } = await taken(world);
    const { id, name } = world.desk.who();
    const { text, subject = null, baseSeq } = input;
    const content = { ...emptyText, text, ...(kind === 'note' ? {} : { subject, to: kind === 'forward' ? colleague : proposed }) };
    return async () => {
      const close = openOutbox(id, () => {});
      const draftId = newId(world.scene.h.clock.now().getTime());
      const common = { id: conversationId, text, subject, draftId, fence, undoSeconds: 10 };
      const sendable = {
        reply: { kind: 'reply' as const, input: { ...input, draftId } },
        forward: { kind: 'forward' as const, input: { ...common, to: colleague, messageIds: [messageId] } },
        note: { kind: 'note' as const, input: { id: conversationId, noteId: draftId, text } },
      }[kind];
      const { visibility: open = 'private' } = records.get<Conversation>('conversation', conversationId) ?? {};
      const visibility = kind === 'note' ? 'internal' : open;
      const author = { id, name };
      try {
        const sent = await leave(
          { ...sendable, id: draftId, conversationId, content, draftVersion: 0, visibility, author, baseSeq },
          async () => fence,
        );
        if (!sent) throw new Error('It came back');
      } finally {
        close();
      }
    };
  },
});
/** Which number it gets, how it travels and what is set below it is the server's to say. */
const givenByTheServer = ['seq', 'delivery', 'from', 'signature', 'quoted'];

export const sendingCommands: readonly Command[] = [
  leaves('reply', givenByTheServer),
  // The words of what is forwarded are set below by the server.
  leaves('forward', [...givenByTheServer, 'text', 'preview']),
  leaves('note', ['seq']),
  {
    of: `${file} sendReply`,
    arrange: async (world) => {
      const { input } = await taken(world);
      return () => api.sendReply({ ...input, draftId: crypto.randomUUID() }, patience());
    },
  },
  {
    of: `${file} writeNote`,
    arrange: async (world) => {
      const { conversationId } = await world.concern();
      return () => api.writeNote({ id: conversationId, noteId: crypto.randomUUID(), text: 'Ich kenne sie.' }, patience());
    },
  },
  {
    of: `${file} forward`,
    arrange: async (world) => {
      const { conversationId, messageId, fence } = await taken(world);
      const input = { id: conversationId, to: colleague, text: 'Bitte prüfen.', fence, messageIds: [messageId] };
      return () => api.forward({ ...input, draftId: crypto.randomUUID() }, patience());
    },
  },
  {
    of: `${file} startConversation`,
    arrange:
      async ({ accountId }) =>
      () =>
        api.startConversation({ accountId, draftId: crypto.randomUUID(), to: colleague, subject: 'Frage', text: 'Wann kommt es?' }),
  },
  {
    of: `${file} undoSend`,
    arrange: async (world) => {
      const concern = await world.concern();
      const sent = await world.answer(concern, 60);
      return () => api.undoSend(concern.conversationId, sent);
    },
    unforeseen: ['delivery'],
  },
  {
    of: `${file} decideDelivery`,
    arrange: async (world) => {
      const concern = await world.concern();
      world.mailServer.isCutting = true;
      const sent = await world.answer(concern);
      await world.passes(61_000);
      world.mailServer.isCutting = false;
      await world.look(concern);
      return () => api.decideDelivery(concern.conversationId, sent, 'leave');
    },
  },
  {
    of: `${file} previewAnswer`,
    arrange: async (world) => {
      const { input } = await taken(world);
      const { id, text, to = [], subject = null } = input;
      return () => api.previewAnswer(id, { text, html: null, to, cc: [], bcc: [], subject });
    },
  },
  {
    of: `${file} previewStart`,
    arrange:
      async ({ accountId }) =>
      () =>
        api.previewStart(accountId, { text: 'Guten Tag', html: null, to: colleague, cc: [], bcc: [], subject: 'Frage' }),
  },
  {
    of: `${file} saveDraft`,
    arrange: async (world) => {
      const { conversationId } = await world.concern();
      return () => api.saveDraft({ id: conversationId, kind: 'reply', text: 'Guten', baseSeq: 1 });
    },
  },
  {
    of: `${file} dropDraft`,
    arrange: async (world) => {
      const concern = await world.concern();
      await world.does(world.desk.who(), talks.saveDraft, { id: concern.conversationId, kind: 'reply', text: 'Guten', baseSeq: 1 });
      await world.look(concern);
      return () => api.dropDraft(concern.conversationId, 'reply');
    },
  },
];
