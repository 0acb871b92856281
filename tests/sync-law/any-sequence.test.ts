import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { caseEndpoints as on, type Case } from '../../contract/cases.ts';
import { chooseTopic, takeConversation } from '../../web/modules/cases/api.ts';
import { dropFact, makeStatement, putFact } from '../../web/modules/cases/at-once.ts';
import { bulkChange, changeConversation, release, writeNote } from '../../web/modules/conversations/api.ts';
import { records } from '../../web/platform/store/app-store.ts';
import { expectSame, fetched, ofTheScreen, shown } from './desk.ts';
import { type Concern, newWorld, type World } from './world.ts';

let world: World;
let topicId: string;
beforeAll(async () => {
  world = await newWorld();
  const facts = { key: 'paket', parentId: null, label: { de: 'Paket', en: 'Parcel' }, ownerDepartment: 'Versand', trainingSuitable: false };
  ({ id: topicId } = (await world.does(world.scene.people.dorit, on.addTopic, facts)).topic);
});
afterAll(async () => {
  world.desk.close();
  await world.scene.h.close();
  await world.mailServer.stop();
});

const fact = { label: 'Bestellung', source: 'customer' };
const does = {
  tag: ({ conversationId }, n) => changeConversation(conversationId, { tags: [`t${n}`] }),
  prioritise: ({ conversationId }, n) => changeConversation(conversationId, { priority: n % 2 ? 'urgent' : 'low' }),
  assign: ({ conversationId }, n) => changeConversation(conversationId, { assigneeId: n % 2 ? world.scene.people.olaf.id : null }),
  bulk: ({ conversationId }, n) => bulkChange([conversationId], { tags: [`b${n}`] }),
  take: ({ conversationId }) => takeConversation(conversationId),
  release: ({ conversationId }) => release(conversationId),
  note: ({ conversationId }, n) =>
    writeNote({ id: conversationId, noteId: crypto.randomUUID(), text: `Notiz ${n}` }, AbortSignal.timeout(30_000)),
  putFact: ({ caseId }, n) => putFact({ ...fact, id: caseId, key: `k${n % 2}`, value: `${n}` }),
  dropFact: ({ caseId }, n) => dropFact(caseId, `k${n % 2}`),
  tell: ({ caseId }, n) =>
    makeStatement({ id: caseId, kind: 'information', text: `Auskunft ${n}`, informed: { how: 'phone' } }, world.desk.who().id),
  topic: ({ caseId }, n) => chooseTopic(records.get('case', caseId) as unknown as Case, n % 2 ? topicId : null),
} satisfies Record<string, (concern: Concern, n: number) => Promise<unknown>>;

const step = fc.record({
  what: fc.constantFrom(...(Object.keys(does) as (keyof typeof does)[])),
  n: fc.nat(3),
  isRefused: fc.boolean(),
  isAwaited: fc.boolean(),
  order: fc.constantFrom('answer first' as const, 'stream first' as const),
  /** Whether the stream is heard before the next one. */
  hears: fc.boolean(),
});

it('whatever is done to a concern, at once or one after the other, refused or not, the screen ends as if it had been opened anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      vi.useFakeTimers({ toFake: ['Date'], now: world.scene.h.clock.now() });
      await world.desk.sit(world.scene.people.kim);
      const concern = await world.concern();
      const running: Promise<unknown>[] = [];
      for (const { what, n, isRefused, isAwaited, order, hears } of steps) {
        world.desk.order = order;
        // It leaves the browser before this returns.
        world.desk.isRefusing = isRefused;
        const done = does[what](concern, n).catch(() => {});
        world.desk.isRefusing = false;
        running.push(done);
        if (isAwaited) await done;
        if (hears) await world.desk.hear();
      }
      await Promise.all(running);
      await world.scene.h.drain();
      await world.desk.hear();
      expectSame(shown(), ofTheScreen(await fetched(world.scene, world.desk.who(), [...shown().keys()]), world.desk.open));
      expect(shown().size).toBeGreaterThan(2);
    }),
    { numRuns: 8 },
  );
}, 120_000);
