import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../../contract/cases.ts';
import type { InputOf } from '../../../../contract/core.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type JobWork, jobWork } from '../../../platform/jobs/jobs.ts';
import { ticks } from '../jobs.ts';
import { adviserAnswers, adviserTakes, as, caseScene, type Scene } from '../testing.ts';
import { ringCommitments } from './ring-commitments.ts';

let scene: Scene;
let work: JobWork;
beforeAll(async () => {
  scene = await caseScene();
  work = jobWork(scene.h.house.platform);
});
afterAll(() => scene.h.close());
beforeEach(() => scene.h.clock.advance(60_000));

const types = (events: { type: string }[]) => events.map((e) => e.type);
const inHours = (hours: number) => new Date(scene.h.clock.now().getTime() + hours * 3_600_000).toISOString();
const say = (caseId: string, more: Partial<InputOf<typeof on.state>> = {}, who: { id: string } = scene.people.kim) =>
  scene.h.call(who, on.state, {
    id: caseId,
    kind: 'commitment',
    text: 'Das Geld ist überwiesen.',
    informed: { how: 'phone' },
    dueTo: inHours(24),
    ...more,
  });
const ring = () => ticks.find((t) => t.name === 'cases.ring_commitments')?.run(work);
const brokenSince = async (count: number) =>
  (await scene.h.db.query<{ data: Record<string, string> }>(brokenEvents)).slice(count).map((e) => e.data['statementId']);

/** What was told of the promises of a case, with when it came true. */
const rung = (
  caseId: string,
) => sql`select substring(e.type from 18) as what, s.id, coalesce((e.data->>'trueAt')::timestamptz, s.due_to) as at
  from events e join statements s on s.id = (e.data->>'statementId')::uuid
  where e.type in ('cases.commitment_near_due', 'cases.commitment_broken') and e.correlation_id = ${caseId} order by e.seq`;

const brokenEvents = sql`select data from events where type = 'cases.commitment_broken' order by seq`;

describe('what the customer was told', () => {
  test('a commitment needs a date that is still to come, and somebody who can keep it', async () => {
    const { caseId } = await scene.opened();
    const codes = [
      await say(caseId, { dueTo: null }),
      await say(caseId, { dueTo: inHours(-1) }),
      await say(caseId, { dueFrom: inHours(30) }),
      await say(caseId, { ownerId: scene.people.dorit.id }),
      await say(caseId, { informed: { messageId: caseId } }),
    ].map((r) => r.problem.code);
    expect(codes).toEqual([
      'cases.commitment_needs_date',
      'cases.due_in_past',
      'cases.due_in_past',
      'cases.owner_unknown',
      'cases.informing_message_unknown',
    ]);
    const made = await say(caseId);
    expect(made.status).toBe(201);
    expect(made.body.statement).toMatchObject({
      state: 'open',
      ownerId: scene.people.kim.id,
      channel: 'phone',
      saidById: scene.people.kim.id,
    });
    expect(types(made.events)).toEqual(['cases.statement_made']);
    expect((await scene.detail(caseId)).statements).toEqual([made.body.statement]);
  });

  test('it bears the id under which the browser shows it already, which no other one can take', async () => {
    const [one, other] = [await scene.opened(), await scene.opened()];
    const statementId = crypto.randomUUID();
    expect((await say(one.caseId, { statementId })).body.statement.id).toBe(statementId);
    expect((await say(other.caseId, { statementId, text: 'Anders.' })).problem.code).toBe('core.conflict');
    expect((await scene.detail(one.caseId)).statements.map(({ text }) => text)).toEqual(['Das Geld ist überwiesen.']);
  });

  test('told in writing means a message that we sent; one that never left does not count', async () => {
    const { h, people } = scene;
    const { caseId, conversationId, messageId } = await scene.opened();
    await adviserTakes(h, people.kim, conversationId);
    const sent = await adviserAnswers(h, people.kim, conversationId, { next: 'keep' });
    const lost = await adviserAnswers(h, people.kim, conversationId, { next: 'keep', delivery: 'failed' });
    expect((await say(caseId, { informed: { messageId } })).problem.code).toBe('cases.informing_message_unknown');
    expect((await say(caseId, { informed: lost })).problem.data).toEqual({ state: 'failed' });
    expect((await say(caseId, { informed: sent })).body.statement).toMatchObject({ channel: 'email', messageId: sent.messageId });
  });

  test('a decision changes only by a newer statement that the customer was told; of two at once one wins', async () => {
    const { caseId } = await scene.opened();
    const decision = (await say(caseId, { kind: 'decision', text: 'Wir tauschen das Gerät.', dueTo: null })).body.statement;
    const replies = await Promise.all(
      [scene.people.kim, scene.people.olaf].map((who) =>
        say(caseId, { kind: 'decision', text: 'Geld zurück.', dueTo: null, supersedesId: decision.id }, who),
      ),
    );
    expect(replies.map((r) => r.status).toSorted((x, y) => x - y)).toEqual([201, 409]);
    expect(replies.find((r) => r.status === 409)?.problem.code).toBe('cases.already_superseded');
    const { statements } = await scene.detail(caseId);
    expect(statements.map((s) => [s.state, s.supersedesId])).toEqual([
      ['superseded', null],
      ['told', decision.id],
    ]);
  });
});

describe('a commitment', () => {
  test('is kept with evidence, passed on, or released', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const kept = (await say(caseId)).body.statement;
    const keep = await h.call(people.olaf, on.keep, { id: kept.id, evidence: 'Buchung 77' });
    expect([keep.body.statement.state, keep.body.statement.evidence, types(keep.events)]).toEqual([
      'kept',
      'Buchung 77',
      ['cases.commitment_kept'],
    ]);
    const again = await h.call(people.olaf, on.keep, { id: kept.id, evidence: 'Buchung 77' });
    expect([again.status, again.problem.code]).toEqual([409, 'core.illegal_transition']);
    const passed = (await say(caseId)).body.statement;
    const pass = await h.call(people.kim, on.passOn, { id: passed.id, ownerId: people.olaf.id });
    expect([pass.body.statement.ownerId, pass.body.statement.dueTo, types(pass.events)]).toEqual([
      people.olaf.id,
      passed.dueTo,
      ['cases.commitment_owner_changed'],
    ]);
    const release = await h.call(people.kim, on.release, { id: passed.id, reason: 'Kundin verzichtet.' });
    expect([release.body.statement.state, types(release.events)]).toEqual(['released', ['cases.commitment_released']]);
  });

  test('breaks by itself at its time, once, whoever looks; two workers share the work', async () => {
    const { h } = scene;
    const made: string[] = [];
    const { caseId } = await scene.opened();
    for (let i = 0; i < 40; i += 1)
      made.push((await say(caseId, { dueTo: new Date(h.clock.now().getTime() + 1_000 * (i + 1)).toISOString() })).body.statement.id);
    await ring();
    const before = (await brokenSince(0)).length;
    h.clock.advance(39_999);
    await Promise.all([ring(), ring()]);
    h.clock.advance(1);
    await Promise.all([ring(), ring()]);
    const broken = await brokenSince(before);
    expect(new Set(broken)).toEqual(new Set(made));
    expect(broken.at(-1)).toBe(made.at(-1));
    await ring();
    expect(await brokenSince(before)).toHaveLength(40);
    const { statements } = await scene.detail(caseId);
    expect(new Set(statements.map((s) => s.state))).toEqual(new Set(['broken']));
    expect(statements[0]?.brokenAt).toBe(statements[0]?.dueTo);
  });

  test('after a time without workers what fell due breaks first and in order', async () => {
    const { h } = scene;
    const { caseId } = await scene.opened();
    const order = [5, 1, 4, 2, 3];
    const ids = new Map<number, string>();
    for (const hours of order) ids.set(hours, (await say(caseId, { dueTo: inHours(hours) })).body.statement.id);
    const later = (await say(caseId, { dueTo: inHours(9) })).body.statement;
    const before = (await brokenSince(0)).length;
    h.clock.advance(6 * 3_600_000);
    await ring();
    expect(await brokenSince(before)).toEqual([1, 2, 3, 4, 5].map((hours) => ids.get(hours)));
    expect((await scene.detail(caseId)).statements.find((s) => s.id === later.id)?.state).toBe('open');
  });

  test('comes due, is said to, and breaks, each once at its time; what was missed comes first, in the order in which it came true, however few are looked at together', async () => {
    const { h } = scene;
    const { caseId } = await scene.opened();
    const from = h.clock.now().getTime();
    const promised = async (minutes: number) =>
      (await say(caseId, { dueTo: new Date(from + minutes * 60_000).toISOString() })).body.statement.id;
    const [slow, next, quick, fresh] = [await promised(600), await promised(610), await promised(100), await promised(900)];
    const rang = async () =>
      (await h.db.query<{ what: string; id: string; at: Date }>(rung(caseId))).map(({ what, id, at }) => [
        what,
        id,
        (at.getTime() - from) / 60_000,
      ]);
    h.clock.advance(80 * 60_000 - 1);
    await ring();
    expect(await rang()).toEqual([]);
    h.clock.advance(1);
    await Promise.all([ring(), ring()]);
    expect(await rang()).toEqual([['near_due', quick, 80]]);
    h.clock.advance(12 * 3_600_000);
    while ((await as(h, null, (ctx) => ringCommitments(ctx, 1))) === 1);
    await ring();
    expect(await rang()).toEqual([
      ['near_due', quick, 80],
      ['broken', quick, 100],
      ['near_due', slow, 540],
      ['near_due', next, 550],
      ['broken', slow, 600],
      ['broken', next, 610],
    ]);
    expect((await scene.detail(caseId)).statements.find(({ id }) => id === fresh)?.state).toBe('open');
  });

  test('is said to come due to whoever has it by then, and to nobody once it was kept or let off', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const [passed, kept, released] = [
      (await say(caseId, { dueTo: inHours(1) })).body.statement.id,
      (await say(caseId, { dueTo: inHours(1) })).body.statement.id,
      (await say(caseId, { dueTo: inHours(1) })).body.statement.id,
    ];
    await h.call(people.kim, on.keep, { id: kept, evidence: 'überwiesen' });
    await h.call(people.kim, on.release, { id: released, reason: 'Kundin verzichtet.' });
    h.clock.advance(50 * 60_000);
    await ring();
    await h.call(people.kim, on.passOn, { id: passed, ownerId: people.olaf.id });
    await ring();
    await ring();
    expect(
      await h.db.query(sql`select data->>'statementId' as id, data->>'debtorId' as owner from events
      where type = 'cases.commitment_near_due' and correlation_id = ${caseId} order by seq`),
    ).toEqual([
      { id: passed, owner: people.kim.id },
      { id: passed, owner: people.olaf.id },
    ]);
  });

  test('kept after its time it is made good, although no worker saw it break', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const late = (await say(caseId, { dueTo: inHours(1) })).body.statement;
    h.clock.advance(3_600_000);
    const keep = await h.call(people.kim, on.keep, { id: late.id, evidence: 'heute überwiesen' });
    expect([keep.body.statement.state, types(keep.events)]).toEqual([
      'made_good',
      ['cases.commitment_broken', 'cases.commitment_made_good'],
    ]);
  });

  test('a new date told does not unmake a broken word; keeping the new one makes it good', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const first = (await say(caseId, { dueTo: inHours(1) })).body.statement;
    h.clock.advance(2 * 3_600_000);
    await ring();
    const second = (await say(caseId, { dueTo: inHours(5), supersedesId: first.id })).body.statement;
    expect((await scene.detail(caseId)).statements.map((s) => s.state)).toEqual(['broken', 'open']);
    const keep = await h.call(people.kim, on.keep, { id: second.id, evidence: 'überwiesen' });
    expect(types(keep.events)).toEqual(['cases.commitment_kept', 'cases.commitment_made_good']);
    expect((await scene.detail(caseId)).statements.map((s) => s.state)).toEqual(['made_good', 'kept']);
  });

  test('is listed by due time for its owner and the team, and counted', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened({ teamId: people.otherTeam.id });
    await say(caseId, { dueTo: inHours(48), text: 'später' }, people.mehmet);
    await say(caseId, { dueTo: inHours(2), text: 'bald' }, people.mehmet);
    await say(caseId, { dueTo: inHours(1), text: 'gebrochen' }, people.mehmet);
    h.clock.advance(3_600_000);
    await ring();
    const open = await h.call(people.mehmet, on.commitments, { limit: 1 });
    const rest = await h.call(people.mehmet, on.commitments, { limit: 1, cursor: open.body.nextCursor ?? '' });
    expect([...open.body.items, ...rest.body.items].map((l) => [l.statement.text, l.customerName])).toEqual([
      ['bald', 'Erika Klein'],
      ['später', 'Erika Klein'],
    ]);
    expect(rest.body.nextCursor).toBeNull();
    const broken = await h.call(people.mehmet, on.commitments, { state: 'broken', owner: 'team' });
    expect(broken.body.items.map((l) => l.statement.text)).toEqual(['gebrochen']);
    const owed = await h.call(people.mehmet, on.commitments, { state: 'owed', owner: 'team' });
    expect(owed.body.items.map((l) => l.statement.text)).toEqual(['gebrochen', 'bald', 'später']);
    const count = { open: 2, dueSoon: 1, broken: 1 };
    expect((await h.call(people.mehmet, on.commitmentCounters, {})).body).toEqual({ me: count, team: count });
  });
});
