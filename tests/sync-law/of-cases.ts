import { caseEndpoints as on, type Handover, type Statement } from '../../contract/cases.ts';
import * as api from '../../web/modules/cases/api.ts';
import * as atOnce from '../../web/modules/cases/at-once.ts';
import { records } from '../../web/platform/store/app-store.ts';
import type { Command } from './commands.ts';
import { type Concern, newCustomer, type World } from './world.ts';

const file = 'web/modules/cases/api.ts';
const first = 'web/modules/cases/at-once.ts';
const brief = { who: 'Erika Klein', concern: 'Leer.', facts: [], done: 'Gesucht', promised: '', openQuestion: '', wish: 'Geld' };
const phone = { how: 'phone' as const };

const inAnHour = ({ scene }: World): string => new Date(scene.h.clock.now().getTime() + 3_600_000).toISOString();

const ofCase = (of: string, what: string, run: (world: World, concern: Concern) => Promise<unknown>): Command => ({
  of,
  ...(what && { what }),
  arrange: async (world) => {
    const concern = await world.concern();
    return () => run(world, concern);
  },
});

async function promised(world: World): Promise<{ concern: Concern; statement: Statement }> {
  const concern = await world.concern();
  const { statement } = await world.does(world.desk.who(), on.state, {
    id: concern.caseId,
    kind: 'commitment',
    text: 'Rückruf',
    dueTo: inAnHour(world),
    informed: phone,
  });
  await world.look(concern);
  return { concern, statement };
}

/** Handed over by Kim to whoever sits at the desk afterwards. */
async function handedOver(world: World, steps: ('read' | 'accept')[]): Promise<Handover> {
  const { kim, olaf } = world.scene.people;
  const concern = await world.concern();
  await world.take(concern);
  const { handover } = await world.does(kim, on.handOver, { id: concern.caseId, to: { personId: olaf.id }, mode: 'cold', brief });
  if (steps.includes('read')) await world.does(olaf, on.readBrief, { id: handover.id });
  if (steps.includes('accept')) await world.does(olaf, on.accept, { id: handover.id });
  await world.scene.h.drain();
  await world.desk.sit(olaf);
  await world.look(concern);
  return handover;
}

const ofHandover = (name: string, steps: ('read' | 'accept')[], run: (id: string) => Promise<unknown>): Command => ({
  of: `${file} ${name}`,
  arrange: async (world) => {
    const { id } = await handedOver(world, steps);
    return () => run(id);
  },
});

async function two(world: World): Promise<readonly [Concern, Concern]> {
  const from = newCustomer();
  return [await world.concern(from), await world.concern(from)];
}

/** A case of two conversations, both open on the desk. */
async function doubled(world: World): Promise<{ concern: Concern; second: string }> {
  const [concern, other] = await two(world);
  await world.does(world.desk.who(), on.merge, { id: concern.caseId, fromId: other.caseId });
  await world.scene.h.drain();
  await world.look(concern);
  await world.look({ ...concern, conversationId: other.conversationId });
  return { concern, second: other.conversationId };
}

async function topic(world: World): Promise<string> {
  const { topic: made } = await world.does(world.scene.people.dorit, on.addTopic, topicInput());
  await api.readTopics();
  return made.id;
}
let topics = 0;
const topicInput = () => ({
  key: `thema_${(topics += 1)}`,
  parentId: null,
  label: { de: 'Paket', en: 'Parcel' },
  ownerDepartment: 'Versand',
  trainingSuitable: false,
});

export const caseCommands: readonly Command[] = [
  ofCase(`${first} putFact`, 'new', (_, { caseId }) =>
    atOnce.putFact({ id: caseId, key: 'order', label: 'Bestellung', value: '4711', source: 'customer' }),
  ),
  {
    of: `${first} putFact`,
    what: 'again',
    arrange: async (world) => {
      const concern = await world.concern();
      const fact = { id: concern.caseId, key: 'order', label: 'Bestellung', source: 'customer' };
      await world.does(world.desk.who(), on.putFact, { ...fact, value: '4711' });
      await world.does(world.desk.who(), on.putFact, { ...fact, key: 'wish', value: 'Geld' });
      await world.look(concern);
      return () => atOnce.putFact({ ...fact, value: '4712' });
    },
  },
  {
    of: `${first} dropFact`,
    arrange: async (world) => {
      const concern = await world.concern();
      const fact = { id: concern.caseId, key: 'order', label: 'Bestellung', value: '4711', source: 'customer' };
      await world.does(world.desk.who(), on.putFact, fact);
      await world.look(concern);
      return () => atOnce.dropFact(concern.caseId, 'order');
    },
  },
  ofCase(`${first} makeStatement`, 'information', (world, { caseId }) =>
    atOnce.makeStatement({ id: caseId, kind: 'information', text: ' Unterwegs ', informed: phone }, world.desk.who().id),
  ),
  ofCase(`${first} makeStatement`, 'commitment', (world, { caseId }) =>
    atOnce.makeStatement({ id: caseId, kind: 'commitment', text: 'Rückruf', dueTo: inAnHour(world), informed: phone }, world.desk.who().id),
  ),
  {
    of: `${first} makeStatement`,
    what: 'in place of a former one',
    arrange: async (world) => {
      const { concern, statement } = await promised(world);
      const again = { id: concern.caseId, kind: 'commitment' as const, text: 'Später', dueTo: inAnHour(world), informed: phone };
      return () => atOnce.makeStatement({ ...again, supersedesId: statement.id }, world.desk.who().id);
    },
  },
  {
    of: `${first} keepCommitment`,
    arrange: async (world) => {
      const { statement } = await promised(world);
      return () => atOnce.keepCommitment(statement, 'angerufen');
    },
  },
  {
    of: `${first} keepCommitment`,
    what: 'after it was broken',
    arrange: async (world) => {
      const { concern, statement } = await promised(world);
      await world.passes(7_200_000);
      await world.look(concern);
      const broken = records.get<Statement>('statement', statement.id);
      if (broken?.state !== 'broken') throw new Error('It was not broken');
      return () => atOnce.keepCommitment(broken, 'doch noch angerufen');
    },
  },
  {
    of: `${first} releaseCommitment`,
    arrange: async (world) => {
      const { statement } = await promised(world);
      return () => atOnce.releaseCommitment(statement, 'nicht mehr nötig');
    },
  },
  {
    of: `${first} resolveCase`,
    arrange: async (world) => {
      const concern = await world.concern();
      await world.answer(concern);
      return () => atOnce.resolveCase({ id: concern.caseId, summary: 'Ersatz geschickt', customerInformedBy: { lastAnswer: true } });
    },
  },
  {
    of: `${first} resolveCase`,
    what: 'with two conversations',
    arrange: async (world) => {
      const { concern, second } = await doubled(world);
      for (const conversationId of [concern.conversationId, second]) await world.take({ ...concern, conversationId });
      return () => atOnce.resolveCase({ id: concern.caseId, summary: 'Am Telefon geklärt', customerInformedBy: phone });
    },
  },
  ofCase(`${file} changeCase`, '', (_, { caseId }) =>
    api.changeCase({ id: caseId, version: records.versionOf('case', caseId), wish: 'Geld zurück', tags: ['kulanz'], priority: 'high' }),
  ),
  {
    of: `${file} chooseTopic`,
    arrange: async (world) => {
      const topicId = await topic(world);
      const { caseId } = await world.concern();
      return () => api.chooseTopic(records.get('case', caseId) as Parameters<typeof api.chooseTopic>[0], topicId);
    },
  },
  {
    of: `${file} passOnCommitment`,
    arrange: async (world) => {
      const { statement } = await promised(world);
      return () => api.passOnCommitment(statement.id, world.scene.people.olaf.id);
    },
  },
  {
    of: `${file} handOver`,
    arrange: async (world) => {
      const concern = await world.concern();
      await world.take(concern);
      return () => api.handOver({ id: concern.caseId, to: { personId: world.scene.people.olaf.id }, mode: 'cold', brief });
    },
  },
  ofHandover('readBrief', [], api.readBrief),
  ofHandover('acceptHandover', ['read'], api.acceptHandover),
  ofHandover('declineHandover', [], (id) => api.declineHandover(id, 'Ich bin nicht zuständig')),
  ofHandover('confirmHandover', ['read', 'accept'], api.confirmHandover),
  ofCase(`${file} takeConversation`, '', (_, { conversationId }) => api.takeConversation(conversationId)),
  {
    of: `${file} giveBackConversation`,
    arrange: async (world) => {
      const concern = await world.concern();
      await world.take(concern);
      return () => api.giveBackConversation(concern.conversationId);
    },
  },
  {
    of: `${file} grantAccess`,
    arrange: async (world) => {
      const { caseId } = await world.concern();
      await world.desk.sit(world.scene.people.mehmet);
      return () => api.grantAccess(caseId, 'Die Kundin ist bei mir am Telefon.');
    },
  },
  ofCase(`${file} withdrawLinks`, '', (_, { caseId }) => api.withdrawLinks(caseId)),
  {
    of: `${file} mergeCases`,
    arrange: async (world) => {
      const [a, b] = await two(world);
      return () => api.mergeCases(b.caseId, a.caseId);
    },
  },
  {
    of: `${file} splitCase`,
    arrange: async (world) => {
      const { concern, second } = await doubled(world);
      return () => api.splitCase(concern.caseId, second, 'Zweites Paket');
    },
  },
  {
    of: `${file} transferConversation`,
    arrange: async (world) => {
      const from = newCustomer();
      const [a, b, c] = [await world.concern(from), await world.concern(from), await world.concern(from)];
      await world.does(world.desk.who(), on.merge, { id: a.caseId, fromId: b.caseId });
      await world.scene.h.drain();
      for (const one of [a, { ...b, caseId: a.caseId }, c]) await world.look(one);
      return () => api.transferConversation(a.caseId, b.conversationId, c.caseId);
    },
  },
  {
    of: `${file} undoMove`,
    arrange: async (world) => {
      const [a, b] = await two(world);
      const { moveId } = await world.does(world.desk.who(), on.merge, { id: b.caseId, fromId: a.caseId });
      await world.scene.h.drain();
      await world.look(a);
      await world.look(b);
      return () => api.undoMove(moveId);
    },
  },
  {
    of: `${file} addTopic`,
    arrange: async (world) => {
      await world.desk.sit(world.scene.people.dorit);
      await api.readTopics();
      return () => api.addTopic(topicInput());
    },
  },
  {
    of: `${file} changeTopic`,
    arrange: async (world) => {
      await world.desk.sit(world.scene.people.dorit);
      const id = await topic(world);
      return () => api.changeTopic({ id, label: { de: 'Sendung', en: 'Shipment' } });
    },
  },
  {
    of: `${file} retireTopic`,
    arrange: async (world) => {
      await world.desk.sit(world.scene.people.dorit);
      const id = await topic(world);
      return () => api.retireTopic(id, true);
    },
  },
];
