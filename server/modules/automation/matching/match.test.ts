import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AutomationCondition } from '../../../../contract/automation.ts';
import { someFacts } from '../testing.ts';
import { fold } from './fold.ts';
import { changes, type Facts, match } from './match.ts';

const fits = (conditions: AutomationCondition[], facts: Partial<Facts> = {}, how: 'all' | 'any' = 'all') =>
  match({ match: how, conditions }, someFacts(facts)).fits;
const asks = (kind: AutomationCondition['kind'], values: string[] = [], is = true): AutomationCondition => ({ kind, is, values });

describe('a condition', () => {
  it.each<[AutomationCondition, Partial<Facts>, Partial<Facts>]>([
    [asks('channel', ['email', 'chat']), { channel: 'chat' }, { channel: 'post' }],
    [asks('account', ['a']), { accountId: 'a' }, { accountId: null }],
    [asks('language', ['tr']), { languages: ['de', 'tr'] }, { languages: [] }],
    [asks('topic', ['above']), { topicIds: ['below', 'above'] }, { topicIds: ['beside'] }],
    [asks('tag', ['vip']), { tags: ['x', 'vip'] }, { tags: [] }],
    [asks('priority', ['urgent']), { priority: 'urgent' }, { priority: 'low' }],
    [asks('team', ['t']), { teamId: 't' }, { teamId: null }],
    [asks('state', ['queued']), { state: 'queued' }, { state: 'resolved' }],
    [asks('text', ['Ladekabel', 'brennt']), { text: fold('Das Ding BRENNT!') }, { text: fold('Alles gut.') }],
    [asks('automatic'), { isAutomatic: true }, { isAutomatic: false }],
    [asks('customer_known'), { isKnown: true }, { isKnown: false }],
    [asks('open_hours'), { isOpen: true }, { isOpen: false }],
  ])('%o holds where it is so, and turned round where it is not', (condition, so, notSo) => {
    expect([fits([condition], so), fits([condition], notSo)]).toEqual([true, false]);
    expect([fits([{ ...condition, is: false }], so), fits([{ ...condition, is: false }], notSo)]).toEqual([false, true]);
  });

  it.each([
    ['rücksendung', 'Meine RUECKSENDUNG'],
    ['Strasse', 'In der Straße'],
    ['cafe', 'Ein Café'],
    ['geht nicht', 'Es geht\n  nicht mehr'],
  ])('“%s” is found in “%s”', (wanted, text) => expect(fits([asks('text', [wanted])], { text: fold(text) })).toBe(true));

  it('compares texts however they are written, always alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abeouäöüßnÄÖÜé \n') }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(fold(a.toUpperCase())).toBe(fold(a));
        expect(fold(a.normalize('NFD'))).toBe(fold(a));
        expect(fold(`${b} ${a} ${b}`)).toContain(fold(a));
      }),
      { numRuns: 300 },
    );
  });
});

const plain = (['automatic', 'customer_known', 'open_hours'] as const).map((kind) => asks(kind));
const someConditions = fc.array(
  fc.record({ one: fc.constantFrom(...plain), is: fc.boolean() }).map(({ one, is }) => ({ ...one, is })),
  { maxLength: 6 },
);
const someBooleans = fc.record({ isAutomatic: fc.boolean(), isKnown: fc.boolean(), isOpen: fc.boolean() });

describe('conditions together', () => {
  it('hold all or one is enough, whatever their order; without any it always fits', () => {
    fc.assert(
      fc.property(someConditions, someBooleans, (conditions, facts) => {
        const each = conditions.map((one) => fits([one], facts));
        expect(fits(conditions, facts, 'all')).toBe(each.every(Boolean));
        expect(fits(conditions, facts, 'any')).toBe(each.length === 0 || each.some(Boolean));
        expect(match({ match: 'all', conditions }, someFacts(facts)).holds).toEqual(each);
        expect(fits(conditions.toReversed(), facts, 'any')).toBe(fits(conditions, facts, 'any'));
      }),
    );
  });
});

it.each([
  [{ kind: 'set_priority', value: 'high' }, { priority: 'high' }, { priority: 'normal' }],
  [{ kind: 'add_tag', value: 'a' }, { tags: ['a'] }, { tags: [] }],
  [{ kind: 'remove_tag', value: 'a' }, { tags: [] }, { tags: ['a'] }],
  [{ kind: 'set_topic', value: 't' }, { topicIds: ['t', 'u'] }, { topicIds: ['u', 't'] }],
  [{ kind: 'assign_team', value: 't' }, { teamId: 't' }, { teamId: null }],
] as const)('%o changes nothing where it is so already', (action, so, notSo) => {
  expect([changes(action, someFacts(so)), changes(action, someFacts(notSo))]).toEqual([false, true]);
});
