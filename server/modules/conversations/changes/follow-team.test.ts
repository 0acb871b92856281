import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { workspaceEndpoints as workspace } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson, createTeam } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';
import { followTeamsLate } from './follow-team.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
});
afterAll(() => h.close());

describe('when a team is dissolved', () => {
  it('its successor sees and takes what waited there, and reads what was done', async () => {
    const [old, heir] = [await createTeam(h, {}), await createTeam(h, {})];
    const adviser = await createPerson(h, { roles: ['agent'], teamIds: [heir.id] });
    const waiting = await createConversation(h, { teamId: old.id });
    const held = await createConversation(h, { teamId: old.id, assigneeId: people.kim.id });
    const closed = await createConversation(h, { teamId: old.id, state: 'closed' });
    expect((await h.call(adviser, api.open, { id: waiting.id })).status).toBe(404);
    expect((await h.call(people.dorit, workspace.archiveTeam, { id: old.id, successorId: heir.id })).status).toBe(200);
    await h.drain();
    const { items } = (await h.call(adviser, api.list, { view: 'unassigned' })).body;
    expect(items.map(({ id }) => id)).toEqual([waiting.id]);
    expect((await h.call(adviser, api.takeNext, {})).body.conversation.id).toBe(waiting.id);
    expect((await h.call(adviser, api.open, { id: closed.id })).status).toBe(200);
    // What somebody has to do stays theirs.
    expect((await h.call(people.kim, api.open, { id: held.id })).body.conversation).toMatchObject({
      assigneeId: people.kim.id,
      teamId: heir.id,
    });
  });

  it('however much that is', async () => {
    const [old, heir] = [await createTeam(h, {}), await createTeam(h, {})];
    await h.db.exec(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_seq, last_message_at,
        last_direction, created_at)
      select gen_random_uuid(), 'email', 'private', case when n % 2 = 0 then 'queued' else 'closed' end, 'Viel', '', u, u, ${old.id}, 0, ${h.clock.now()}, 'in', ${h.clock.now()}
      from (select gen_random_uuid() as u, n from generate_series(1, 350) n) s`);
    await h.call(people.dorit, workspace.archiveTeam, { id: old.id, successorId: heir.id });
    await h.drain();
    const { moved, left } = await h.db.one<{
      moved: number;
      left: number;
    }>(sql`select count(*) filter (where team_id = ${heir.id}) as moved,
      count(*) filter (where team_id = ${old.id}) as left from conversations`);
    expect({ moved: Number(moved), left: Number(left) }).toEqual({ moved: 350, left: 0 });
  });

  it('also what comes in behind that', async () => {
    const [old, heir] = [await createTeam(h, {}), await createTeam(h, {})];
    await h.call(people.dorit, workspace.archiveTeam, { id: old.id, successorId: heir.id });
    await h.drain();
    const late = await createConversation(h, { teamId: old.id });
    await followTeamsLate(jobWork(h.house.platform));
    await h.drain();
    const { teamId } = await h.db.one<{ teamId: string }>(sql`select team_id as "teamId" from conversations where id = ${late.id}`);
    expect(teamId).toBe(heir.id);
  });
});
