import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { automationEndpoints as on } from '../../../../contract/automation.ts';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { Event } from '../../../platform/events/event.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { someRule } from '../testing.ts';
import { fireRules } from './fire.ts';
import { mostDeep, mostPerHour } from './limits.ts';
import { sweepLog } from './log.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());
afterEach(async () => {
  for (const { id } of (await h.call(people.dorit, on.rules, {})).body.items) await h.call(people.dorit, on.dropRule, { id });
  await h.drain();
});

async function write(given: Parameters<typeof someRule>[0] = {}) {
  const rule = someRule(given);
  const { status, problem } = await h.call(people.dorit, on.saveRule, rule);
  expect(status, problem.code).toBe(200);
  await h.drain();
  return rule;
}
let count = 0;
async function arrives(text = 'Wo ist mein Sofa?', { from = '', headers = [] as string[], date = '' } = {}): Promise<string> {
  count += 1;
  h.clock.advance(1_000);
  const head = [
    `From: Erika Klein <${from || `a${count}`}@post.example>`,
    'To: service@haus.example',
    'Subject: Sofa',
    `Message-ID: <a${count}@post.example>`,
    ...(date ? [`Date: ${date}`] : []),
    ...headers,
  ];
  await mailArrives(h, account.id, [...head, '', text].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}
const open = async (id: string) => (await h.call(people.kim, api.open, { id })).body;
const stateOf = async (id: string) => (await open(id)).conversation;
const log = async (id: string) => (await h.call(people.kim, on.conversationLog, { id })).body.items;

describe('a rule that is on', () => {
  it('acts on what comes in, says so in the timeline, and why in both logs; another one does not', async () => {
    const rule = await write({
      name: 'Brandgefahr',
      conditions: [
        { kind: 'text', is: true, values: ['brennt'] },
        { kind: 'automatic', is: false, values: [] },
      ],
      actions: [
        { kind: 'set_priority', value: 'urgent' },
        { kind: 'add_tag', value: 'brand' },
        { kind: 'add_note', value: 'Erst die Sicherheit.' },
      ],
    });
    const other = await arrives('Alles gut.');
    const id = await arrives('Mein Akku BRENNT');
    expect(await stateOf(id)).toMatchObject({ priority: 'urgent', tags: ['brand'] });
    expect(await stateOf(other)).toMatchObject({ priority: 'normal', tags: [] });
    const { messages } = await open(id);
    const line = messages.find(({ kind, text }) => kind === 'system' && text.includes('automation.rule_fired'));
    expect([line?.author, JSON.parse(line?.text ?? '{}')]).toEqual([
      { kind: 'system', id: null, name: 'Brandgefahr' },
      {
        code: 'automation.rule_fired',
        data: { rule: 'Brandgefahr', version: '1', trigger: 'message_received', did: 'set_priority,add_tag,add_note' },
      },
    ]);
    expect(messages.find(({ kind }) => kind === 'note')).toMatchObject({
      text: 'Erst die Sicherheit.',
      author: { kind: 'system', name: 'Brandgefahr' },
    });
    const [entry, ...more] = await log(id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      ruleId: rule.id,
      version: 1,
      ruleName: 'Brandgefahr',
      trigger: 'message_received',
      stop: null,
      conditions: rule.conditions,
    });
    expect(entry?.actions.map(({ kind, result }) => [kind, result])).toEqual([
      ['set_priority', 'done'],
      ['add_tag', 'done'],
      ['add_note', 'done'],
    ]);
    expect((await h.call(people.luise, on.ruleLog, { id: rule.id })).body.items).toEqual([entry]);
    // Whoever may not read the conversation sees that it was so, and not whose.
    expect((await h.call(people.dorit, on.ruleLog, { id: rule.id })).body.items).toEqual([{ ...entry, conversation: null }]);
    expect((await h.call(people.mehmet, on.conversationLog, { id })).status).toBe(404);
  });

  it('acts as whoever it is in the events, each naming what caused it', async () => {
    await write();
    const id = await arrives();
    const rows = await h.db.query<{ type: string; actor: string; cause: boolean }>(sql`select e.type, e.actor_kind as actor,
      e.causation_id = f.id::text as cause from events e, automation_firings f where f.conversation_id = ${id} and e.data->>'conversationId' = ${id}
        and e.type in ('conversations.changed', 'conversations.system_line_added')`);
    expect(rows).toEqual([
      { type: 'conversations.changed', actor: 'system', cause: true },
      { type: 'conversations.system_line_added', actor: 'system', cause: true },
    ]);
  });

  it('does all its steps in order, each seen by the rules after it; one refused does not keep the others', async () => {
    await write({ name: 'erst', actions: [{ kind: 'add_tag', value: 'eins' }] });
    await write({
      name: 'dann',
      conditions: [{ kind: 'tag', is: true, values: ['eins'] }],
      actions: [
        { kind: 'assign_team', value: people.otherTeam.id },
        { kind: 'add_tag', value: 'zwei' },
      ],
    });
    await h.db.exec(sql`update teams set archived_at = now(), successor_id = ${people.team.id} where id = ${people.otherTeam.id}`);
    const id = await arrives();
    await h.db.exec(sql`update teams set archived_at = null, successor_id = null where id = ${people.otherTeam.id}`);
    expect((await stateOf(id)).tags).toEqual(['eins', 'zwei']);
    const [entry] = await log(id);
    expect(entry?.actions.map(({ result, code }) => [result, code])).toEqual([
      ['refused', 'conversations.team_unknown'],
      ['done', null],
    ]);
  });

  it('puts out of sight for some hours, with the reason, at most until the answer is nearly due; never what somebody works on', async () => {
    const snooze = (hours: string) => ({ kind: 'snooze' as const, value: hours, reason: 'Nachts liest das niemand' });
    await write({ actions: [snooze('3')] });
    const id = await arrives();
    const { due } = await stateOf(id);
    const until = new Date(h.clock.now().getTime() + 3 * 3_600_000).toISOString();
    expect(Date.parse(due?.nearAt ?? '')).toBeGreaterThan(Date.parse(until));
    expect((await stateOf(id)).snoozedUntil).toBe(until);
    const { messages } = await open(id);
    expect(messages.flatMap(({ kind, text }) => (kind === 'system' ? JSON.parse(text) : []))).toContainEqual({
      code: 'automation.snoozed',
      data: { until, reason: 'Nachts liest das niemand' },
    });
    // Whoever writes again is seen again; a second rule finds it out of sight and has nothing to do.
    await write({ actions: [snooze('700')] });
    const other = await arrives();
    expect((await stateOf(other)).snoozedUntil).toBe(new Date(h.clock.now().getTime() + 3 * 3_600_000).toISOString());
    expect(await log(other)).toHaveLength(1);

    for (const { id: rule } of (await h.call(people.dorit, on.rules, {})).body.items) await h.call(people.dorit, on.dropRule, { id: rule });
    await write({ trigger: 'tagged', actions: [snooze('700')] });
    const tag = async (conversationId: string) => {
      await h.call(people.olaf, api.change, { id: conversationId, snoozedUntil: null, tags: [crypto.randomUUID()] });
      await h.drain();
      const [entry] = await log(conversationId);
      return [entry?.actions[0]?.result, entry?.actions[0]?.code, (await stateOf(conversationId)).snoozedUntil];
    };
    expect(await tag(id)).toEqual(['done', null, due?.nearAt]);
    await h.call(people.kim, api.claim, { id: other });
    expect(await tag(other)).toEqual(['refused', 'automation.in_hand', null]);
    h.clock.advance(Date.parse(due?.at ?? '') - h.clock.now().getTime());
    expect(await tag(id)).toEqual(['refused', 'automation.due_already', null]);
  });

  it('tells whoever leads the team, in a note that waits for them; refused where nobody does', async () => {
    await write({ actions: [{ kind: 'tell_lead', value: 'Bitte ansehen, bevor jemand antwortet.' }] });
    const lonely = await arrives();
    expect((await log(lonely))[0]?.actions).toMatchObject([{ result: 'refused', code: 'automation.no_lead' }]);
    await h.call(people.dorit, workspaceEndpoints.changeTeam, { id: people.team.id, leadIds: [people.luise.id] });
    const id = await arrives();
    await h.call(people.dorit, workspaceEndpoints.changeTeam, { id: people.team.id, leadIds: [] });
    expect((await log(id))[0]?.actions).toMatchObject([{ kind: 'tell_lead', result: 'done' }]);
    const note = (await open(id)).messages.find(({ kind }) => kind === 'note');
    expect(note).toMatchObject({ text: 'Bitte ansehen, bevor jemand antwortet.', mentions: [people.luise.id], author: { kind: 'system' } });
    const mine = await h.call(people.luise, api.list, { view: 'mentions' });
    expect(mine.body.items.map((one) => one.id)).toContain(id);
    expect(
      await h.db.query(sql`select from events where type = 'conversations.note_added' and data->>'conversationId' = ${id}
      and data->'mentionIds' = ${sql.json([people.luise.id])}`),
    ).toHaveLength(1);
  });

  it('sets the topic of a conversation that just began, and what follows from a topic follows', async () => {
    const { items } = (await h.call(people.kim, caseEndpoints.topics, {})).body;
    const below = items.find(({ parentId, retiredAt }) => parentId !== null && retiredAt === null);
    await write({ name: 'Thema', trigger: 'opened', actions: [{ kind: 'set_topic', value: below?.id ?? '' }] });
    await write({
      name: 'Folge',
      trigger: 'topic_changed',
      conditions: [{ kind: 'topic', is: true, values: [below?.parentId ?? ''] }],
      actions: [{ kind: 'add_tag', value: 'nach-thema' }],
    });
    const id = await arrives();
    const { caseId, tags } = await stateOf(id);
    expect((await h.call(people.kim, caseEndpoints.open, { id: caseId ?? '' })).body.case.topicId).toBe(below?.id);
    expect(tags).toEqual(['nach-thema']);
  });

  it('leaves alone what is off, what was brought along from an archive, what we write ourselves, and restricted customers', async () => {
    await write({ isOn: false });
    const off = await arrives();
    const rule = await write({ name: 'an' });
    const old = await arrives('Alt', { date: 'Mon, 02 Jan 2023 10:00:00 +0100' });
    await h.db.exec(sql`update messages set at = '2023-01-02' where conversation_id = ${old}`);
    expect((await stateOf(off)).priority).toBe('normal');
    const id = await arrives();
    await h.db.exec(sql`update conversations set priority = 1, restricted_at = now() where id = ${id}`);
    const event = await h.db.one<{ id: string }>(
      sql`select id from events where type = 'conversations.linked_to_case' and data->>'conversationId' = ${id}`,
    );
    expect(event).toBeDefined();
    await h.db.exec(sql`delete from automation_firings`);
    await again(id);
    expect(await h.db.query(sql`select from automation_firings where rule_id = ${rule.id}`)).toEqual([]);
    await h.db.exec(sql`update conversations set restricted_at = null where id = ${id}`);
    await again(id);
    expect(await h.db.query(sql`select from automation_firings where rule_id = ${rule.id}`)).toHaveLength(1);
  });

  it.each([
    ['resolved', 'resolved'],
    ['reopened', 'queued'],
  ] as const)('hears that a conversation is %s', async (trigger, toState) => {
    const id = await arrives();
    await write({ trigger, actions: [{ kind: 'add_tag', value: trigger }] });
    const fromState = trigger === 'resolved' ? 'in_progress' : 'resolved';
    await transaction(h.house.platform, system, async (ctx) => {
      ctx.emit('conversations.state_changed', {
        conversationId: id,
        customerId: '',
        teamId: null,
        caseId: null,
        assigneeId: null,
        fromState,
        toState,
      });
      // Not one of them.
      ctx.emit('conversations.state_changed', {
        conversationId: id,
        customerId: '',
        teamId: null,
        caseId: null,
        assigneeId: null,
        fromState: 'queued',
        toState: 'in_progress',
      });
    });
    await h.drain();
    expect(await log(id)).toHaveLength(1);
    expect((await stateOf(id)).tags).toEqual([trigger]);
  });

  it.each(['answer_near_due', 'answer_overdue'] as const)('hears %s', async (trigger) => {
    const id = await arrives();
    await write({ trigger, actions: [{ kind: 'add_tag', value: trigger }] });
    await transaction(h.house.platform, system, async (ctx) => {
      const at = ctx.now.toISOString();
      const rang = {
        conversationId: id,
        customerId: '',
        teamId: null,
        caseId: null,
        assigneeId: null,
        clock: 'first_answer' as const,
        since: at,
        dueAt: at,
        trueAt: at,
      };
      ctx.emit(`routing.${trigger}`, rang);
    });
    await h.drain();
    expect((await stateOf(id)).tags).toEqual([trigger]);
  });

  it.each(['solution_near_due', 'solution_overdue'] as const)('hears %s, in what is open of the case', async (trigger) => {
    const id = await arrives();
    const { caseId } = await stateOf(id);
    await write({ trigger, actions: [{ kind: 'add_tag', value: trigger }] });
    const ring = async () => {
      await transaction(h.house.platform, system, async (ctx) => {
        const at = ctx.now.toISOString();
        const facts = { caseId: caseId ?? '', customerId: '', teamIds: [], teamId: null, ownerId: null };
        ctx.emit(`routing.${trigger}`, { ...facts, startedAt: at, dueAt: at, trueAt: at });
      });
      await h.drain();
      return (await stateOf(id)).tags;
    };
    await h.db.exec(sql`update conversations set state = 'resolved' where id = ${id}`);
    expect(await ring()).toEqual([]);
    await h.db.exec(sql`update conversations set state = 'queued' where id = ${id}`);
    expect(await ring()).toEqual([trigger]);
  });

  it('hears of a tag that was not there before, of none that was, and of a priority', async () => {
    const id = await arrives();
    await h.call(people.kim, api.change, { id, tags: ['alt'] });
    await h.drain();
    await write({ name: 'Schlagwort', trigger: 'tagged', actions: [{ kind: 'add_note', value: 'getaggt' }] });
    await write({ name: 'Dringlichkeit', trigger: 'priority_changed', actions: [{ kind: 'add_note', value: 'gesetzt' }] });
    await h.call(people.kim, api.change, { id, tags: ['alt'] });
    await h.call(people.kim, api.change, { id, subject: 'Sessel' });
    await h.drain();
    expect(await log(id)).toEqual([]);
    await h.call(people.kim, api.change, { id, tags: ['alt', 'neu'], priority: 'high' });
    await h.drain();
    expect((await log(id)).map(({ ruleName }) => ruleName).toSorted()).toEqual(['Dringlichkeit', 'Schlagwort']);
  });
});

/** The events of a conversation are delivered once more. */
async function again(id: string): Promise<void> {
  const events = await h.db.query<Event>(sql`select id, type, at, causation_id as "causationId", data from events
    where type = any(${fireRules.on as string[]}::text[]) and data->>'conversationId' = ${id} order by seq`);
  await transaction(h.house.platform, system, (ctx) => fireRules.handle(ctx, events));
  await h.drain();
}

describe('delivered twice', () => {
  it('an event has its effect once', async () => {
    await write({ actions: [{ kind: 'add_note', value: 'einmal' }] });
    const id = await arrives();
    await again(id);
    await again(id);
    expect((await open(id)).messages.filter(({ kind }) => kind === 'note')).toHaveLength(1);
    expect(await log(id)).toHaveLength(1);
  });
});

describe('rules that call each other', () => {
  it('come to rest; what was stopped stands in the log, and nothing is switched off', async () => {
    const ring = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await write({ name: 'Anfang', actions: [{ kind: 'add_tag', value: 'a' }] });
    for (const [n, tag] of ring.entries())
      await write({
        name: `von ${tag}`,
        trigger: 'tagged',
        conditions: [{ kind: 'tag', is: true, values: [tag] }],
        actions: [
          { kind: 'remove_tag', value: tag },
          { kind: 'add_tag', value: ring[(n + 1) % ring.length] ?? '' },
        ],
      });
    const id = await arrives();
    const entries = await log(id);
    const times = Map.groupBy(
      entries.filter(({ stop }) => stop === null),
      ({ ruleName }) => ruleName,
    );
    expect(Math.max(...[...times.values()].map((each) => each.length))).toBeLessThanOrEqual(mostPerHour);
    expect(new Set(entries.flatMap(({ stop }) => stop ?? []))).toContain('depth');
    const chains = await h.db.query<{ n: number }>(
      sql`select cardinality(chain) as n from automation_firings where conversation_id = ${id} and stop is null`,
    );
    expect(Math.max(...chains.map(({ n }) => n))).toBeLessThan(mostDeep);
    expect((await h.call(people.dorit, on.rules, {})).body.items.every(({ isOn }) => isOn)).toBe(true);
  });

  it('a rule does not hear what its own doing caused', async () => {
    await write({
      name: 'Selbst',
      trigger: 'tagged',
      actions: [
        { kind: 'add_tag', value: 'mehr' },
        { kind: 'add_note', value: 'x' },
      ],
    });
    const id = await arrives();
    await h.call(people.kim, api.change, { id, tags: ['los'] });
    await h.drain();
    expect((await log(id)).map(({ stop }) => stop)).toEqual(['own_effect', null]);
  });

  it('a rule acts five times an hour in a conversation, then again when the hour is over', async () => {
    await write({ actions: [{ kind: 'add_note', value: 'wieder' }] });
    const id = await arrives('1', { from: 'oft' });
    for (let n = 2; n <= 7; n += 1) await arrives(String(n), { from: 'oft', headers: [`In-Reply-To: <a${count}@post.example>`] });
    expect((await log(id)).map(({ stop }) => stop)).toEqual(['rate', 'rate', null, null, null, null, null]);
    h.clock.advance(3_600_000);
    await arrives('8', { from: 'oft', headers: [`In-Reply-To: <a${count}@post.example>`] });
    expect((await log(id))[0]?.stop).toBeNull();
  });
});

describe('the log', () => {
  it('is kept for ninety days', async () => {
    await write();
    const id = await arrives();
    const sweep = async () => {
      await sweepLog(jobWork(h.house.platform));
      return (await log(id)).length;
    };
    h.clock.advance(89 * 24 * 3_600_000);
    expect(await sweep()).toBe(1);
    h.clock.advance(2 * 24 * 3_600_000);
    expect(await sweep()).toBe(0);
  });

  it('goes with the data of the customer, and nobody else’s with it', async () => {
    const privacy = await createPerson(h, { roles: ['privacy'] });
    await write();
    const [id, other] = [await arrives(), await arrives()];
    const { customerId } = await stateOf(id);
    expect(
      (await h.call(privacy, customersEndpoints.erase, { id: customerId, letters: 'keep', reason: 'Verlangt am Telefon' })).status,
    ).toBe(200);
    await h.drain();
    const left = await h.db.query<{ id: string }>(
      sql`select conversation_id as id from automation_firings where conversation_id in (${id}, ${other})`,
    );
    expect(left).toEqual([{ id: other }]);
  });
});
