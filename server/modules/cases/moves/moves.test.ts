import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CaseDetail, caseEndpoints as on } from '../../../../contract/cases.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { Event } from '../../../platform/events/event.ts';
import { createPerson } from '../../workspace/testing.ts';
import { audiences } from '../audiences.ts';
import { adviserAnswers, adviserTakes, caseScene, customerWrites, type Scene } from '../testing.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());
beforeEach(() => scene.h.clock.advance(60_000));

/** Everything one sees of a case, but versions: they only ever grow. */
const seen = ({ case: kase, conversations, statements, handovers, messages }: CaseDetail) =>
  JSON.parse(
    JSON.stringify({ kase, conversations, statements, handovers, messages }, (key, value: unknown) =>
      key === 'version' ? undefined : value,
    ),
  ) as unknown;
const look = async (caseId: string) => seen(await scene.detail(caseId));

describe('merging', () => {
  test('joins everything; both numbers find it, and undoing gives back exactly what was', async () => {
    const { h, people } = scene;
    const a = await scene.opened({ text: 'Erstens.' });
    h.clock.advance(1_000);
    const b = await scene.opened({ text: 'Zweitens?' });
    await h.call(people.kim, on.putFact, { id: a.caseId, key: 'order', label: 'Bestellung', value: '1', source: 'customer' });
    await h.call(people.kim, on.putFact, { id: b.caseId, key: 'weight', label: 'Gewicht', value: '2 kg', source: 'carrier' });
    const dueTo = new Date(h.clock.now().getTime() + 3_600_000).toISOString();
    await h.call(people.kim, on.state, { id: a.caseId, kind: 'commitment', text: 'Rückruf', dueTo, informed: { how: 'phone' } });
    const before = [await look(a.caseId), await look(b.caseId)];
    const number = (await scene.detail(a.caseId)).case.number;

    const merged = await h.call(people.kim, on.merge, { id: b.caseId, fromId: a.caseId });
    expect(merged.events.map((e) => e.type)).toEqual(['conversations.linked_to_case', 'cases.merged']);
    expect(merged.body.case).toMatchObject({ contactsCount: 2, conversationIds: [a.conversationId, b.conversationId].toSorted() });
    expect(merged.body.case.facts.map((f) => f.key)).toEqual(['weight', 'order']);
    const joined = await scene.detail(a.caseId);
    expect([joined.case.id, joined.statements.length, joined.messages.items.map((m) => m.text)]).toEqual([
      b.caseId,
      1,
      ['Zweitens?', 'Erstens.'],
    ]);
    expect(joined.moves.map((m) => [m.id, m.kind, m.otherNumber])).toEqual([[merged.body.moveId, 'merge', number]]);
    expect((await h.call(people.kim, on.list, { q: number })).body.items.map((k) => k.id)).toEqual([b.caseId]);
    const written = await h.call(people.kim, on.putFact, { id: a.caseId, key: 'x', label: 'x', value: 'x', source: 'x' });
    expect([written.status, written.problem.code, written.problem.data?.['caseId']]).toEqual([409, 'cases.merged_away', b.caseId]);

    const undone = await h.call(people.kim, on.undoMove, { id: merged.body.moveId });
    expect([undone.status, undone.events.map((e) => e.type)]).toEqual([200, ['conversations.linked_to_case', 'cases.unmerged']]);
    expect([await look(a.caseId), await look(b.caseId)]).toEqual(before);
    expect((await h.call(people.kim, on.undoMove, { id: merged.body.moveId })).status).toBe(404);
  });

  test('joins a customer’s own cases only, or those of merged customers; never one with itself', async () => {
    const { h, people, customers } = scene;
    const [a, b] = [await scene.opened(), await scene.opened({ customerId: customers.weiss.id })];
    expect((await h.call(people.kim, on.merge, { id: a.caseId, fromId: b.caseId })).problem.code).toBe('cases.other_customer');
    expect((await h.call(people.kim, on.merge, { id: a.caseId, fromId: a.caseId })).problem.code).toBe('cases.same_case');
    await h.db.exec(
      sql`update customers set status = 'merged', merged_into = ${customers.klein.id}, root_id = ${customers.klein.id} where id = ${customers.weiss.id}`,
    );
    expect((await h.call(people.kim, on.merge, { id: a.caseId, fromId: b.caseId })).status).toBe(201);
    await h.db.exec(sql`update customers set status = 'active', merged_into = null, root_id = id where id = ${customers.weiss.id}`);
  });

  test('a later merge must be undone first', async () => {
    const { h, people } = scene;
    const [a, b, c] = [await scene.opened(), await scene.opened(), await scene.opened()];
    const first = await h.call(people.kim, on.merge, { id: b.caseId, fromId: a.caseId });
    const second = await h.call(people.kim, on.merge, { id: c.caseId, fromId: b.caseId });
    const refused = await h.call(people.kim, on.undoMove, { id: first.body.moveId });
    expect([refused.status, refused.problem.code]).toEqual([409, 'cases.undo_blocked']);
    expect((await scene.detail(a.caseId)).case.id).toBe(c.caseId);
    await h.call(people.kim, on.undoMove, { id: second.body.moveId });
    expect((await h.call(people.kim, on.undoMove, { id: first.body.moveId })).status).toBe(200);
  });

  test('whatever happened in two cases, undoing a merge restores both', async () => {
    const { h, people, customers } = scene;
    const step = fc.constantFrom('fact', 'tag', 'wish', 'priority', 'promise', 'write', 'answer', 'resolve', 'hand over');
    const steps = fc.array(fc.tuple(fc.boolean(), step, fc.nat(2)), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const [a, b] = [await scene.opened(), await scene.opened()];
        for (const [second, what, n] of plan) {
          h.clock.advance(1_000);
          await doStep(second ? b : a, what, n);
          await h.drain();
        }
        const before = [await look(a.caseId), await look(b.caseId)];
        const merged = await h.call(people.luise, on.merge, { id: b.caseId, fromId: a.caseId });
        // A case that is being handed over stays where its brief says it is.
        if (merged.problem.code === 'cases.handover_pending') return;
        expect(merged.status).toBe(201);
        await h.drain();
        expect((await h.call(people.luise, on.undoMove, { id: merged.body.moveId })).status).toBe(200);
        await h.drain();
        expect([await look(a.caseId), await look(b.caseId)]).toEqual(before);
      }),
      { numRuns: 15 },
    );

    async function doStep(at: { caseId: string; conversationId: string }, what: string, n: number) {
      const id = at.caseId;
      const { version } = (await scene.detail(id)).case;
      if (what === 'fact') await h.call(people.kim, on.putFact, { id, key: `k${n}`, label: 'L', value: `${id}${n}`, source: 'customer' });
      if (what === 'tag') await h.call(people.kim, on.change, { id, version, tags: [`t${n}`] });
      if (what === 'wish') await h.call(people.kim, on.change, { id, version, wish: `w${n}` });
      if (what === 'priority')
        await h.call(people.kim, on.change, { id, version, priority: (['low', 'high', 'urgent'] as const)[n] ?? 'low' });
      const dueTo = new Date(h.clock.now().getTime() + 3_600_000 * (n + 1)).toISOString();
      if (what === 'promise')
        await h.call(people.kim, on.state, { id, kind: 'commitment', text: 'Rückruf', dueTo, informed: { how: 'phone' } });
      if (what === 'write')
        await customerWrites(h, { conversationId: at.conversationId, customerId: customers.klein.id, teamId: people.team.id });
      const state = (await scene.detail(id)).conversations[0]?.state;
      if (what === 'answer' && state === 'queued') {
        await adviserTakes(h, people.kim, at.conversationId);
        await adviserAnswers(h, people.kim, at.conversationId, { next: n === 0 ? 'wait' : 'keep' });
      }
      if (what === 'resolve') await h.call(people.kim, on.resolve, { id, summary: `s${n}`, customerInformedBy: { how: 'phone' } });
      const brief = { who: 'w', concern: 'c', facts: [], done: 'd', promised: '', openQuestion: '', wish: 'w' };
      if (what === 'hand over') {
        const given = await h.call(people.luise, on.handOver, { id, to: { personId: people.olaf.id }, mode: 'cold', brief });
        if (given.status !== 201 || n === 0) return;
        await h.call(people.olaf, on.readBrief, { id: given.body.handover.id });
        await h.call(people.olaf, on.accept, { id: given.body.handover.id });
      }
    }
  }, 180_000);
});

describe('splitting', () => {
  test('moves conversations and what was said in them; undoing joins them back', async () => {
    const { h, people } = scene;
    const a = await scene.opened({ subject: 'Laptop' });
    const b = await scene.opened({ relatedId: a.conversationId, subject: 'Tablet' });
    expect(b.caseId).toBe(a.caseId);
    await adviserTakes(h, people.kim, b.conversationId);
    const sent = await adviserAnswers(h, people.kim, b.conversationId, { next: 'keep' });
    await h.drain();
    await h.call(people.kim, on.state, { id: a.caseId, kind: 'information', text: 'Tablet wird geprüft.', informed: sent });
    const before = await look(a.caseId);

    expect((await h.call(people.kim, on.split, { id: a.caseId, conversationIds: [a.conversationId, b.conversationId] })).problem.code).toBe(
      'cases.nothing_left',
    );
    const split = await h.call(people.kim, on.split, { id: a.caseId, conversationIds: [b.conversationId] });
    expect(split.status).toBe(201);
    expect(split.body.newCase).toMatchObject({ subject: 'Tablet', conversationIds: [b.conversationId], contactsCount: 1, state: 'open' });
    expect(split.body.case).toMatchObject({ conversationIds: [a.conversationId], contactsCount: 1, firstAnswerAt: null });
    expect((await scene.detail(split.body.newCase.id)).statements.map((s) => s.text)).toEqual(['Tablet wird geprüft.']);
    expect((await scene.detail(a.caseId)).statements).toEqual([]);

    expect((await h.call(people.kim, on.undoMove, { id: split.body.moveId })).status).toBe(200);
    await h.drain();
    expect(await look(a.caseId)).toEqual(before);
    expect((await h.call(people.kim, on.list, { q: split.body.newCase.number })).body.items.map((k) => k.id)).toEqual([a.caseId]);
  });
});

describe('moving into another case', () => {
  test('takes conversations and what was said in them along; undoing brings exactly that back', async () => {
    const { h, people } = scene;
    const a = await scene.opened({ subject: 'Laptop' });
    const b = await scene.opened({ relatedId: a.conversationId, subject: 'Tablet' });
    const c = await scene.opened({ subject: 'Tablet, die zweite' });
    await adviserTakes(h, people.kim, b.conversationId);
    const sent = await adviserAnswers(h, people.kim, b.conversationId, { next: 'keep' });
    await h.drain();
    await h.call(people.kim, on.state, { id: a.caseId, kind: 'information', text: 'Tablet wird geprüft.', informed: sent });
    await h.call(people.kim, on.putFact, { id: a.caseId, key: 'order', label: 'Bestellung', value: '1', source: 'customer' });
    const before = [await look(a.caseId), await look(c.caseId)];

    const all = await h.call(people.kim, on.transfer, {
      id: a.caseId,
      conversationIds: [a.conversationId, b.conversationId],
      intoId: c.caseId,
    });
    expect([all.status, all.problem.code]).toEqual([422, 'cases.nothing_left']);
    const moved = await h.call(people.kim, on.transfer, { id: a.caseId, conversationIds: [b.conversationId], intoId: c.caseId });
    expect([moved.status, moved.events.map((e) => e.type)]).toEqual([
      201,
      ['conversations.linked_to_case', 'cases.changed', 'cases.transferred'],
    ]);
    expect(moved.body.case.conversationIds).toEqual([a.conversationId]);
    expect(moved.body.into.conversationIds).toEqual([b.conversationId, c.conversationId].toSorted());
    const [left, joined] = [await scene.detail(a.caseId), await scene.detail(c.caseId)];
    expect([left.statements.length, joined.statements.map((s) => s.text)]).toEqual([0, ['Tablet wird geprüft.']]);
    // A fact belongs to the concern, not to a conversation.
    expect([left.case.facts.length, joined.case.facts.length]).toEqual([1, 0]);
    expect([left, joined].map(({ moves }) => moves.map((m) => [m.kind, m.incoming, m.otherNumber]))).toEqual([
      [['transfer', false, joined.case.number]],
      [['transfer', true, left.case.number]],
    ]);

    const undone = await h.call(people.kim, on.undoMove, { id: moved.body.moveId });
    expect([undone.status, undone.events.map((e) => e.type)]).toEqual([
      200,
      ['conversations.linked_to_case', 'cases.changed', 'cases.transferred'],
    ]);
    expect([await look(a.caseId), await look(c.caseId)]).toEqual(before);
  });

  test('wakes a resting case, which rests again after undoing', async () => {
    const { h, people } = scene;
    const a = await scene.opened();
    const b = await scene.opened({ relatedId: a.conversationId });
    const rested = await scene.opened();
    await adviserTakes(h, people.kim, rested.conversationId);
    await h.call(people.kim, on.resolve, { id: rested.caseId, summary: 'Erledigt.', customerInformedBy: { how: 'phone' } });
    await h.drain();
    const before = await look(rested.caseId);
    expect((await scene.detail(rested.caseId)).case.state).toBe('resolved');
    const moved = await h.call(people.kim, on.transfer, { id: a.caseId, conversationIds: [b.conversationId], intoId: rested.caseId });
    expect(moved.body.into).toMatchObject({ state: 'open', resolution: null });
    await h.call(people.kim, on.undoMove, { id: moved.body.moveId });
    expect(await look(rested.caseId)).toEqual(before);
  });

  test('is refused for another customer’s case, into itself, and where one may not work; undoing waits for later moves', async () => {
    const { h, people, customers } = scene;
    const a = await scene.opened();
    const b = await scene.opened({ relatedId: a.conversationId });
    const [other, same, foreign] = [
      await scene.opened({ customerId: customers.weiss.id }),
      await scene.opened(),
      await scene.opened({ teamId: people.otherTeam.id }),
    ];
    const into = (intoId: string) => h.call(people.kim, on.transfer, { id: a.caseId, conversationIds: [b.conversationId], intoId });
    expect((await into(other.caseId)).problem.code).toBe('cases.other_customer');
    expect((await into(a.caseId)).problem.code).toBe('cases.same_case');
    expect((await into(foreign.caseId)).status).toBe(403);
    expect((await look(a.caseId)) as object).toMatchObject({ kase: { conversationIds: [a.conversationId, b.conversationId].toSorted() } });

    const moved = await into(same.caseId);
    const later = await scene.opened();
    await h.call(people.kim, on.merge, { id: later.caseId, fromId: same.caseId });
    const refused = await h.call(people.kim, on.undoMove, { id: moved.body.moveId });
    expect([refused.status, refused.problem.code]).toEqual([409, 'cases.undo_blocked']);
  });

  test('is heard by the receiving case’s people; a team without a part in it loses what went', async () => {
    const { h, people } = scene;
    const a = await scene.opened({ teamId: people.otherTeam.id });
    const b = await scene.opened({ relatedId: a.conversationId });
    const c = await scene.opened();
    const { id } = people.otherTeam;
    const admin = await createPerson(h, { roles: ['lead'], teamIds: [people.team.id, id] });
    const moved = await h.call(admin, on.transfer, { id: a.caseId, conversationIds: [b.conversationId], intoId: c.caseId });
    const event = moved.events.find((e) => e.type === 'cases.transferred') as unknown as Event<'cases.transferred'>;
    const heard = audiences['cases.transferred']?.(event);
    expect(heard?.streams).toContain(`team:${people.team.id}`);
    expect(heard?.streams).not.toContain(`team:${id}`);
    expect(heard?.leaving).toEqual([`case:${a.caseId}`, `team:${id}`]);
  });
});

test('a preview says what a merge would do, and changes nothing', async () => {
  const { h, people, customers } = scene;
  const [a, b] = [await scene.opened({ text: 'Erstens.' }), await scene.opened({ text: 'Zweitens?' })];
  const fact = { label: 'Bestellung', source: 'customer' };
  await h.call(people.kim, on.putFact, { id: a.caseId, key: 'order', value: '1', ...fact });
  await h.call(people.kim, on.putFact, { id: b.caseId, key: 'order', value: '2', ...fact });
  await h.call(people.kim, on.putFact, { id: b.caseId, key: 'weight', value: '2 kg', label: 'Gewicht', source: 'carrier' });
  const { version } = (await scene.detail(b.caseId)).case;
  await h.call(people.kim, on.change, { id: b.caseId, version, wish: 'Geld zurück', priority: 'high', tags: ['eilig'] });
  const before = [await look(a.caseId), await look(b.caseId)];
  const preview = await h.call(people.kim, on.mergePreview, { id: a.caseId, fromId: b.caseId });
  expect([preview.status, preview.events]).toEqual([200, []]);
  expect(preview.body).toMatchObject({
    into: { id: a.caseId },
    from: { id: b.caseId },
    conversations: [{ id: b.conversationId }],
    taken: { wish: 'Geld zurück', topicId: null, ownerId: null, priority: 'high', tags: ['eilig'], facts: [{ key: 'weight' }] },
    conflicts: [{ field: 'fact', label: 'Bestellung', kept: '1', dropped: '2' }],
    refusal: null,
  });
  expect([await look(a.caseId), await look(b.caseId)]).toEqual(before);

  const foreign = await scene.opened({ customerId: customers.weiss.id });
  const why = async (fromId: string) => (await h.call(people.kim, on.mergePreview, { id: a.caseId, fromId })).body.refusal;
  expect([await why(foreign.caseId), await why(a.caseId)]).toEqual(['cases.other_customer', 'cases.same_case']);
  const unreadable = await scene.opened({ teamId: people.otherTeam.id });
  const refused = await h.call(people.kim, on.mergePreview, { id: a.caseId, fromId: unreadable.caseId });
  expect([refused.status, refused.problem.code]).toEqual([403, 'cases.reason_needed']);
});
