import { expect, it } from 'vitest';
import { sql } from '../../../platform/database/sql.ts';
import { testHouse } from '../../../testing/house.ts';
import { actorOf } from './actor.ts';
import { cast } from '../testing.ts';
import { authenticateAgain } from '../sign-in/authenticate.ts';

it('of many who are looked up at the same moment each is who they are: signed out, closed and changed ones, too', async () => {
  const h = await testHouse();
  const people = await cast(h);
  const { platform } = h.house;
  const session = async (personId: string) => {
    const id = crypto.randomUUID();
    await h.db.exec(sql`insert into sessions (id, person_id, token_hash, created_at, last_seen_at, expires_at, user_agent)
      values (${id}, ${personId}, ${Buffer.from(id)}, ${h.clock.now()}, ${h.clock.now()}, ${h.clock.now()}::timestamptz + interval '1 hour', '')`);
    const actor = await actorOf(platform, personId);
    if (!actor) throw new Error('nobody');
    return { ...actor, sessionId: id };
  };
  const [kim, olaf, luise] = await Promise.all([people.kim, people.olaf, people.luise].map(({ id }) => session(id)));
  const again = await session(people.kim.id);
  if (!kim || !olaf || !luise) throw new Error('nobody');
  await h.db.exec(sql`delete from sessions where id = ${kim.sessionId}`);
  await h.db.exec(sql`update people set active = false where id = ${olaf.id}`);
  await h.db.exec(sql`update people set name = 'Luise Neu' where id = ${luise.id}`);
  const look = authenticateAgain(platform);
  const found = await Promise.all([again, kim, olaf, luise, { ...luise, sessionId: null }, again].map(look));
  expect(found.map((one) => one && [one.id, one.name, one.sessionId])).toEqual([
    [people.kim.id, people.kim.name, again.sessionId],
    undefined,
    undefined,
    [luise.id, 'Luise Neu', luise.sessionId],
    [luise.id, 'Luise Neu', null],
    [people.kim.id, people.kim.name, again.sessionId],
  ]);
  expect(await look({ ...luise, teamIds: ['made up'] })).toMatchObject({ teamIds: luise.teamIds });
  await h.close();
});
