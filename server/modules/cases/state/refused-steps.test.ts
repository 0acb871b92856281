import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseEndpoints as on } from '../../../../contract/cases.ts';
import { conversationEndpoints as api, conversationState } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { nextState } from '../../conversations/index.ts';
import { caseScene, type Scene } from '../testing.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());

const brief = {
  who: 'Erika Klein',
  concern: 'Mein Paket war leer.',
  facts: [],
  done: 'Nachforschung läuft',
  promised: '',
  openQuestion: '',
  wish: 'Geld zurück',
};
const draft = { draftId: newId(), fence: 0, baseSeq: 1 };

interface Target {
  id: string;
  caseId: string;
  otherId: string;
}
type Event = Parameters<typeof nextState>[1];
type Try = (target: Target) => Promise<{ status: number; problem: { code: string }; events: { type: string; data: unknown }[] }>;

const kim = () => scene.people.kim;
const step =
  (name: 'ask_expert' | 'expert_answered' | 'need_third_party' | 'third_party_answered' | 'classify_spam' | 'not_spam'): Try =>
  ({ id }) =>
    scene.h.call(kim(), api.step, { id, step: name });

/** Every step that people take over HTTP. `code`: where another question comes before the machine is asked, its answer. */
const steps: { event: Event; send: Try; code?: string; noted?: string }[] = [
  { event: 'claim', send: ({ id }) => scene.h.call(kim(), api.claim, { id }) },
  { event: 'release', send: ({ id }) => scene.h.call(kim(), api.release, { id }), code: 'conversations.claim_lost' },
  {
    event: 'send_and_wait',
    send: ({ id }) => scene.h.call(kim(), api.reply, { id, text: 'Guten Tag', to: [{ address: 'e@post.example' }], ...draft }),
    code: 'conversations.claim_lost',
    noted: 'conversations.stale_send_refused',
  },
  { event: 'ask_expert', send: step('ask_expert') },
  { event: 'expert_answered', send: step('expert_answered') },
  { event: 'need_third_party', send: step('need_third_party') },
  { event: 'third_party_answered', send: step('third_party_answered') },
  { event: 'classify_spam', send: step('classify_spam') },
  { event: 'not_spam', send: step('not_spam') },
  { event: 'merge', send: ({ id, otherId }) => scene.h.call(kim(), api.merge, { id, intoId: otherId }) },
  { event: 'unmerge', send: ({ id }) => scene.h.call(kim(), api.unmerge, { id }) },
  {
    event: 'hand_over',
    send: ({ id, caseId }) => {
      const { luise, olaf } = scene.people;
      return scene.h.call(luise, on.handOver, { id: caseId, conversationId: id, to: { personId: olaf.id }, mode: 'cold', brief });
    },
  },
];

describe('a step that the state machine does not know', () => {
  let target: Target;
  beforeAll(async () => {
    const { conversationId, caseId } = await scene.opened();
    const { conversationId: otherId } = await scene.opened();
    target = { id: conversationId, caseId, otherId };
  });
  beforeEach(() => scene.h.clock.advance(60_000));

  /** Everything that a step could leave behind. */
  const everything = () =>
    scene.h.db.one(sql`select (select jsonb_agg(to_jsonb(c) order by c.id) from conversations c) as conversations,
      (select jsonb_agg(to_jsonb(k) order by k.id) from cases k) as cases, (select jsonb_agg(to_jsonb(l)) from customer_leases l) as leases,
      (select count(*) from messages) as messages, (select count(*) from handovers) as handovers, (select count(*) from audit_log) as audited`);

  const illegal = conversationState.options.flatMap((state) =>
    steps.filter(({ event }) => nextState(state, event, 'queued') === undefined).map((one) => ({ state, ...one })),
  );

  it('is tried in every state', () => {
    expect(new Set(illegal.map(({ state }) => state))).toEqual(new Set(conversationState.options));
    expect(new Set(illegal.map(({ event }) => event))).toEqual(new Set(steps.map(({ event }) => event)));
  });

  it.each(illegal)('$state, $event: is refused, noted, and changes nothing', async ({ state, event, send, code, noted }) => {
    await scene.h.db.exec(sql`update conversations set state = ${state} where id = ${target.id}`);
    const before = await everything();
    const refused = await send(target);
    expect([refused.status, refused.problem.code]).toEqual([409, code ?? 'core.illegal_transition']);
    expect(refused.events.map(({ type }) => type)).toEqual([noted ?? 'conversations.step_refused']);
    if (!noted)
      expect(refused.events[0]?.data).toMatchObject({ conversationId: target.id, personId: expect.any(String), state, step: event });
    expect(await everything()).toEqual(before);
  });

  it.each(['classify_spam', 'not_spam'] as const)('%s is refused and noted among many, of which the others stand', async (name) => {
    const possible = name === 'not_spam' ? 'spam' : 'queued';
    await scene.h.db.exec(sql`update conversations set state = 'waiting_internal', tags = '{}' where id = ${target.id}`);
    await scene.h.db.exec(sql`update conversations set state = ${possible}, tags = '{}' where id = ${target.otherId}`);
    const reply = await scene.h.call(kim(), api.bulk, { ids: [target.id, target.otherId], step: name, tags: ['neu'] });
    expect(new Map(reply.body.results.map(({ id, code }) => [id, code]))).toEqual(
      new Map([
        [target.id, 'core.illegal_transition'],
        [target.otherId, null],
      ]),
    );
    expect(reply.events.filter(({ type }) => type === 'conversations.step_refused').map(({ data }) => data)).toEqual([
      { conversationId: target.id, personId: kim().id, state: 'waiting_internal', step: name },
    ]);
    const rows = await scene.h.db.query(
      sql`select id, state, tags from conversations where id = any(${[target.id, target.otherId]}::uuid[]) order by tags`,
    );
    expect(rows).toEqual([
      { id: target.id, state: 'waiting_internal', tags: [] },
      { id: target.otherId, state: name === 'not_spam' ? 'queued' : 'spam', tags: ['neu'] },
    ]);
  });
});
