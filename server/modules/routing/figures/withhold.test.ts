import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Contact, type Group, least, withhold } from './withhold.ts';

/** Contacts of so many people, so many each. */
const work = (people: number, each: number, prefix = 'p'): Contact[] =>
  Array.from({ length: people * each }, (_, n) => ({ personId: `${prefix}${n % people}` }));
const team = (id: string): Group => ({ key: id, teamIds: [id] });
const shown = (groups: readonly Group[], contacts: Record<string, Contact[]>) =>
  Object.fromEntries(withhold(groups, new Map(Object.entries(contacts))));

describe('what is withheld so that nobody can be told from a figure', () => {
  it('is a group of fewer than eight people, or with fewer than thirty contacts, or of which one did more than half', () => {
    const alone = (contacts: Contact[]) => shown([team('a')], { a: contacts })['a'];
    expect(alone(work(7, 20))).toBe('few_people');
    expect(alone(work(8, 3))).toBe('few_contacts');
    expect(alone(work(8, 4))).toBeNull();
    expect(alone([...work(8, 4), ...work(1, 40, 'q')])).toBe('one_dominates');
    // Who has no answer counts as a contact and as nobody.
    expect(alone([...work(7, 4), ...Array.from({ length: 40 }, () => ({ personId: null }))])).toBe('few_people');
  });

  it('is a team that differs from one that is shown by one person: A of nine, and A without one', () => {
    expect(shown([team('a'), team('b')], { a: work(9, 5), b: work(8, 5) })).toEqual({ a: null, b: 'would_reveal' });
    expect(shown([team('a'), team('b')], { a: work(9, 5), b: work(8, 5, 'q') })).toEqual({ a: null, b: null });
  });

  it('is a site whose small team would be what is left of it after its large ones', () => {
    const site: Group = { key: 'site', teamIds: ['a', 'b'] };
    expect(shown([team('a'), team('b'), site], { a: work(9, 5), b: work(3, 30, 'q') })).toEqual({
      a: null,
      b: 'few_people',
      site: 'would_reveal',
    });
    // Two small ones hide each other in it.
    const whole: Group = { key: 'site', teamIds: ['a', 'b', 'c'] };
    expect(shown([team('a'), team('b'), team('c'), whole], { a: work(9, 5), b: work(4, 9, 'q'), c: work(4, 9, 'r') })).toEqual({
      a: null,
      b: 'few_people',
      c: 'few_people',
      site: null,
    });
    // The same team, and nothing beside it, is the same figure again.
    expect(shown([team('a'), { key: 'site', teamIds: ['a'] }], { a: work(9, 5) })).toEqual({ a: null, site: null });
  });

  it('cannot be computed from what is shown: whatever is taken from whatever, what is left is nobody or large enough', () => {
    const one = fc.record({
      site: fc.integer({ min: 0, max: 2 }),
      people: fc.integer({ min: 1, max: 14 }),
      each: fc.integer({ min: 0, max: 9 }),
      more: fc.integer({ min: 0, max: 60 }),
      unanswered: fc.integer({ min: 0, max: 20 }),
      isOwn: fc.boolean(),
    });
    const teams = fc.array(one, { minLength: 1, maxLength: 6 }).map((all) =>
      all.map(({ site, people, each, more, unanswered, isOwn }, n) => {
        const of = isOwn ? `t${n} ` : 'p';
        const nobody = Array.from({ length: unanswered }, () => ({ personId: null }));
        return { site, contacts: [...work(people, each, of), ...work(1, more, of), ...nobody] };
      }),
    );
    let withheld = 0;
    let shownGroups = 0;
    fc.assert(
      fc.property(teams, (all) => {
        const contacts = new Map(all.map((one, n) => [String(n), one.contacts]));
        const ids = [...contacts.keys()];
        const sites = [0, 1, 2].map((site) => ({ key: `site ${site}`, teamIds: ids.filter((id) => all[Number(id)]?.site === site) }));
        const groups = [...ids.map(team), ...sites.filter(({ teamIds }) => teamIds.length > 0), { key: 'company', teamIds: ids }];
        const result = withhold(groups, contacts);
        const visible = groups.filter(({ key }) => result.get(key) === null);
        shownGroups += visible.length;
        withheld += groups.length - visible.length;
        // Every sum and difference of what is shown, as the set of teams it speaks of: found by trying, not by the rule.
        for (const whole of visible)
          for (let mask = 0; mask < 2 ** visible.length; mask += 1) {
            const parts = visible.filter((one, n) => (mask >> n) % 2 === 1 && one !== whole);
            const names = parts.flatMap(({ teamIds }) => teamIds);
            if (new Set(names).size < names.length || names.some((id) => !whole.teamIds.includes(id))) continue;
            const rest = whole.teamIds.filter((id) => !names.includes(id)).flatMap((id) => contacts.get(id) ?? []);
            if (rest.length === 0) continue;
            const counts = Map.groupBy(
              rest.filter(({ personId }) => personId),
              ({ personId }) => personId,
            );
            expect(counts.size).toBeGreaterThanOrEqual(least.people);
            expect(rest.length).toBeGreaterThanOrEqual(least.contacts);
            expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBeLessThanOrEqual(rest.length / 2);
          }
      }),
      { numRuns: 300 },
    );
    // It withholds, and it shows.
    expect(Math.min(withheld, shownGroups)).toBeGreaterThan(100);
  });
});
