import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../../contract/cases.ts';
import { adviserTakes, caseScene, type Scene } from '../testing.ts';
import { unfinishedCases } from './unfinished.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());

test('what was told of a case stays while it is not finished, and while the one is not into which it was merged', async () => {
  const { h, people } = scene;
  const [into, from, solved] = [await scene.opened(), await scene.opened(), await scene.opened()];
  for (const { conversationId } of [into, from, solved]) await adviserTakes(h, people.kim, conversationId);
  await h.drain();
  const resolve = (id: string) => h.call(people.kim, on.resolve, { id, summary: 'x', customerInformedBy: { how: 'phone' } });
  const left = async () => (await unfinishedCases(h.db, [into.caseId, from.caseId, solved.caseId])).toSorted();
  expect((await resolve(solved.caseId)).status).toBe(200);
  expect((await h.call(people.kim, on.merge, { id: into.caseId, fromId: from.caseId })).status).toBe(201);
  expect(await left()).toEqual([into.caseId, from.caseId].toSorted());
  expect((await resolve(into.caseId)).status).toBe(200);
  expect(await left()).toEqual([]);
});
