import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knowledgeEndpoints as on } from '../../../../contract/knowledge.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { newId } from '../../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { listen } from '../../../testing/sync-law.ts';
import { type Cast, cast, createPerson, createTeam, type TestPerson } from '../../workspace/testing.ts';

let house: TestHouse;
let we: Cast;
let keeper: TestPerson;
/** A team of no site, so that nobody leads it but whom it names. */
let away: { id: string };
let stranger: TestPerson;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'knowledge' });
  we = await cast(house);
  keeper = await createPerson(house, { roles: ['knowledge'] });
  away = await createTeam(house, { name: 'Fax' });
  stranger = await createPerson(house, { roles: ['agent'], teamIds: [away.id] });
});
afterAll(() => house.close());

let count = 0;
const fields = (more: { shortcut?: string; title?: string; text?: { de: string; en: string }; teamId?: string | null } = {}) => {
  count += 1;
  return { title: `Baustein ${count}`, shortcut: `wort${count}`, text: { de: 'Guten Tag {{kunde.name}}', en: '' }, teamId: null, ...more };
};
const save = (who: { id: string }, more: Parameters<typeof fields>[0] = {}, id = newId(), version = 0) =>
  house.call(who, on.saveSnippet, { id, version, ...fields(more) });
const titles = async (who: { id: string }) => (await house.call(who, on.snippets, {})).body.items.map(({ title }) => title);

describe('snippets', () => {
  it('are written, changed and removed by whoever answers for all of them; everybody who answers reads them', async () => {
    const made = await save(keeper, { title: 'Begrüßung', shortcut: 'Hallo' });
    expect(made.status).toBe(200);
    expect(made.body.snippet).toMatchObject({ version: 1, shortcut: 'hallo', teamId: null, writtenBy: keeper.id });
    const { id } = made.body.snippet;
    expect(made.events).toEqual([{ type: 'knowledge.snippet_changed', data: { snippetId: id, teamId: null, fromTeamId: null } }]);
    for (const who of [we.kim, we.luise, we.dorit, keeper]) expect(await titles(who)).toContain('Begrüßung');
    const changed = await save(keeper, { title: 'Begrüßung am Morgen', shortcut: 'hallo' }, id, 1);
    expect(changed.body.snippet).toMatchObject({ id, version: 2, title: 'Begrüßung am Morgen' });
    const late = await save(we.dorit, { title: 'Zu spät', shortcut: 'hallo' }, id, 1);
    expect([late.status, late.problem.code, late.events]).toEqual([409, 'core.conflict', []]);
    expect((await house.call(keeper, on.dropSnippet, { id })).body).toEqual({ done: true });
    expect(await titles(we.kim)).not.toContain('Begrüßung am Morgen');
    expect((await house.call(keeper, on.dropSnippet, { id })).problem.code).toBe('core.not_found');
  });

  it('of a team are seen by its own people and by whoever edits all, and written by its lead', async () => {
    const made = await save(we.luise, { title: 'Nur Leipzig', teamId: we.team.id });
    expect(made.status).toBe(200);
    const { id } = made.body.snippet;
    for (const who of [we.kim, we.luise, keeper]) expect(await titles(who)).toContain('Nur Leipzig');
    for (const who of [we.mehmet, stranger]) expect(await titles(who)).not.toContain('Nur Leipzig');
    for (const teamId of [null, away.id]) {
      const refused = await save(we.luise, { teamId });
      expect([refused.status, refused.problem.code]).toEqual([403, 'core.forbidden']);
      // Nor may a lead give away what is the team's.
      expect((await save(we.luise, { teamId }, id, 1)).status).toBe(403);
    }
    const foreign = (await save(keeper, { title: 'Fax', teamId: away.id })).body.snippet;
    expect((await save(we.luise, { teamId: we.team.id }, foreign.id, 1)).problem.code).toBe('core.not_found');
    expect((await house.call(we.luise, on.dropSnippet, { id: foreign.id })).problem.code).toBe('core.not_found');
    expect((await house.call(we.kim, on.dropSnippet, { id })).status).toBe(403);
  });

  it('say what is wrong with them, and nothing is saved', async () => {
    const before = await titles(keeper);
    const unknown = await save(keeper, { text: { de: 'Hallo {{kunde.schuhgröße}} {{kunde.name}}', en: '{{x}}' } });
    expect([unknown.status, unknown.problem.code, unknown.problem.data]).toEqual([
      422,
      'knowledge.placeholder_unknown',
      { names: '{{kunde.schuhgröße}}, {{x}}' },
    ]);
    expect((await save(keeper, { text: { de: ' ', en: '' } })).problem.code).toBe('knowledge.text_missing');
    expect((await save(keeper, { teamId: newId() })).problem.code).toBe('knowledge.team_unknown');
    for (const shortcut of ['', 'zwei wörter', '/x', 'x'.repeat(31)]) expect((await save(keeper, { shortcut })).status).toBe(400);
    expect((await save(keeper, { text: { de: 'x'.repeat(10_001), en: '' } })).status).toBe(400);
    expect(await titles(keeper)).toEqual(before);
  });

  it('have a shortcut of their own among the same people, also when two take it at once', async () => {
    const [first, second] = await Promise.all([save(keeper, { shortcut: 'danke' }), save(we.dorit, { shortcut: 'danke' })]);
    expect([first.status, second.status].toSorted()).toEqual([200, 409]);
    const refused = first.status === 409 ? first : second;
    expect(refused.problem.code).toBe('knowledge.shortcut_taken');
    expect((await save(we.luise, { shortcut: 'danke', teamId: we.team.id })).status).toBe(200);
    expect((await save(we.luise, { shortcut: 'danke', teamId: we.team.id })).problem.code).toBe('knowledge.shortcut_taken');
  });

  it('of a dissolved team go to its successor, with another word where the successor has it', async () => {
    const [ending, next] = [await createTeam(house), await createTeam(house)];
    const [kept, own, free] = [
      (await save(keeper, { shortcut: 'gruss', teamId: ending.id })).body.snippet,
      (await save(keeper, { shortcut: 'gruss', teamId: next.id })).body.snippet,
      (await save(keeper, { shortcut: 'frei', teamId: ending.id })).body.snippet,
    ];
    await house.call(we.dorit, workspaceEndpoints.archiveTeam, { id: ending.id, successorId: next.id });
    await house.drain();
    const now = (await house.call(keeper, on.snippets, {})).body.items.filter(({ teamId }) => teamId === next.id);
    expect(now.map(({ id, shortcut }) => [id, shortcut]).toSorted()).toEqual(
      [
        [kept.id, 'gruss2'],
        [own.id, 'gruss'],
        [free.id, 'frei'],
      ].toSorted(),
    );
  });

  it('a browser that only listens knows what one that asks is told', async () => {
    const ears = await Promise.all([we.kim, stranger, keeper, we.luise].map(async (who) => ({ who, told: await listen(house, who) })));
    const known = new Map<string, Set<string>>();
    const agree = async () => {
      for (const { who, told } of ears) {
        await told.settled();
        const asked = (await house.call(who, on.snippets, {})).body.items;
        const heard = [...told.records].filter(([key]) => key.startsWith('snippet ')).map(([, { data }]) => data);
        // Of what changed since it listens.
        const ids = known.get(who.id) ?? new Set();
        for (const one of heard) ids.add(String(one['id']));
        known.set(who.id, ids);
        expect(heard.toSorted(byId)).toEqual(asked.filter(({ id }) => ids.has(id)).toSorted(byId));
      }
    };
    const { snippet } = (await save(keeper)).body;
    await agree();
    expect(known.get(stranger.id)).toContain(snippet.id);
    await save(keeper, { teamId: we.team.id }, snippet.id, 1);
    await agree();
    await save(keeper, { teamId: away.id }, snippet.id, 2);
    await agree();
    await house.call(keeper, on.dropSnippet, { id: snippet.id });
    await agree();
    for (const { told } of ears) told.close();
  });
});

const byId = (a: { id?: unknown }, b: { id?: unknown }): number => String(a.id).localeCompare(String(b.id));
