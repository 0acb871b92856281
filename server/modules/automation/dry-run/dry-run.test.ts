import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { automationEndpoints as on } from '../../../../contract/automation.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createConversation } from '../../conversations/testing.ts';
import { type Cast, cast, createSite, createTeam } from '../../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
const ids: Record<string, string> = {};
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  const of = async (name: string, teamId: string, text: string, given: { state?: string } = {}) => {
    h.clock.advance(1_000);
    ids[name] = (await createConversation(h, { teamId, text, subject: name, ...given })).id;
  };
  await of('alt', people.team.id, 'Das Kabel brennt', { state: 'resolved' });
  await of('heiß', people.team.id, 'Mein Akku BRENNT');
  const foreign = await createTeam(h, { name: 'Anderswo', siteId: (await createSite(h, { name: 'Kiel', land: 'SH' })).id });
  await of('fremd', foreign.id, 'Hier brennt es auch');
  await of('kühl', people.team.id, 'Alles gut');
  await h.call(people.kim, api.change, { id: ids['heiß'] ?? '', tags: ['brand'] });
  await h.drain();
});
afterAll(() => h.close());

const draft = {
  match: 'all' as const,
  conditions: [
    { kind: 'text' as const, is: true, values: ['brennt'] },
    { kind: 'automatic' as const, is: false, values: [] },
  ],
  actions: [
    { kind: 'add_tag' as const, value: 'brand' },
    { kind: 'add_note' as const, value: 'Vorsicht' },
  ],
};
const run = (who: { id: string }) => h.call(who, on.dryRun, draft);

/** Every row of every table of the installation, with when it was written. */
async function everything(): Promise<string> {
  const tables = await h.db.query<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname in ('public', 'pgboss') order by 1`,
  );
  const sums: string[] = [];
  for (const { name } of tables) {
    const found = await h.db.query<{ sum: string | null }>(
      sql`select schemaname || md5(coalesce((xpath('/row/s/text()', query_to_xml(format('select md5(string_agg(t::text || t.xmin::text, '','' order by t::text)) as s from %I.%I t', schemaname, tablename), false, true, '')))[1]::text, '')) as sum
        from pg_tables where tablename = ${name} and schemaname in ('public', 'pgboss')`,
    );
    sums.push(`${name} ${found.map(({ sum }) => sum).join(' ')}`);
  }
  return sums.join('\n');
}

describe('a dry run', () => {
  it('says what would match, what it would do there, and why not elsewhere, also of what is not saved', async () => {
    const { body, status } = await run(people.luise);
    expect(status).toBe(200);
    expect([body.looked, body.matched]).toEqual([3, 2]);
    expect(body.matching.map(({ conversation, holds, changes }) => [conversation.subject, holds, changes])).toEqual([
      ['heiß', [true, true], [false, true]],
      ['alt', [true, true], [true, true]],
    ]);
    expect(body.others.map(({ conversation, holds }) => [conversation.subject, holds])).toEqual([['kühl', [false, true]]]);
  });

  it('looks at the newest thousand', async () => {
    const many = (count: number) =>
      h.db.exec(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_seq, last_message_at, last_direction, participants, created_at)
        select gen_random_uuid(), c.channel, c.visibility, 'closed', 'viele', c.preview, c.customer_id, c.customer_root_id, c.team_id, 0, c.last_message_at + n * interval '1 millisecond', 'in', '{}', c.created_at + n * interval '1 millisecond'
        from conversations c, generate_series(1, ${count}::int) n where c.id = ${ids['kühl']}`);
    const found = async () => {
      const { looked, matching } = (await run(people.luise)).body;
      return [looked, matching.map(({ conversation }) => conversation.subject)];
    };
    await many(997);
    expect(await found()).toEqual([1_000, ['heiß', 'alt']]);
    await many(1);
    expect(await found()).toEqual([1_000, ['heiß']]);
    await h.db.exec(sql`delete from conversations where subject = 'viele'`);
  });

  it('looks at what the caller may read alone: who reads nothing has nothing, and who writes no rules may not ask', async () => {
    expect((await run(people.dorit)).body).toEqual({ looked: 0, matched: 0, matching: [], others: [] });
    expect((await run(people.kim)).status).toBe(403);
  });

  it('writes nothing at all', async () => {
    const before = await everything();
    expect(before).toContain('conversations');
    const { status, body, events } = await run(people.luise);
    expect([status, body.matched, events]).toEqual([200, 2, []]);
    await h.drain();
    expect(await everything()).toBe(before);
    // What would be seen if something were written.
    await h.call(people.kim, api.change, { id: ids['kühl'] ?? '', tags: ['x'] });
    expect(await everything()).not.toBe(before);
  });

  it('refuses what could not be saved', async () => {
    const wrong = { ...draft, conditions: [{ kind: 'team' as const, is: true, values: [crypto.randomUUID()] }] };
    expect((await h.call(people.luise, on.dryRun, wrong)).problem.code).toBe('automation.condition_invalid');
  });
});
