import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CustomerMoment, caseEndpoints as on } from '../../../../contract/cases.ts';
import { conversationEndpoints as talks } from '../../../../contract/conversations.ts';
import type { InputOf } from '../../../../contract/core.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import type { Actor } from '../../../platform/actor.ts';
import { type Ctx, reading } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { countingRows } from '../../../testing/rows-read.ts';
import { restrictCustomer } from '../../customers/index.ts';
import { createCustomer } from '../../customers/testing.ts';
import { actorOf } from '../../workspace/index.ts';
import { createPerson } from '../../workspace/testing.ts';
import { ticks } from '../jobs.ts';
import { adviserAnswers, adviserTakes, as, caseScene, type Scene } from '../testing.ts';
import { timelineOfCustomer } from './timeline.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());
beforeEach(() => scene.h.clock.advance(60_000));

const later = (minutes = 1): void => void scene.h.clock.advance(minutes * 60_000);
const inHours = (hours: number) => new Date(scene.h.clock.now().getTime() + hours * 3_600_000).toISOString();
/** A customer of the test's own. */
const somebody = () => createCustomer(scene.h, { name: 'Rosa Klee', mail: `${newId()}@post.example` });

async function timeline(
  customerId: string,
  more: Partial<InputOf<typeof on.timelineOfCustomer>> = {},
  who: { id: string } = scene.people.kim,
): Promise<CustomerMoment[]> {
  const items: CustomerMoment[] = [];
  let cursor: string | undefined;
  do {
    const reply = await scene.h.call(who, on.timelineOfCustomer, { id: customerId, limit: 3, ...more, ...(cursor && { cursor }) });
    if (reply.status !== 200) throw new Error(`${reply.status} ${reply.problem.code}`);
    items.push(...reply.body.items);
    cursor = reply.body.nextCursor ?? undefined;
  } while (cursor);
  return items;
}
const told = (items: readonly CustomerMoment[]): string[] =>
  items.map(({ message, happening }) => message?.text ?? happening?.what ?? '').toReversed();

describe('the timeline of a customer', () => {
  test('holds what was written over all channels and what happened to all cases, newest first, each once', async () => {
    const { h, people } = scene;
    const { id: customerId } = await somebody();
    const mail = await scene.opened({ customerId, text: 'Die Schranktür klemmt.' });
    later();
    await adviserTakes(h, people.kim, mail.conversationId);
    const answer = await adviserAnswers(h, people.kim, mail.conversationId, { text: 'Wir schicken ein Scharnier.', next: 'keep' });
    later();
    await h.call(people.kim, talks.note, {
      id: mail.conversationId,
      noteId: newId(),
      text: 'Scharnier liegt bereit.',
      mentions: [],
      attachmentIds: [],
    });
    later();
    const due = { kind: 'commitment', informed: { messageId: answer.messageId }, dueTo: inHours(1) } as const;
    const first = (await h.call(people.kim, on.state, { id: mail.caseId, text: 'Das Scharnier kommt.', ...due })).body.statement;
    later();
    const second = (await h.call(people.kim, on.state, { id: mail.caseId, text: 'Wir rufen an.', ...due })).body.statement;
    later();
    await h.call(people.kim, on.keep, { id: first.id, evidence: 'Sendung 12' });
    await h.drain();
    later(90);
    await ticks.find(({ name }) => name === 'cases.ring_commitments')?.run(jobWork(h.house.platform));
    later();
    await h.call(people.kim, on.keep, { id: second.id, evidence: 'angerufen' });
    later();
    const chat = await scene.opened({ customerId, channel: 'echo', text: 'Ist das Scharnier schon da?' });
    later();
    await h.call(people.kim, on.merge, { id: mail.caseId, fromId: chat.caseId });
    await h.drain();

    const items = await timeline(customerId);
    expect(told(items)).toEqual([
      'Die Schranktür klemmt.',
      'Wir schicken ein Scharnier.',
      // Where the customer read it, not where it was written down.
      'statement_made',
      'statement_made',
      'Scharnier liegt bereit.',
      'commitment_kept',
      'commitment_broken',
      'commitment_made_good',
      'Ist das Scharnier schon da?',
      'merged',
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    // A merged case counts as the one it lives in; what became of a promise stands at each of its lines.
    expect(new Set(items.map((one) => one.case?.id))).toEqual(new Set([mail.caseId]));
    expect(items.find(({ happening }) => happening?.what === 'commitment_kept')?.happening).toMatchObject({
      byId: people.kim.id,
      statement: { text: 'Das Scharnier kommt.', state: 'kept', evidence: 'Sendung 12' },
    });
    expect(items.find(({ happening }) => happening?.what === 'commitment_broken')?.at).toBe(second.dueTo);
    expect(items.find(({ message }) => message?.kind === 'note')?.message).toMatchObject({
      visibility: 'internal',
      conversationId: mail.conversationId,
    });

    expect(told(await timeline(customerId, { channel: 'echo' }))).toEqual(['Ist das Scharnier schon da?']);
    expect(told(await timeline(customerId, { caseId: chat.caseId }))).toEqual(told(items));
    const all = await timeline(customerId, { limit: 200 });
    expect(all).toEqual(items);
  });

  test('follows a merge of customers and its undoing, and says both', async () => {
    const { h, people } = scene;
    const [one, other] = [await somebody(), await somebody()];
    await scene.opened({ customerId: one.id, text: 'Erste Frage.' });
    later();
    await scene.opened({ customerId: other.id, text: 'Zweite Frage.' });
    later();
    const reason = 'Dieselbe Person, beides geprüft.';
    const merged = await h.call(people.luise, customersEndpoints.merge, { id: other.id, intoId: one.id, reason });
    expect(merged.status).toBe(200);
    await h.drain();
    const together = ['Erste Frage.', 'Zweite Frage.', 'customers_merged'];
    expect(told(await timeline(one.id))).toEqual(together);
    expect(told(await timeline(other.id))).toEqual(together);
    later();
    await h.call(people.luise, customersEndpoints.unmerge, { id: other.id, reason });
    await h.drain();
    expect(told(await timeline(one.id))).toEqual(['Erste Frage.', 'customers_merged', 'customers_unmerged']);
    expect(told(await timeline(other.id))).toEqual(['Zweite Frage.']);
  });

  test('leaves out what the reader may not read, and does not exist for who may read nothing of it', async () => {
    const { h, people } = scene;
    const { id: customerId } = await somebody();
    const otherTeam = people.otherTeam.id;
    const theirs = await scene.opened({ customerId, teamId: otherTeam, text: 'Nur für die anderen.' });
    await h.call(people.mehmet, on.state, { id: theirs.caseId, kind: 'information', text: 'Geheim.', informed: { how: 'phone' } });
    await h.drain();
    const refused = await h.call(people.kim, on.timelineOfCustomer, { id: customerId });
    expect([refused.status, refused.problem.code]).toEqual([404, 'core.not_found']);
    expect((await h.call(people.kim, on.knownOfCustomer, { id: customerId })).status).toBe(404);
    later();
    await scene.opened({ customerId, text: 'Für uns.' });
    expect(told(await timeline(customerId))).toEqual(['Für uns.']);
    expect(told(await timeline(customerId, {}, people.mehmet))).toEqual(['Nur für die anderen.', 'statement_made']);
    // A reason for the other case opens it here, too.
    await h.call(people.kim, on.grantAccess, { id: theirs.caseId, reason: 'Die Kundin ruft bei uns an.' });
    await h.drain();
    expect(told(await timeline(customerId))).toEqual(['Nur für die anderen.', 'statement_made', 'Für uns.']);
  });

  test('is empty for who sees masked data only, and gone with a restriction', async () => {
    const { h, people } = scene;
    const { id: customerId } = await somebody();
    const { caseId } = await scene.opened({ customerId, text: 'Meine Nummer ist 0170 1.' });
    await h.call(people.kim, on.putFact, { id: caseId, key: 'order', label: 'Bestellung', value: '4711', source: 'customer' });
    const learner = await createPerson(h, { roles: ['participant'], teamIds: [people.team.id] });
    const seen = await h.call(learner, on.timelineOfCustomer, { id: customerId });
    expect([seen.status, seen.body]).toEqual([200, { items: [], nextCursor: null }]);
    expect((await h.call(learner, on.knownOfCustomer, { id: customerId })).body).toEqual({ facts: [], commitments: [], lockedCases: 0 });
    await as(h, null, (ctx) => restrictCustomer(ctx, customerId));
    await h.drain();
    for (const endpoint of [on.timelineOfCustomer, on.knownOfCustomer])
      expect((await h.call(people.kim, endpoint, { id: customerId })).status).toBe(404);
  });

  test('costs what a page costs, however much lies behind it', async () => {
    const { h, people } = scene;
    const kim = (await actorOf(h.house.platform, people.kim.id)) as Actor;
    const { id: customerId } = await somebody();
    const first = await scene.opened({ customerId });
    const cost = async (): Promise<number> => {
      for (const table of ['messages', 'conversations', 'case_history']) await h.db.exec(sql.unprepared(sql`analyze ${sql.quoted(table)}`));
      const counting = await countingRows(h.house.platform.database);
      const ctx: Ctx = { ...reading(h.house.platform, kim), now: h.clock.now(), db: counting.db };
      await timelineOfCustomer(ctx, { id: customerId, limit: 30 });
      counting.close();
      return counting.rows();
    };
    const archive = async (from: number, to: number) => {
      await h.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_name, envelope, text, at, created_at)
        select gen_random_uuid(), ${first.conversationId}, n + 10, 'message', 'in', 'private', 'customer', 'Rosa Klee', '{"from":null,"to":[],"cc":[],"bcc":[]}',
          'Noch etwas', ${h.clock.now()}::timestamptz - n * interval '1 minute', now() from generate_series(${from}::int, ${to}::int) n`);
      await h.db.exec(sql`insert into case_history (id, customer_id, case_id, what, about_id, by_id, at)
        select gen_random_uuid(), ${customerId}, ${first.caseId}, 'resolved', null, null, ${h.clock.now()}::timestamptz - n * interval '1 minute'
        from generate_series(${from}::int, ${to}::int) n`);
    };
    await archive(1, 200);
    const small = await cost();
    await archive(201, 8_000);
    const large = await cost();
    expect(large).toBeLessThan(small * 1.2 + 50);
    expect(large).toBeLessThan(1_000);
  }, 60_000);
});

describe('what is known of a customer', () => {
  test('comes from all cases with source and date, the latest of each on top, told twice counts once', async () => {
    const { h, people } = scene;
    const { id: customerId } = await somebody();
    const one = await scene.opened({ customerId });
    later();
    const two = await scene.opened({ customerId, channel: 'echo' });
    const put = async (caseId: string, key: string, label: string, value: string) => {
      later();
      const reply = await h.call(people.kim, on.putFact, { id: caseId, key, label, value, source: 'Telefon' });
      expect(reply.status).toBe(200);
      return h.clock.now().toISOString();
    };
    await put(one.caseId, 'order', 'Bestellung', '4711');
    await put(one.caseId, 'device', 'Gerät', 'WA-4502');
    const lastAt = await put(two.caseId, 'order', 'Bestellnummer', '4712');
    const again = await put(two.caseId, 'device', 'Gerät', 'wa-4502 ');
    const { facts } = (await h.call(people.kim, on.knownOfCustomer, { id: customerId })).body;
    expect(facts.map(({ key, label, values }) => [key, label, values.map(({ value, at, case: kase }) => [value, at, kase.id])])).toEqual([
      ['device', 'Gerät', [['wa-4502', again, two.caseId]]],
      [
        'order',
        'Bestellnummer',
        [
          ['4712', lastAt, two.caseId],
          ['4711', expect.any(String), one.caseId],
        ],
      ],
    ]);
    expect(facts[0]?.values[0]?.source).toBe('Telefon');
  });

  test('names what is owed, due first on top, and how much more would open with a reason', async () => {
    const { h, people } = scene;
    const { id: customerId } = await somebody();
    const ours = await scene.opened({ customerId });
    const theirs = await scene.opened({ customerId, teamId: people.otherTeam.id });
    await h.call(people.mehmet, on.putFact, { id: theirs.caseId, key: 'order', label: 'Bestellung', value: '99', source: 'customer' });
    const promise = (caseId: string, who: { id: string }, text: string, hours: number) =>
      h.call(who, on.state, { id: caseId, kind: 'commitment', text, informed: { how: 'phone' }, dueTo: inHours(hours) });
    await promise(ours.caseId, people.kim, 'Morgen.', 24);
    await promise(ours.caseId, people.kim, 'Heute.', 2);
    await promise(theirs.caseId, people.mehmet, 'Bei den anderen.', 1);
    const known = (await h.call(people.kim, on.knownOfCustomer, { id: customerId })).body;
    expect(known.commitments.map(({ statement }) => statement.text)).toEqual(['Heute.', 'Morgen.']);
    expect(known).toMatchObject({ facts: [], lockedCases: 1 });
  });
});
