import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../../contract/cases.ts';
import { conversationEndpoints } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type JobWork, jobWork } from '../../../platform/jobs/jobs.ts';
import { ticks } from '../jobs.ts';
import { adviserAnswers, adviserTakes, caseScene, customerWrites, type Scene } from '../testing.ts';

let scene: Scene;
let work: JobWork;
beforeAll(async () => {
  scene = await caseScene();
  work = jobWork(scene.h.house.platform);
});
afterAll(() => scene.h.close());
beforeEach(() => scene.h.clock.advance(60_000));

const day = 86_400_000;
const types = (events: { type: string }[]) => events.map((e) => e.type);
const inHours = (hours: number) => new Date(scene.h.clock.now().getTime() + hours * 3_600_000).toISOString();
const tick = async (name: string) => {
  const before = await scene.h.drain();
  await ticks.find((t) => t.name === name)?.run(work);
  return before;
};
const eventsOf = async (caseId: string, type: string) => {
  const rows = await scene.h.db.query<{ data: Record<string, unknown> }>(
    sql`select data from events where correlation_id = ${caseId} and type = ${type} order by seq`,
  );
  return rows.map((row) => row.data);
};
const answered = async (next: 'wait' | 'keep' = 'keep') => {
  const { h, people } = scene;
  const made = await scene.opened();
  await adviserTakes(h, people.kim, made.conversationId);
  const sent = await adviserAnswers(h, people.kim, made.conversationId, { next, text: 'Ihr Geld ist unterwegs.' });
  await h.drain();
  return { ...made, sent };
};

describe('resolving', () => {
  test('is refused with every reason, and changes nothing', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const promise = await h.call(people.kim, on.state, {
      id: caseId,
      kind: 'commitment',
      text: 'Rückruf',
      dueTo: inHours(1),
      informed: { how: 'phone' },
    });
    h.clock.advance(3_600_000);
    const refused = await h.call(people.kim, on.resolve, { id: caseId, summary: 'Alles gut' });
    expect([refused.status, refused.problem.code]).toEqual([409, 'cases.not_resolvable']);
    const { reasons } = refused.problem.data as { reasons: { code: string }[] };
    expect(reasons.map((r) => r.code)).toEqual(['customer_not_informed', 'commitment_overdue', 'conversation_not_taken']);
    expect(refused.events).toEqual([]);
    expect((await scene.detail(caseId)).statements[0]).toMatchObject({ id: promise.body.statement.id, state: 'open' });
  });

  test('told in writing, its conversations rest with it', async () => {
    const { h, people } = scene;
    const { caseId, sent, conversationId } = await answered();
    const resolved = await h.call(people.kim, on.resolve, { id: caseId, summary: 'Erstattet', customerInformedBy: sent });
    expect(resolved.body).toMatchObject({
      warnings: [],
      case: { state: 'resolved', resolution: { summary: 'Erstattet', solvedById: people.kim.id } },
    });
    expect(types(resolved.events)).toEqual(['conversations.state_changed', 'cases.state_changed', 'cases.resolved']);
    await h.drain();
    const detail = await scene.detail(caseId);
    expect(detail.case.resolution?.summary).toBe('Erstattet');
    expect(detail.conversations.map((c) => [c.id, c.state])).toEqual([[conversationId, 'resolved']]);
  });

  test('told in the last answer, whichever that is; without an answer nobody was told', async () => {
    const { h, people } = scene;
    const by = { lastAnswer: true as const };
    const silent = await scene.opened();
    await adviserTakes(h, people.kim, silent.conversationId);
    const refused = await h.call(people.kim, on.resolve, { id: silent.caseId, summary: 'x', customerInformedBy: by });
    expect(refused.problem.data).toEqual({ reasons: [{ code: 'customer_not_informed', ids: [] }] });
    await adviserAnswers(h, people.kim, silent.conversationId, { next: 'keep', delivery: 'failed' });
    await h.drain();
    const failed = await h.call(people.kim, on.resolve, { id: silent.caseId, summary: 'x', customerInformedBy: by });
    expect(failed.problem.data).toMatchObject({ reasons: [{ code: 'informing_message_failed' }] });
    const { caseId } = await answered();
    expect((await h.call(people.kim, on.resolve, { id: caseId, summary: 'Erstattet', customerInformedBy: by })).body.case.state).toBe(
      'resolved',
    );
  });

  test('older events read late do not wake what was resolved', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await scene.opened();
    await adviserTakes(h, people.kim, conversationId);
    h.clock.advance(1_000);
    const by = { how: 'phone' as const };
    expect((await h.call(people.kim, on.resolve, { id: caseId, summary: 'Am Telefon gelöst', customerInformedBy: by })).status).toBe(200);
    const late = await h.drain();
    expect(types(late).filter((t) => t === 'cases.state_changed')).toEqual([]);
    expect((await scene.detail(caseId)).case).toMatchObject({ state: 'resolved', resolution: { summary: 'Am Telefon gelöst' } });
  });

  test('a message still held is a warning, one that failed is a refusal', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await scene.opened();
    await adviserTakes(h, people.kim, conversationId);
    const failed = await adviserAnswers(h, people.kim, conversationId, { next: 'keep', delivery: 'failed' });
    const held = await adviserAnswers(h, people.kim, conversationId, { next: 'keep', delivery: 'held' });
    await h.drain();
    const refused = await h.call(people.kim, on.resolve, { id: caseId, summary: 'x', customerInformedBy: failed });
    expect(refused.problem.data).toEqual({ reasons: [{ code: 'informing_message_failed', ids: [failed.messageId] }] });
    const resolved = await h.call(people.kim, on.resolve, { id: caseId, summary: 'x', customerInformedBy: held });
    expect(resolved.body.warnings).toEqual(['message_not_sent_yet']);
  });

  test('a commitment carried over on purpose wakes the case when it breaks', async () => {
    const { h, people } = scene;
    const { caseId, sent } = await answered();
    const promise = await h.call(people.kim, on.state, {
      id: caseId,
      kind: 'commitment',
      text: 'Hat es geklappt?',
      dueTo: inHours(24 * 7),
      informed: sent,
    });
    const statementId = promise.body.statement.id;
    const open = await h.call(people.kim, on.resolve, { id: caseId, summary: 'Erstattet', customerInformedBy: sent });
    expect(open.problem.data).toEqual({ reasons: [{ code: 'commitment_open', ids: [statementId] }] });
    const carried = { id: caseId, summary: 'Erstattet', customerInformedBy: sent, carriedCommitmentIds: [statementId] };
    expect((await h.call(people.kim, on.resolve, carried)).body.case.state).toBe('resolved');
    await h.drain();
    h.clock.advance(7 * day);
    await tick('cases.ring_commitments');
    expect((await scene.detail(caseId)).case).toMatchObject({ state: 'waiting', resolution: null });
    await h.call(people.kim, on.keep, { id: statementId, evidence: 'angerufen' });
    expect((await scene.detail(caseId)).case).toMatchObject({ state: 'resolved', resolution: { summary: 'Ihr Geld ist unterwegs.' } });
  });

  test('a customer who writes again wakes it', async () => {
    const { h, people, customers } = scene;
    const { caseId, sent, conversationId } = await answered();
    await h.call(people.kim, on.resolve, { id: caseId, summary: 'Erstattet', customerInformedBy: sent });
    await h.drain();
    await customerWrites(h, { conversationId, customerId: customers.klein.id, teamId: people.team.id });
    await h.drain();
    expect((await scene.detail(caseId)).case).toMatchObject({ state: 'open', resolution: null });
  });
});

describe('silence', () => {
  test('reminds after three and seven days, rests after fourteen, closes thirty days later', async () => {
    const { h } = scene;
    const { caseId, conversationId } = await answered('wait');
    const look = () => tick('cases.look_at_silence');
    h.clock.advance(3 * day - 1);
    await look();
    expect(await eventsOf(caseId, 'cases.reminder_due')).toEqual([]);
    h.clock.advance(1);
    await look();
    await look();
    expect((await eventsOf(caseId, 'cases.reminder_due')).map((d) => [d['conversationId'], d['nth']])).toEqual([[conversationId, 1]]);
    h.clock.advance(4 * day);
    await look();
    expect((await eventsOf(caseId, 'cases.reminder_due')).map((d) => d['nth'])).toEqual([1, 2]);
    h.clock.advance(7 * day);
    await look();
    await h.drain();
    const rested = await scene.detail(caseId);
    expect(rested.case).toMatchObject({
      state: 'resolved',
      resolution: { summary: 'Ihr Geld ist unterwegs.', solvedById: scene.people.kim.id },
    });
    h.clock.advance(30 * day);
    await tick('cases.close_rested');
    await h.drain();
    const closed = await scene.detail(caseId);
    expect([closed.case.state, closed.conversations[0]?.state]).toEqual(['closed', 'closed']);
    expect((await scene.opened({ relatedId: conversationId })).caseId).toBe(caseId);
    expect((await scene.detail(caseId)).case.state).toBe('open');
  });

  test('is said in the timeline to whoever is responsible: since when, and what happens next', async () => {
    const { h, people } = scene;
    const since = h.clock.now().getTime();
    const at = (days: number) => new Date(since + days * day).toISOString();
    const { conversationId } = await answered('wait');
    const lines = async () =>
      (await h.call(people.kim, conversationEndpoints.messages, { id: conversationId })).body.items
        .filter(({ kind }) => kind === 'system')
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ visibility, text }) => ({ visibility, ...(JSON.parse(text) as object) }));
    h.clock.advance(3 * day - 1);
    await tick('cases.look_at_silence');
    expect(await lines()).toEqual([]);
    h.clock.advance(1);
    await tick('cases.look_at_silence');
    await tick('cases.look_at_silence');
    const first = { visibility: 'internal', code: 'cases.silent', data: { since: at(0), next: at(7) } };
    expect(await lines()).toEqual([first]);
    h.clock.advance(4 * day);
    await tick('cases.look_at_silence');
    expect(await lines()).toEqual([
      first,
      { visibility: 'internal', code: 'cases.silent_and_rests', data: { since: at(0), next: at(14) } },
    ]);
  });

  test('is not said of a customer who has just written', async () => {
    const { h, people, customers } = scene;
    const { caseId, conversationId } = await answered('wait');
    h.clock.advance(3 * day);
    await customerWrites(h, { conversationId, customerId: customers.klein.id, teamId: people.team.id });
    // The case has not been told yet.
    await ticks.find((t) => t.name === 'cases.look_at_silence')?.run(work);
    await h.drain();
    expect(await eventsOf(caseId, 'cases.reminder_due')).toEqual([]);
    expect(await h.db.query(sql`select from messages where conversation_id = ${conversationId} and kind = 'system'`)).toEqual([]);
  });

  test('never rests while we owe something, and does not send two reminders at once after a standstill', async () => {
    const { h, people } = scene;
    const { caseId, sent } = await answered('wait');
    await h.call(people.kim, on.state, { id: caseId, kind: 'commitment', text: 'Gutschein', dueTo: inHours(24 * 60), informed: sent });
    h.clock.advance(20 * day);
    await tick('cases.look_at_silence');
    await tick('cases.look_at_silence');
    expect(await eventsOf(caseId, 'cases.reminder_due')).toHaveLength(1);
    for (let i = 0; i < 12; i += 1) {
      h.clock.advance(2 * day);
      await tick('cases.look_at_silence');
    }
    expect((await scene.detail(caseId)).case.state).toBe('waiting');
    const [promise] = (await scene.detail(caseId)).statements;
    await h.call(people.kim, on.keep, { id: promise?.id ?? '', evidence: 'geschickt' });
    h.clock.advance(2 * day);
    await tick('cases.look_at_silence');
    expect((await scene.detail(caseId)).case.state).toBe('resolved');
  });
});
