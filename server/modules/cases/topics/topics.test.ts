import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseEndpoints as on, type Topic } from '../../../../contract/cases.ts';
import { createPerson } from '../../workspace/testing.ts';
import { caseScene, type Scene } from '../testing.ts';

let scene: Scene;
let keeper: { id: string };
beforeAll(async () => {
  scene = await caseScene();
  keeper = await createPerson(scene.h, { roles: ['knowledge'] });
});
afterAll(() => scene.h.close());

const labelled = (name: string) => ({ label: { de: name, en: name }, ownerDepartment: 'Logistik', trainingSuitable: false });
const byKey = async (key: string): Promise<Topic> => {
  const found = (await scene.h.call(keeper, on.topics, {})).body.items.find((topic) => topic.key === key);
  if (!found) throw new Error(`There is no topic ${key}`);
  return found;
};
const add = (key: string, parentId: string | null = null, who = keeper) =>
  scene.h.call(who, on.addTopic, { key, parentId, ...labelled(key) });

describe('topics', () => {
  test('are added, renamed and moved, each with a department; everybody hears of it', async () => {
    const { h, people } = scene;
    const added = await add('gift');
    expect([added.status, added.events.map((e) => e.type)]).toEqual([201, ['cases.topic_changed']]);
    expect((await add('gift')).problem.code).toBe('cases.topic_exists');
    const id = added.body.topic.id;
    const order = await byKey('order');
    const moved = await h.call(keeper, on.changeTopic, { id, parentId: order.id, label: { de: 'Geschenke', en: 'Gifts' } });
    expect(moved.body.topic).toMatchObject({ parentId: order.id, label: { de: 'Geschenke', en: 'Gifts' }, ownerDepartment: 'Logistik' });
    expect((await h.call(keeper, on.changeTopic, { id, ownerDepartment: '' })).status).toBe(400);
    expect((await h.call(keeper, on.changeTopic, { id: order.id, parentId: id })).problem.code).toBe('cases.topic_loop');
    expect((await h.call(keeper, on.changeTopic, { id: order.id, parentId: order.id })).problem.code).toBe('cases.topic_loop');
    expect((await h.call(people.kim, on.changeTopic, { id, retired: true })).status).toBe(403);
    expect((await add('none', null, people.kim)).status).toBe(403);
  });

  test('are retired and brought back; cases keep theirs and take no retired one', async () => {
    const { h, people } = scene;
    const id = (await add('fax')).body.topic.id;
    const { caseId } = await scene.opened();
    const versionOf = async () => (await scene.detail(caseId)).case.version;
    await h.call(people.kim, on.change, { id: caseId, version: await versionOf(), topicId: id });
    const retired = await h.call(keeper, on.changeTopic, { id, retired: true });
    expect(retired.body.topic.retiredAt).toBe(h.clock.now().toISOString());
    const again = await h.call(keeper, on.changeTopic, { id, retired: true, label: { de: 'Telefax', en: 'Fax' } });
    expect(again.body.topic).toMatchObject({ retiredAt: retired.body.topic.retiredAt, label: { de: 'Telefax', en: 'Fax' } });
    const kept = await h.call(people.kim, on.change, { id: caseId, version: await versionOf(), topicId: id, subject: 'Fax' });
    expect([kept.status, kept.body.case.topicId]).toEqual([200, id]);
    const second = await scene.opened();
    const { version } = (await scene.detail(second.caseId)).case;
    const chosen = await h.call(people.kim, on.change, { id: second.caseId, version, topicId: id });
    expect([chosen.status, chosen.problem.code]).toEqual([422, 'cases.topic_retired']);
    expect((await add('below', id)).problem.code).toBe('cases.topic_retired');
    expect((await h.call(keeper, on.changeTopic, { id, retired: false })).body.topic.retiredAt).toBeNull();
    expect((await h.call(people.kim, on.change, { id: second.caseId, version, topicId: id })).status).toBe(200);
  });

  test('hang on topics in use: the lower ones are retired first, and brought back last', async () => {
    const { h } = scene;
    const top = (await add('garden')).body.topic.id;
    const part = (await add('garden_tools', top)).body.topic.id;
    const refused = await h.call(keeper, on.changeTopic, { id: top, retired: true });
    expect([refused.status, refused.problem.code, refused.events]).toEqual([409, 'cases.topic_has_parts', []]);
    await h.call(keeper, on.changeTopic, { id: part, retired: true });
    expect((await h.call(keeper, on.changeTopic, { id: top, retired: true })).status).toBe(200);
    expect((await h.call(keeper, on.changeTopic, { id: part, retired: false })).problem.code).toBe('cases.topic_retired');
    expect((await h.call(keeper, on.changeTopic, { id: part, parentId: keeper.id })).problem.code).toBe('cases.topic_unknown');
  });

  test('always hold one for what fits nowhere else', async () => {
    const { h } = scene;
    const other = await byKey('other');
    const order = await byKey('order');
    for (const change of [{ retired: true }, { parentId: order.id }])
      expect((await h.call(keeper, on.changeTopic, { id: other.id, ...change })).problem.code).toBe('cases.topic_stays');
    const renamed = await h.call(keeper, on.changeTopic, { id: other.id, label: { de: 'Anderes', en: 'Other' } });
    expect([renamed.status, renamed.body.topic.retiredAt]).toEqual([200, null]);
  });

  test('make no loop when two are moved below each other at once', async () => {
    const { h } = scene;
    const [a, b] = [(await add('left')).body.topic.id, (await add('right')).body.topic.id];
    const codes = await Promise.all([
      h.call(keeper, on.changeTopic, { id: a, parentId: b }),
      h.call(keeper, on.changeTopic, { id: b, parentId: a }),
    ]);
    expect(codes.map(({ status }) => status).toSorted()).toEqual([200, 422]);
  });
});
