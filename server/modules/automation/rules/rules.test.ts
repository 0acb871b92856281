import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { automationEndpoints as on } from '../../../../contract/automation.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { someRule } from '../testing.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
});
afterAll(() => h.close());
afterEach(() => h.db.exec(sql`delete from automation_rules`));

const save = (rule: ReturnType<typeof someRule>, who: { id: string } = people.dorit) => h.call(who, on.saveRule, rule);
const audited = () =>
  h.db.query<{ action: string; reason: string | null; data: unknown }>(
    sql`select action, reason, data from audit_log order by seq desc limit 1`,
  );

describe('a rule', () => {
  it('is saved with who and when, told, and noted with what the customer gains', async () => {
    const rule = someRule({ name: 'Eilig', benefit: 'Wer friert, kommt zuerst.' });
    const { body, events } = await save(rule);
    expect(body.rule).toEqual({ ...rule, version: 1, changedBy: people.dorit.id, changedAt: h.clock.now().toISOString() });
    expect(events.map(({ type, data }) => [type, data])).toEqual([['automation.rules_changed', { ruleId: rule.id }]]);
    expect(await audited()).toEqual([
      { action: 'automation.rule_on', reason: 'Wer friert, kommt zuerst.', data: { name: 'Eilig', version: 1 } },
    ]);
  });

  it.each(['', '   '])('cannot be on without what the customer gains by it (%j), only off', async (benefit) => {
    const rule = someRule({ benefit });
    expect((await save(rule)).problem.code).toBe('automation.benefit_missing');
    expect((await save({ ...rule, isOn: false })).status).toBe(200);
    expect((await save({ ...rule, version: 1 })).problem.code).toBe('automation.benefit_missing');
    expect((await h.call(people.dorit, on.rules, {})).body.items).toMatchObject([{ version: 1, isOn: false }]);
  });

  it('keeps every version as it was; an older one comes back as a new one', async () => {
    const first = someRule({ name: 'eins' });
    await save(first);
    await save({ ...first, version: 1, name: 'zwei', isOn: false });
    const { items } = (await h.call(people.luise, on.versions, { id: first.id })).body;
    expect(items.map(({ version, name, isOn }) => [version, name, isOn])).toEqual([
      [2, 'zwei', false],
      [1, 'eins', true],
    ]);
    const { changedBy: _by, changedAt: _at, ...old } = items[1] ?? items[0] ?? { ...first, changedBy: null, changedAt: '' };
    expect((await save({ ...old, version: 2 })).body.rule).toMatchObject({ version: 3, name: 'eins' });
    expect((await h.call(people.luise, on.versions, { id: first.id })).body.items.slice(1)).toEqual(items);
  });

  it('of two who change the same version the later looks again', async () => {
    const rule = someRule();
    await save(rule);
    expect((await save({ ...rule, version: 1, name: 'anders' })).status).toBe(200);
    expect((await save({ ...rule, version: 1, name: 'noch anders' })).problem).toMatchObject({
      code: 'core.conflict',
      data: { version: 2 },
    });
  });

  it.each([
    ['automation.name_taken', { name: 'SCHON DA' }],
    ['automation.condition_invalid', { conditions: [{ kind: 'team' as const, is: true, values: [crypto.randomUUID()] }] }],
    ['automation.condition_invalid', { conditions: [{ kind: 'tag' as const, is: true, values: [] }] }],
    ['automation.condition_invalid', { conditions: [{ kind: 'automatic' as const, is: true, values: ['ja'] }] }],
    ['automation.action_invalid', { actions: [{ kind: 'set_topic' as const, value: crypto.randomUUID() }] }],
    ['automation.action_invalid', { actions: [{ kind: 'set_priority' as const, value: 'sofort' }] }],
  ])('is refused with %s, and nothing is saved (%#)', async (code, given) => {
    await save(someRule({ name: 'schon da' }));
    expect((await save(someRule(given))).problem.code).toBe(code);
    expect((await h.call(people.dorit, on.rules, {})).body.items).toHaveLength(1);
  });

  it('is drafted by leads, and switched on, changed while on, ordered and removed by the administration alone', async () => {
    const draft = someRule({ isOn: false });
    expect((await save(draft, people.luise)).status).toBe(200);
    expect((await save({ ...draft, version: 1, isOn: true }, people.luise)).problem.code).toBe('automation.for_administration');
    expect((await save({ ...draft, version: 1, isOn: true })).status).toBe(200);
    expect((await save({ ...draft, version: 2, isOn: false }, people.luise)).problem.code).toBe('automation.for_administration');
    expect((await h.call(people.luise, on.dropRule, { id: draft.id })).status).toBe(403);
    expect((await h.call(people.luise, on.orderRules, { ids: [draft.id] })).status).toBe(403);
    expect((await save(someRule({ isOn: false }), people.kim)).status).toBe(403);
  });

  it('stands where it was put, all named or none; what is removed is gone, its name free, its versions stay', async () => {
    const [a, b] = [someRule({ name: 'a' }), someRule({ name: 'b' })];
    await save(a);
    await save(b);
    expect((await h.call(people.dorit, on.orderRules, { ids: [b.id] })).problem.code).toBe('core.conflict');
    expect((await h.call(people.dorit, on.orderRules, { ids: [b.id, a.id] })).body.items.map(({ name }) => name)).toEqual(['b', 'a']);
    expect((await h.call(people.dorit, on.dropRule, { id: b.id })).status).toBe(200);
    expect((await h.call(people.dorit, on.rules, {})).body.items.map(({ name }) => name)).toEqual(['a']);
    expect((await save(someRule({ name: 'b' }))).status).toBe(200);
    expect((await save({ ...b, version: 1 })).status).toBe(404);
    expect((await h.call(people.dorit, on.versions, { id: b.id })).body.items).toHaveLength(1);
  });
});
