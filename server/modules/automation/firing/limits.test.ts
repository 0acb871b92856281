import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AutomationAction, AutomationTrigger } from '../../../../contract/automation.ts';
import { changes, match } from '../matching/match.ts';
import { someFacts, someRule } from '../testing.ts';
import { chainFor, mostDeep, mostPerHour, stopFor } from './limits.ts';

describe('a rule is stopped', () => {
  it('by what its own doing called, by too long a chain, by too many times within an hour, and by nothing else', () => {
    expect(stopFor('a', { chain: [], lately: 0 })).toBeNull();
    expect(stopFor('a', { chain: ['b', 'c', 'd', 'e'], lately: mostPerHour - 1 })).toBeNull();
    expect(stopFor('a', { chain: ['b', 'a'], lately: 0 })).toBe('own_effect');
    expect(stopFor('a', { chain: ['b', 'c', 'd', 'e', 'f'], lately: 0 })).toBe('depth');
    expect(stopFor('a', { chain: [], lately: mostPerHour })).toBe('rate');
  });
});

const tags = ['a', 'b', 'c', 'd', 'e', 'f'];
const action: fc.Arbitrary<AutomationAction> = fc.oneof(
  fc.record({ kind: fc.constantFrom('add_tag' as const, 'remove_tag' as const), value: fc.constantFrom(...tags) }),
  fc.record({ kind: fc.constant('set_priority' as const), value: fc.constantFrom('low', 'high') }),
  fc.constant({ kind: 'add_note' as const, value: 'x' }),
);
const trigger = fc.constantFrom<AutomationTrigger>('message_received', 'tagged', 'priority_changed');
const someRules = fc
  .array(
    fc.record({
      trigger,
      actions: fc.array(action, { minLength: 1, maxLength: 3 }),
      conditions: fc.array(
        fc.record({ kind: fc.constant('tag' as const), is: fc.boolean(), values: fc.constantFrom(...tags).map((tag) => [tag]) }),
        { maxLength: 1 },
      ),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map((given) => someRule(given)));

/** What the subscriber does, without a database: every effect is told, and what is told is looked at until nothing is left. */
function play(rules: ReturnType<typeof someRule>[], outside: AutomationTrigger[]) {
  const fired = new Map<string, number>();
  let facts = someFacts();
  let deepest = 0;
  let steps = 0;
  const waiting = outside.map((one) => ({ trigger: one, chain: [] as string[] }));
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    const first = facts;
    const acted: string[] = [];
    for (const rule of rules.filter((each) => each.trigger === one.trigger)) {
      if (!match(rule, facts).fits || !rule.actions.some((each) => changes(each, facts))) continue;
      const led = chainFor(one.chain, acted, match(rule, first).fits);
      if (stopFor(rule.id, { chain: led, lately: fired.get(rule.id) ?? 0 })) continue;
      fired.set(rule.id, (fired.get(rule.id) ?? 0) + 1);
      acted.push(rule.id);
      const chain = [...led, rule.id];
      deepest = Math.max(deepest, chain.length);
      for (const { kind, value } of rule.actions.filter((each) => changes(each, facts))) {
        if (kind === 'add_tag') facts = { ...facts, tags: [...facts.tags, value] };
        if (kind === 'remove_tag') facts = { ...facts, tags: facts.tags.filter((tag) => tag !== value) };
        if (kind === 'set_priority') facts = { ...facts, priority: value };
        if (kind === 'add_tag') waiting.push({ trigger: 'tagged', chain });
        if (kind === 'set_priority') waiting.push({ trigger: 'priority_changed', chain });
      }
    }
    steps += 1;
    if (steps > 100_000) throw new Error('it never ends');
  }
  return { fired, deepest };
}

describe('whatever rules are written and whatever happens within an hour', () => {
  it('it comes to rest, no chain is longer than it may be, and no rule acts more often than it may', () => {
    fc.assert(
      fc.property(someRules, fc.array(trigger, { maxLength: 12 }), (rules, outside) => {
        const played = play(rules, outside);
        expect(played.deepest).toBeLessThanOrEqual(mostDeep);
        for (const times of played.fired.values()) expect(times).toBeLessThanOrEqual(mostPerHour);
      }),
      { numRuns: 500 },
    );
  });

  it('both bounds are reached by some, so they are needed', () => {
    const handingOn = tags.map((value, n) =>
      someRule({
        trigger: n === 0 ? 'message_received' : 'tagged',
        conditions: tags.slice(Math.max(0, n - 1), n).map((before) => ({ kind: 'tag', is: true, values: [before] })),
        actions: [{ kind: 'add_tag', value }],
      }),
    );
    expect(play(handingOn, ['message_received']).deepest).toBe(mostDeep);
    const noting = someRule({ trigger: 'message_received', conditions: [], actions: [{ kind: 'add_note', value: 'x' }] });
    expect([
      ...play(
        [noting],
        Array.from({ length: mostPerHour + 7 }, () => 'message_received' as const),
      ).fired.values(),
    ]).toEqual([mostPerHour]);
  });
});
