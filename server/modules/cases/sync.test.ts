import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../contract/cases.ts';
import { listen } from '../../testing/sync-law.ts';
import { assignConversation, loadConversation } from '../conversations/index.ts';
import { adviserAnswers, adviserTakes, as, caseScene, customerWrites, type Scene } from './testing.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());
beforeEach(() => scene.h.clock.advance(60_000));

const brief = { who: 'Erika Klein', concern: 'Leer.', facts: [], done: 'Gesucht', promised: '', openQuestion: '', wish: 'Geld' };

/** The sync law: what the stream told about a case equals what HTTP answers, after every action. */
async function agrees(told: Awaited<ReturnType<typeof listen>>, caseId: string, who: { id: string }): Promise<void> {
  await told.settled();
  const detail = await scene.detail(caseId, who);
  const heard = (kind: string, id: string) => told.records.get(`${kind} ${id}`)?.data;
  expect(heard('case', detail.case.id)).toEqual(detail.case);
  for (const statement of detail.statements) expect(heard('statement', statement.id)).toEqual(statement);
  for (const handover of detail.handovers) expect(heard('handover', handover.id)).toEqual(handover);
}

describe('a browser that only listens knows what one that asks is told', () => {
  test('after every action on a case', async () => {
    const { h, people, customers } = scene;
    const told = await listen(h, people.kim);
    const { caseId, conversationId } = await scene.opened();
    await agrees(told, caseId, people.kim);
    const check = () => agrees(told, caseId, people.kim);
    const again = { conversationId, customerId: customers.klein.id, teamId: people.team.id };
    await customerWrites(h, again);
    await h.drain();
    await check();
    await adviserTakes(h, people.kim, conversationId);
    const sent = await adviserAnswers(h, people.kim, conversationId, { next: 'keep' });
    await h.drain();
    await check();

    await h.call(people.kim, on.putFact, { id: caseId, key: 'order', label: 'Bestellung', value: '4711', source: 'customer' });
    await check();
    const { version } = (await scene.detail(caseId)).case;
    await h.call(people.kim, on.change, { id: caseId, version, wish: 'Geld zurück', ownerId: people.kim.id });
    await check();
    await h.call(people.kim, on.dropFact, { id: caseId, key: 'order' });
    await check();
    const dueTo = new Date(h.clock.now().getTime() + 3_600_000).toISOString();
    const promise = { id: caseId, kind: 'commitment' as const, text: 'Rückruf', dueTo, informed: sent };
    const first = await h.call(people.kim, on.state, promise);
    await check();
    const second = await h.call(people.kim, on.state, { ...promise, supersedesId: first.body.statement.id });
    await check();
    await h.call(people.kim, on.passOn, { id: second.body.statement.id, ownerId: people.olaf.id });
    await check();
    await h.call(people.kim, on.keep, { id: second.body.statement.id, evidence: 'angerufen' });
    await check();
    const third = await h.call(people.kim, on.state, promise);
    await h.call(people.kim, on.release, { id: third.body.statement.id, reason: 'nicht mehr nötig' });
    await check();

    const { body } = await h.call(people.kim, on.handOver, { id: caseId, to: { personId: people.olaf.id }, mode: 'cold', brief });
    await check();
    await h.call(people.olaf, on.readBrief, { id: body.handover.id });
    await check();
    await h.call(people.olaf, on.accept, { id: body.handover.id });
    await h.drain();
    await check();
    await h.call(people.olaf, on.confirm, { id: body.handover.id });
    await check();
    await h.call(people.olaf, on.resolve, { id: caseId, summary: 'Gelöst', customerInformedBy: { how: 'phone' } });
    await check();
    told.close();
  });

  test('after a merge, its undoing and a split', async () => {
    const { h, people } = scene;
    const told = await listen(h, people.olaf);
    const a = await scene.opened();
    const b = await scene.opened();
    const dueTo = new Date(h.clock.now().getTime() + 3_600_000).toISOString();
    await h.call(people.kim, on.state, { id: a.caseId, kind: 'commitment', text: 'Rückruf', dueTo, informed: { how: 'phone' } });
    const merged = await h.call(people.kim, on.merge, { id: b.caseId, fromId: a.caseId });
    await agrees(told, b.caseId, people.olaf);
    const gone = told.records.get(`case ${a.caseId}`)?.data;
    expect(gone).toMatchObject({ state: 'merged', mergedInto: b.caseId });
    await h.call(people.kim, on.undoMove, { id: merged.body.moveId });
    await agrees(told, a.caseId, people.olaf);
    await agrees(told, b.caseId, people.olaf);
    await h.call(people.kim, on.merge, { id: b.caseId, fromId: a.caseId });
    const split = await h.call(people.kim, on.split, { id: b.caseId, conversationIds: [a.conversationId] });
    await agrees(told, b.caseId, people.olaf);
    await agrees(told, split.body.newCase.id, people.olaf);
    told.close();
  });

  test('a receiver of another team hears of the hand-over; a stranger hears nothing and may not watch', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await scene.opened();
    await expect(listen(h, people.mehmet, [{ kind: 'case', id: caseId }])).rejects.toThrow(`Not allowed to watch case ${caseId}`);
    const told = await listen(h, people.mehmet);
    const lead = await listen(h, people.dorit);
    await adviserTakes(h, people.kim, conversationId);
    await h.drain();
    expect(told.records.has(`case ${caseId}`)).toBe(false);
    const { body } = await h.call(people.kim, on.handOver, { id: caseId, to: { personId: people.mehmet.id }, mode: 'cold', brief });
    await told.settled();
    expect(told.records.get(`handover ${body.handover.id}`)?.data).toEqual(body.handover);
    await agrees(told, caseId, people.mehmet);
    await lead.settled();
    expect([...lead.records.keys()].filter((key) => /^(case|statement|handover) /.test(key))).toEqual([]);
    for (const one of [told, lead]) one.close();
  });

  test('a team that gives its conversation away no longer sees the case', async () => {
    const { h, people } = scene;
    const told = await listen(h, people.kim);
    const { caseId, conversationId } = await scene.opened();
    await agrees(told, caseId, people.kim);
    await as(h, people.luise, async (ctx) =>
      assignConversation(ctx, await loadConversation(ctx, conversationId, { lock: true }), { teamId: people.otherTeam.id }),
    );
    await h.drain();
    await told.settled();
    expect(told.records.has(`case ${caseId}`)).toBe(false);
    expect((await h.call(people.kim, on.open, { id: caseId })).problem.code).toBe('cases.reason_needed');
    told.close();
  });

  test('whoever watches a case hears what its stream tells', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened({ teamId: people.otherTeam.id });
    await h.call(people.kim, on.grantAccess, { id: caseId, reason: 'Kundin ist bei mir am Telefon.' });
    const told = await listen(h, people.kim, [{ kind: 'case', id: caseId }]);
    await h.call(people.mehmet, on.putFact, { id: caseId, key: 'order', label: 'Bestellung', value: '4711', source: 'customer' });
    await agrees(told, caseId, people.kim);
    told.close();
  });
});
