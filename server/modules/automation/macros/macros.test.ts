import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { automationEndpoints as on } from '../../../../contract/automation.ts';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast, createSite, createTeam } from '../../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
let foreign: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
  foreign = await createTeam(h, { name: 'Anderswo', siteId: (await createSite(h, { name: 'Kiel', land: 'SH' })).id });
  await h.call(people.dorit, workspaceEndpoints.changeTeam, { id: people.team.id, leadIds: [people.luise.id] });
});
afterAll(() => h.close());
afterEach(() => h.db.exec(sql`delete from macros`));

const some = (given: object = {}) => ({
  id: crypto.randomUUID(),
  version: 0,
  name: 'Rücksendung',
  teamId: null as string | null,
  actions: [{ kind: 'add_tag' as const, value: 'retoure' }],
  text: { de: 'Hallo {{kunde.name}}', en: '' },
  benefit: 'Der Rückschein kommt sofort.',
  ...given,
});
const save = (macro: ReturnType<typeof some>, who: { id: string } = people.dorit) => h.call(who, on.saveMacro, macro);
const names = async (who: { id: string }) => (await h.call(who, on.macros, {})).body.items.map(({ name }) => name);
let count = 0;
async function arrives(): Promise<string> {
  count += 1;
  h.clock.advance(1_000);
  const head = [
    `From: Erika Klein <m${count}@post.example>`,
    'To: service@haus.example',
    'Subject: Sofa',
    `Message-ID: <m${count}@post.example>`,
  ];
  await mailArrives(h, account.id, [...head, '', 'Wo ist mein Sofa?'].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}

describe('a macro', () => {
  it('is saved with what the customer gains by it, which the audit log says; without it it is not', async () => {
    expect((await save(some({ benefit: ' ' }))).problem.code).toBe('automation.benefit_missing');
    const { status, events } = await save(some());
    expect([status, events.map(({ type }) => type)]).toEqual([200, ['automation.macro_changed']]);
    expect(await h.db.one(sql`select action, reason from audit_log order by seq desc limit 1`)).toEqual({
      action: 'automation.macro_written',
      reason: 'Der Rückschein kommt sofort.',
    });
  });

  it.each([
    ['automation.name_taken', { name: 'SCHON DA' }],
    ['automation.macro_empty', { actions: [], text: { de: ' ', en: '' } }],
    ['automation.placeholder_unknown', { text: { de: '{{kunde.schuhgröße}}', en: '' } }],
    ['automation.action_invalid', { actions: [{ kind: 'assign_team', value: crypto.randomUUID() }] }],
    ['automation.team_unknown', { teamId: crypto.randomUUID() }],
    ['core.conflict', { version: 3 }],
  ])('is refused with %s', async (code, given) => {
    await save(some({ name: 'schon da' }));
    expect((await save(some(given))).problem.code).toBe(code);
  });

  it('of a team is written by whoever leads it, and seen by it; everybody’s by those who answer for all', async () => {
    expect((await save(some({ name: 'Team', teamId: people.team.id }), people.luise)).status).toBe(200);
    expect((await save(some({ name: 'Alle' }), people.luise)).status).toBe(403);
    expect((await save(some({ name: 'Fremd', teamId: foreign.id }), people.luise)).status).toBe(403);
    await save(some({ name: 'Alle' }));
    expect([await names(people.kim), await names(people.mehmet), await names(people.dorit)]).toEqual([
      ['Alle', 'Team'],
      ['Alle'],
      ['Alle', 'Team'],
    ]);
  });

  it('of a team that is dissolved goes to its successor, under another name where that is taken', async () => {
    const gone = await createTeam(h, { name: 'Aufgelöst', siteId: people.site.id });
    await save(some({ name: 'Gleich', teamId: gone.id }));
    await save(some({ name: 'Gleich', teamId: people.team.id }));
    expect((await h.call(people.dorit, workspaceEndpoints.archiveTeam, { id: gone.id, successorId: people.team.id })).status).toBe(200);
    await h.drain();
    expect(await names(people.kim)).toEqual(['Gleich', 'Gleich 2']);
  });
});

describe('applied', () => {
  it('it takes all its steps as whoever pressed the key, and says how to take them back; its text goes nowhere', async () => {
    const { items } = (await h.call(people.kim, caseEndpoints.topics, {})).body;
    const topic = items.find(({ retiredAt }) => retiredAt === null);
    const macro = some({
      actions: [
        { kind: 'add_tag', value: 'retoure' },
        { kind: 'set_priority', value: 'high' },
        { kind: 'set_topic', value: topic?.id ?? '' },
        { kind: 'add_note', value: 'Rückschein ist raus.' },
      ],
    });
    await save(macro);
    const id = await arrives();
    const { body, status } = await h.call(people.kim, on.applyMacro, { id, macroId: macro.id, version: 1 });
    expect(status).toBe(200);
    expect(body.conversation).toMatchObject({ tags: ['retoure'], priority: 'high' });
    expect(body.undo).toEqual({ tags: [], priority: 'normal', topicId: null });
    const { messages } = (await h.call(people.kim, api.open, { id })).body;
    expect(messages.filter(({ kind }) => kind === 'note').map(({ author, text }) => [author.id, text])).toEqual([
      [people.kim.id, 'Rückschein ist raus.'],
    ]);
    expect(messages.filter(({ direction }) => direction === 'out')).toEqual([]);
    const again = await h.call(people.kim, on.applyMacro, { id, macroId: macro.id, version: 1 });
    expect(again.body.actions.map(({ result }) => result)).toEqual(['already', 'already', 'already', 'done']);
    expect(again.body.undo).toEqual({});
  });

  it('it does all or nothing, and only what whoever presses the key may do, as they saw it', async () => {
    const gone = await createTeam(h, { name: 'Bald weg', siteId: people.site.id });
    const macro = some({
      actions: [
        { kind: 'add_tag', value: 'halb' },
        { kind: 'assign_team', value: gone.id },
      ],
    });
    await save(macro);
    const id = await arrives();
    const apply = (who: { id: string }, version = 1) => h.call(who, on.applyMacro, { id, macroId: macro.id, version });
    expect((await apply(people.kim, 2)).problem.code).toBe('core.conflict');
    expect((await apply(people.mehmet)).status).toBe(404);
    await h.call(people.dorit, workspaceEndpoints.archiveTeam, { id: gone.id, successorId: people.team.id });
    expect((await apply(people.kim)).problem.code).toBe('conversations.team_unknown');
    expect((await h.call(people.kim, api.open, { id })).body.conversation.tags).toEqual([]);
  });

  it('one of a team that is not one’s own is not found', async () => {
    const macro = some({ teamId: people.otherTeam.id });
    await save(macro);
    const id = await arrives();
    expect((await h.call(people.kim, on.applyMacro, { id, macroId: macro.id, version: 1 })).status).toBe(404);
  });
});
