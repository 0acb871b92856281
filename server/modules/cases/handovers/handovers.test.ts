import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../../contract/cases.ts';
import { conversationEndpoints as conversations } from '../../../../contract/conversations.ts';
import type { InputOf } from '../../../../contract/core.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { conversationFacts } from '../../conversations/index.ts';
import { createPerson } from '../../workspace/testing.ts';
import { ticks } from '../jobs.ts';
import { adviserAnswers, adviserTakes, caseScene, type Scene } from '../testing.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());
beforeEach(() => scene.h.clock.advance(10 * 60_000));

const types = (events: { type: string }[]) => events.map((e) => e.type);
const brief = {
  who: 'Erika Klein',
  concern: 'Mein Paket war leer.',
  facts: [],
  done: 'Nachforschung läuft',
  promised: '',
  openQuestion: '',
  wish: 'Geld zurück',
};
const conversation = async (id: string) => (await conversationFacts(scene.h.db, [id])).get(id);
const give = (caseId: string, more: Partial<InputOf<typeof on.handOver>> = {}, who: { id: string } = scene.people.kim) =>
  scene.h.call(who, on.handOver, { id: caseId, to: { personId: scene.people.olaf.id }, mode: 'cold', brief, ...more });
const taken = async (who: { id: string } = scene.people.kim) => {
  const made = await scene.opened();
  await adviserTakes(scene.h, who, made.conversationId);
  await scene.h.drain();
  return made;
};
const timeOut = () => ticks.find((t) => t.name === 'cases.time_out_handovers')?.run(jobWork(scene.h.house.platform));

test('the brief is filled in with what is known, in the customer’s own words', async () => {
  const { h, people } = scene;
  const { caseId, conversationId } = await scene.opened({ text: 'Ich habe ein leeres Paket bekommen. Wer zahlt das? Und wann?' });
  await adviserTakes(h, people.kim, conversationId);
  await h.call(people.kim, on.putFact, { id: caseId, key: 'weight', label: 'Gewicht', value: '410 g', source: 'carrier' });
  const { body: open } = await h.call(people.kim, on.brief, { id: caseId });
  expect(open.brief).toMatchObject({
    who: 'Erika Klein (K-1001)',
    concern: 'Ich habe ein leeres Paket bekommen. Wer zahlt das? Und wann?',
    facts: [{ label: 'Gewicht', value: '410 g' }],
    done: '',
    openQuestion: 'Wer zahlt das? Und wann?',
  });
  h.clock.advance(60_000);
  await adviserAnswers(h, people.kim, conversationId, { text: 'Wir forschen nach.' });
  const dueTo = '2026-11-30T15:00:00.000Z';
  const said = await h.call(people.kim, on.state, {
    id: caseId,
    kind: 'commitment',
    text: 'Bescheid zur Nachforschung',
    dueTo,
    informed: { how: 'phone' },
  });
  const { body: answered } = await h.call(people.kim, on.brief, { id: caseId });
  expect(answered.brief.openQuestion).toBe('');
  expect(answered.brief.done).toContain('Kim Sommer: Wir forschen nach.');
  expect(answered.brief.promised).toBe('→ 30.11.2026 16:00 · Bescheid zur Nachforschung');
  expect(answered.commitmentIds).toEqual([said.body.statement.id]);
});

describe('giving', () => {
  test('an empty concern, wish or done is refused by name', async () => {
    const { caseId } = await taken();
    const refused = await give(caseId, { brief: { ...brief, concern: ' ', wish: '', done: '' } });
    expect([refused.status, refused.problem.fields?.map((f) => f.path)]).toEqual([400, ['brief.concern', 'brief.done', 'brief.wish']]);
  });

  test('the conversation waits in hand-over; a second one at the same time is refused', async () => {
    const { people } = scene;
    const { caseId, conversationId } = await taken();
    expect((await give(caseId, { to: { personId: people.kim.id } })).problem.code).toBe('cases.receiver_is_sender');
    expect((await give(caseId, { to: { personId: people.dorit.id } })).problem.code).toBe('cases.receiver_unknown');
    expect((await give(caseId, { conversationId, to: { personId: people.mehmet.id } }, people.olaf)).problem).toMatchObject({
      code: 'cases.conversation_not_yours',
      data: { holderId: people.kim.id },
    });
    const given = await give(caseId);
    expect(given.status).toBe(201);
    expect(given.body.handover).toMatchObject({ state: 'briefed', conversationId, fromId: people.kim.id, expiresAt: null });
    expect(types(given.events)).toEqual([
      'conversations.state_changed',
      'conversations.system_line_added',
      'conversations.access_granted',
      'cases.handover_briefed',
    ]);
    expect((await conversation(conversationId))?.state).toBe('handover');
    expect((await give(caseId, {}, people.luise)).problem.code).toBe('cases.handover_pending');
  });
});

describe('receiving', () => {
  test('what somebody gives to their own team waits for the others of it, not for themselves', async () => {
    const { h, people } = scene;
    const { caseId } = await taken();
    const { id } = (await give(caseId, { to: { teamId: people.team.id } })).body.handover;
    const waiting = async (who: { id: string }) => (await h.call(who, on.handovers, { to: 'me' })).body.items.map((x) => x.id);
    expect(await waiting(people.olaf)).toContain(id);
    expect(await waiting(people.kim)).not.toContain(id);
    expect((await h.call(people.kim, on.handovers, { from: 'me' })).body.items.map((x) => x.id)).toContain(id);
  });

  test('reading comes before accepting; then conversation, claim and ownership move in one step', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await taken();
    const fence = (await conversation(conversationId))?.fence ?? 0;
    const { id } = (await give(caseId, { to: { personId: people.mehmet.id } })).body.handover;
    expect((await h.call(people.mehmet, on.handovers, { to: 'me' })).body.items.map((x) => x.id)).toEqual([id]);
    expect((await h.call(people.mehmet, on.accept, { id })).problem.code).toBe('cases.brief_unread');
    expect((await h.call(people.olaf, on.accept, { id })).status).toBe(403);
    const read = await h.call(people.mehmet, on.readBrief, { id });
    expect([read.body.handover.state, types(read.events)]).toEqual(['read', ['conversations.access_granted', 'cases.handover_read']]);
    const accepted = await h.call(people.mehmet, on.accept, { id });
    expect(types(accepted.events)).toEqual([
      'conversations.state_changed',
      'conversations.assigned',
      'conversations.claimed',
      'conversations.system_line_added',
      'cases.handover_accepted',
      'cases.owner_assigned',
    ]);
    expect(await conversation(conversationId)).toMatchObject({
      state: 'in_progress',
      claimedBy: people.mehmet.id,
      assigneeId: people.mehmet.id,
      teamId: people.otherTeam.id,
      fence: fence + 1,
    });
    const detail = await scene.detail(caseId, people.mehmet);
    expect(detail.case).toMatchObject({ ownerId: people.mehmet.id, handoversCount: 1 });
    expect((await h.call(people.kim, on.confirm, { id })).status).toBe(403);
    const confirmed = await h.call(people.mehmet, on.confirm, { id });
    expect([confirmed.body.handover.state, types(confirmed.events)]).toEqual(['customer_confirmed', ['cases.handover_customer_confirmed']]);
    expect((await h.call(people.mehmet, on.handovers, { to: 'me' })).body.items).toEqual([]);
  });

  test('after the first, only the owner or a lead hands over again, and the owner stays', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await taken();
    const first = (await give(caseId)).body.handover;
    await h.call(people.olaf, on.readBrief, { id: first.id });
    await h.call(people.olaf, on.accept, { id: first.id });
    await h.drain();
    const refused = await give(caseId, { conversationId }, people.kim);
    expect([refused.status, refused.problem.code, refused.problem.data]).toEqual([
      409,
      'cases.handover_limit',
      { ownerId: people.olaf.id, handoversCount: 1 },
    ]);
    // What the first brief said is there already, and what was said since comes after it.
    await adviserAnswers(h, people.olaf, conversationId, { text: 'Das Geld ist unterwegs.', next: 'keep' });
    const { body: proposed } = await h.call(people.olaf, on.brief, { id: caseId });
    expect(proposed.brief).toMatchObject({ concern: brief.concern, wish: brief.wish });
    expect(proposed.brief.done).toMatch(/^Nachforschung läuft\n.* · .*: Das Geld ist unterwegs\.$/);
    const second = await give(caseId, { to: { teamId: people.otherTeam.id } }, people.olaf);
    expect(second.status).toBe(201);
    await h.call(people.mehmet, on.readBrief, { id: second.body.handover.id });
    await h.call(people.mehmet, on.accept, { id: second.body.handover.id });
    expect((await scene.detail(caseId, people.mehmet)).case).toMatchObject({ ownerId: people.olaf.id, handoversCount: 2 });
  });

  test('two of a team who accept at once: one has it, the other is told who', async () => {
    const { h, people } = scene;
    const ines = await createPerson(h, { name: 'Ines Vogt', teamIds: [people.otherTeam.id] });
    for (let round = 0; round < 5; round += 1) {
      const { caseId, conversationId } = await taken();
      const { id } = (await give(caseId, { to: { teamId: people.otherTeam.id } })).body.handover;
      const rivals = [people.mehmet, ines];
      await Promise.all(rivals.map((who) => h.call(who, on.readBrief, { id })));
      const replies = await Promise.all(rivals.map((who) => h.call(who, on.accept, { id })));
      expect(replies.map((r) => r.status).toSorted((x, y) => x - y)).toEqual([200, 409]);
      const winner = rivals[replies.findIndex((r) => r.status === 200)]?.id;
      expect(replies.find((r) => r.status === 409)?.problem).toMatchObject({
        code: 'core.illegal_transition',
        data: { acceptedById: winner },
      });
      expect(await conversation(conversationId)).toMatchObject({ claimedBy: winner, assigneeId: winner, teamId: people.otherTeam.id });
      await h.drain();
    }
  });

  test('declined, the old adviser has the customer again', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await taken();
    const { id } = (await give(caseId)).body.handover;
    h.clock.advance(3_600_000);
    const declined = await h.call(people.olaf, on.decline, { id, reason: 'Gehört zur Logistik.' });
    expect([declined.body.handover.state, declined.body.handover.reason]).toEqual(['declined', 'Gehört zur Logistik.']);
    expect(types(declined.events)).toEqual([
      'conversations.state_changed',
      'conversations.claimed',
      'conversations.system_line_added',
      'cases.handover_declined',
    ]);
    expect(await conversation(conversationId)).toMatchObject({ state: 'in_progress', claimedBy: people.kim.id });
    expect((await scene.detail(caseId)).case).toMatchObject({ handoversCount: 0, ownerId: null });
  });

  test('declined, it waits for others where it was noted meanwhile that the old adviser must not have it', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await taken();
    const { id } = (await give(caseId)).body.handover;
    const noted = { id: conversationId, personId: people.kim.id, reason: 'Beschwerde über Kim' };
    expect((await h.call(people.luise, conversations.setConflict, noted)).status).toBe(200);
    expect((await h.call(people.olaf, on.decline, { id, reason: 'Gehört zur Logistik.' })).body.handover.state).toBe('declined');
    expect(await conversation(conversationId)).toMatchObject({ state: 'queued', claimedBy: null });
  });

  test('warm, it comes back after sixty seconds, once; too late is too late', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await taken();
    const { id } = (await give(caseId, { mode: 'warm' })).body.handover;
    await h.call(people.olaf, on.readBrief, { id });
    h.clock.advance(59_999);
    await timeOut();
    expect((await h.call(people.olaf, on.handover, { id })).body.handover.state).toBe('read');
    h.clock.advance(1);
    const late = await h.call(people.olaf, on.accept, { id });
    expect([late.status, late.problem.data]).toEqual([409, { state: 'timed_out', event: 'accept' }]);
    await Promise.all([timeOut(), timeOut()]);
    expect((await h.call(people.olaf, on.handover, { id })).body.handover.state).toBe('timed_out');
    expect(types(await h.drain()).filter((t) => t === 'cases.handover_timed_out')).toEqual([]);
    expect(await conversation(conversationId)).toMatchObject({ state: 'in_progress', claimedBy: people.kim.id });
  });
});
