import { conversationEndpoints as talks } from '../../contract/conversations.ts';
import * as api from '../../web/modules/conversations/api.ts';
import type { Command } from './commands.ts';
import { newCustomer, type World } from './world.ts';

const file = 'web/modules/conversations/api.ts';
const tomorrow = ({ scene }: World): string => new Date(scene.h.clock.now().getTime() + 86_400_000).toISOString();

const change = (what: string, of: (world: World) => api.ChangeInput): Command => ({
  of: `${file} changeConversation`,
  what,
  arrange: async (world) => {
    const { conversationId } = await world.concern();
    return () => api.changeConversation(conversationId, of(world));
  },
});

const bulk = (what: string, of: (world: World) => api.BulkInput): Command => ({
  of: `${file} bulkChange`,
  what,
  arrange: async (world) => {
    const ids = [(await world.concern()).conversationId, (await world.concern()).conversationId];
    return () => api.bulkChange(ids, of(world));
  },
});

/** Two concerns of one customer. */
async function two(world: World) {
  const from = newCustomer();
  return [await world.concern(from), await world.concern(from)] as const;
}

export const conversationCommands: readonly Command[] = [
  change('tags', () => ({ tags: ['laptop', 'garantie'] })),
  change('priority', () => ({ priority: 'urgent' })),
  change('subject', () => ({ subject: 'Laptop leer' })),
  change('snooze', (world) => ({ snoozedUntil: tomorrow(world) })),
  change('assign to a person', ({ scene }) => ({ assigneeId: scene.people.olaf.id })),
  change('assign to another team', ({ scene }) => ({ teamId: scene.people.otherTeam.id })),
  bulk('tags', () => ({ tags: ['sammel'] })),
  bulk('priority', () => ({ priority: 'high' })),
  bulk('snooze', (world) => ({ snoozedUntil: tomorrow(world) })),
  bulk('assign', ({ scene }) => ({ assigneeId: scene.people.luise.id })),
  bulk('spam', () => ({ step: 'classify_spam' })),
  {
    of: `${file} claim`,
    what: 'take',
    arrange: async (world) => {
      const { conversationId } = await world.concern();
      return () => api.claim(conversationId, 'take');
    },
  },
  {
    of: `${file} claim`,
    what: 'take over',
    arrange: async (world) => {
      const { people } = world.scene;
      await world.desk.sit(people.luise);
      const concern = await world.concern();
      await world.does(people.kim, talks.claim, { id: concern.conversationId });
      return () => api.claim(concern.conversationId, 'take_over', 'Kim ist im Feierabend');
    },
  },
  {
    of: `${file} takeNext`,
    arrange: async (world) => {
      await world.concern();
      return () => api.takeNext({ view: 'unassigned', sort: 'newest' }, crypto.randomUUID());
    },
  },
  {
    of: `${file} heartbeat`,
    arrange: async (world) => {
      const concern = await world.concern();
      const fence = await world.take(concern);
      return () => api.heartbeat(concern.conversationId, fence);
    },
  },
  {
    of: `${file} release`,
    arrange: async (world) => {
      const concern = await world.concern();
      await world.take(concern);
      return () => api.release(concern.conversationId);
    },
  },
  {
    of: `${file} takeStep`,
    what: 'ask an expert',
    arrange: async (world) => {
      const concern = await world.concern();
      await world.take(concern);
      return () => api.takeStep(concern.conversationId, 'ask_expert');
    },
  },
  {
    of: `${file} takeStep`,
    what: 'spam',
    arrange: async (world) => {
      const { conversationId } = await world.concern();
      return () => api.takeStep(conversationId, 'classify_spam');
    },
  },
  {
    of: `${file} merge`,
    arrange: async (world) => {
      const [a, b] = await two(world);
      return () => api.merge(a.conversationId, b.conversationId);
    },
  },
  {
    of: `${file} unmerge`,
    arrange: async (world) => {
      const [a, b] = await two(world);
      await world.does(world.desk.who(), talks.merge, { id: a.conversationId, intoId: b.conversationId });
      await world.scene.h.drain();
      await world.look(a);
      await world.look(b);
      return () => api.unmerge(a.conversationId);
    },
  },
  {
    of: `${file} split`,
    arrange: async (world) => {
      const { conversationId, messageId } = await world.concern();
      return () => api.split(conversationId, [messageId], 'Zweites Anliegen');
    },
  },
  {
    of: `${file} undoSplit`,
    arrange: async (world) => {
      const { conversationId, messageId } = await world.concern();
      const { splitId } = await world.does(world.desk.who(), talks.split, {
        id: conversationId,
        messageIds: [messageId],
        subject: 'Zweites Anliegen',
      });
      await world.scene.h.drain();
      return () => api.undoSplit(conversationId, splitId);
    },
  },
  {
    of: `${file} saveView`,
    arrange: async () => () =>
      api.saveView({ id: crypto.randomUUID(), name: 'Laptops', filter: { tags: ['laptop'] } } as Parameters<typeof api.saveView>[0]),
  },
  {
    of: `${file} dropView`,
    arrange: async (world) => {
      const id = crypto.randomUUID();
      await world.does(world.desk.who(), talks.saveView, { id, name: `Sicht ${id.slice(0, 8)}`, filter: {} } as never);
      return () => api.dropView(id);
    },
  },
];
