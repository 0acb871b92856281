import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../contract/cases.ts';
import { jobWork } from '../../platform/jobs/jobs.ts';
import { ticks } from './jobs.ts';
import { adviserAnswers, adviserTakes, caseScene, customerWrites, type Scene } from './testing.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());

const day = 86_400_000;

/**
 * The empty laptop parcel with two hand-overs, as far as this room and those below it reach. What Frau Klein had to tell four people, she tells once:
 * at her second contact the concern has an owner, who stays; both receivers know every fact before they speak; every promise has a date and is kept
 * or made good.
 */
test('the empty laptop parcel', async () => {
  const { h, people, customers } = scene;
  const { kim, olaf, mehmet } = people;
  const advance = (milliseconds: number) => h.clock.advance(milliseconds);
  const inDays = (days: number) => new Date(h.clock.now().getTime() + days * day).toISOString();
  const told = ['In meinem Paket war nichts, nur Folie. Das Gerät hatte ich zur Reparatur geschickt. Wann bekomme ich mein Geld?'];

  // She writes once; Kim takes it, notes what is known and promises a date.
  const { caseId, conversationId } = await scene.opened({ subject: 'Leeres Paket statt Laptop', text: told[0] ?? '' });
  await adviserTakes(h, kim, conversationId);
  const topic = (await h.call(kim, on.topics, {})).body.items.find((t) => t.key === 'delivery_empty');
  await h.call(kim, on.change, {
    id: caseId,
    version: (await scene.detail(caseId)).case.version,
    wish: 'Geld zurück oder ein gleicher Laptop',
    topicId: topic?.id ?? null,
  });
  const facts = [
    ['order', 'Bestellung', 'Laptop, 1.300,00 €, 24 Raten, 12 bezahlt', 'order'],
    ['weight_out', 'Gewicht bei Abgabe', '2.940 g', 'carrier'],
    ['weight_back', 'Gewicht bei Ankunft', '410 g', 'carrier'],
  ] as const;
  for (const [key, label, value, source] of facts) await h.call(kim, on.putFact, { id: caseId, key, label, value, source });
  const vague = { id: caseId, kind: 'commitment' as const, text: 'Das klärt sich nächste Woche.', informed: { how: 'phone' as const } };
  expect((await h.call(kim, on.state, vague)).problem.code).toBe('cases.commitment_needs_date');
  advance(60_000);
  const answer = await adviserAnswers(h, kim, conversationId, {
    text: 'Das tut mir leid. Das Gewicht zeigt den Verlust; wir erstatten.',
    next: 'keep',
  });
  await h.drain();
  const refund = await h.call(kim, on.state, { ...vague, text: '727,92 € sind auf Ihrem Konto.', dueTo: inDays(1), informed: answer });
  expect(refund.status).toBe(201);

  // Hand-over 1, service to Herrn Brandt: everything is in the brief, so nothing has to be asked.
  const proposal = (await h.call(kim, on.brief, { id: caseId })).body.brief;
  expect(proposal.concern).toBe(told[0]);
  expect(proposal.facts).toEqual(facts.map(([, label, value]) => ({ label, value })));
  const first = await h.call(kim, on.handOver, { id: caseId, conversationId, to: { personId: olaf.id }, mode: 'warm', brief: proposal });
  expect(first.status).toBe(201);
  const mine = (await h.call(olaf, on.handovers, { to: 'me' })).body.items;
  expect(mine.map((x) => [x.id, x.brief.wish])).toEqual([[first.body.handover.id, 'Geld zurück oder ein gleicher Laptop']]);
  await h.call(olaf, on.readBrief, { id: first.body.handover.id });
  advance(30_000);
  expect((await h.call(olaf, on.accept, { id: first.body.handover.id })).status).toBe(200);
  await h.call(olaf, on.confirm, { id: first.body.handover.id });
  await h.drain();
  expect((await scene.detail(caseId)).case).toMatchObject({ ownerId: olaf.id, handoversCount: 1, contactsCount: 1 });

  // Kept the same day. The replacement is promised, its delay is told before the date passes.
  advance(3_600_000);
  await h.call(olaf, on.keep, { id: refund.body.statement.id, evidence: 'Überweisung 23.11., Referenz 88' });
  const replacement = await h.call(olaf, on.state, { ...vague, text: 'Das neue Gerät kommt.', dueFrom: inDays(2), dueTo: inDays(3) });
  advance(2 * day);
  const notice = await h.call(olaf, on.state, {
    ...vague,
    text: 'Es kommt am Freitag.',
    dueTo: inDays(3),
    supersedesId: replacement.body.statement.id,
  });
  expect(notice.status).toBe(201);

  // Her second contact comes to the same case and its owner, in whatever conversation. Product advice is asked; the owner stays.
  const second = await customerWrites(h, {
    customerId: customers.klein.id,
    teamId: people.team.id,
    channel: 'phone',
    text: 'Welches Gerät ist vergleichbar?',
    relatedId: conversationId,
  });
  await h.drain();
  expect((await scene.detail(caseId)).case).toMatchObject({ contactsCount: 2, ownerId: olaf.id });
  await adviserTakes(h, olaf, second.conversationId);
  const expertBrief = { ...(await h.call(olaf, on.brief, { id: caseId })).body.brief, openQuestion: 'Welches Gerät ist vergleichbar?' };
  expect(expertBrief.promised).toContain('Es kommt am Freitag.');
  expect(
    (await h.call(kim, on.handOver, { id: caseId, to: { teamId: people.otherTeam.id }, mode: 'cold', brief: expertBrief })).problem.code,
  ).toBe('cases.handover_limit');
  const toExpert = {
    id: caseId,
    conversationId: second.conversationId,
    to: { teamId: people.otherTeam.id },
    mode: 'cold' as const,
    brief: expertBrief,
  };
  const { body } = await h.call(olaf, on.handOver, toExpert);
  expect((await h.call(mehmet, on.accept, { id: body.handover.id })).problem.code).toBe('cases.brief_unread');
  await h.call(mehmet, on.readBrief, { id: body.handover.id });
  const read = await scene.detail(caseId, mehmet);
  expect(read.messages.items.map((m) => m.text)).toContain(told[0]);
  await h.call(mehmet, on.accept, { id: body.handover.id });
  await h.drain();
  expect((await scene.detail(caseId, mehmet)).case).toMatchObject({ ownerId: olaf.id, handoversCount: 2 });
  advance(60_000);
  await adviserAnswers(h, mehmet, second.conversationId, { text: 'Modell B ist vergleichbar.', next: 'keep' });

  // Friday passes without the parcel: the promise breaks by itself, and nobody can call the concern solved.
  advance(3 * day);
  await ticks.find((t) => t.name === 'cases.ring_commitments')?.run(jobWork(h.house.platform));
  expect((await h.call(olaf, on.commitments, { state: 'broken' })).body.items.map((l) => l.statement.text)).toEqual([
    'Es kommt am Freitag.',
  ]);
  await h.drain();
  const resolve = { id: caseId, summary: 'Erstattet, neues Gerät geliefert.', customerInformedBy: { how: 'phone' as const } };
  const refused = await h.call(people.luise, on.resolve, resolve);
  expect(refused.problem.data?.['reasons']).toContainEqual({ code: 'commitment_broken', ids: [notice.body.statement.id] });
  await h.call(olaf, on.keep, { id: notice.body.statement.id, evidence: 'Per Kurier am Samstag, 20 € Gutschein' });
  const resolved = await h.call(people.luise, on.resolve, resolve);
  expect([resolved.status, resolved.problem.data]).toEqual([200, undefined]);

  // What must hold at the end.
  await h.drain();
  const end = await scene.detail(caseId);
  expect(end.case).toMatchObject({ state: 'resolved', contactsCount: 2, ownerId: olaf.id });
  const promises = end.statements.filter((s) => s.kind === 'commitment');
  expect(promises.every((s) => s.dueTo !== null)).toBe(true);
  expect(promises.map((s) => s.state)).toEqual(['kept', 'superseded', 'made_good']);
  const asked = end.handovers.flatMap((x) => facts.filter(([, label]) => !x.brief.facts.some((f) => f.label === label)));
  expect(asked).toEqual([]);
});
