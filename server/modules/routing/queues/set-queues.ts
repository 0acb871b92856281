import { isDeepStrictEqual } from 'node:util';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Queue, routingEndpoints } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { topicParents } from '../../cases/index.ts';
import { audit, findSkills, listTeamIds } from '../../workspace/index.ts';
import { fail } from '../errors.ts';

/** What of a queue does not say for which work it is. */
type Beside = Pick<Queue, 'id' | 'name' | 'needs' | 'isOffered' | 'keepFree' | 'overflow'>;

/** All queues in their order. */
export async function findQueues(db: Db): Promise<Queue[]> {
  const rows = await db.query<Beside & { filter: Omit<Queue, keyof Beside> }>(
    sql`select id, name, filter, needs, is_offered as "isOffered", keep_free as "keepFree", overflow from queues order by place`,
  );
  return rows.map(({ filter, ...queue }) => ({ ...queue, ...filter }));
}

export const getQueues = async (ctx: Ctx): Promise<{ items: Queue[] }> => ({ items: await findQueues(ctx.db) });

/** Whoever waits in one that is gone, or does not fit them any more, is put into another by the job that follows. */
export async function setQueues(ctx: Ctx, { items }: ParsedInputOf<typeof routingEndpoints.setQueues>): Promise<{ items: Queue[] }> {
  if (new Set(items.map(({ id }) => id)).size < items.length) throw fail('routing.queue_twice');
  await refuseUnknown(ctx, items);
  // One after the other: the later one compares with what the earlier one set.
  await ctx.db.exec(sql`lock table queues in share row exclusive mode`);
  const before = await findQueues(ctx.db);
  if (isDeepStrictEqual(before, items)) return { items: before };
  await ctx.db.exec(sql`delete from queues`);
  const rows = items.map(({ id, name, needs, isOffered, keepFree, overflow, ...filter }, place) => ({
    id,
    place,
    name,
    filter,
    needs,
    isOffered,
    keepFree,
    overflow,
  }));
  await ctx.db.exec(sql`insert into queues (id, place, name, filter, needs, is_offered, keep_free, overflow)
    select id, place, name, filter, needs, "isOffered", "keepFree", overflow
    from jsonb_to_recordset(${sql.json(rows)}) as r(id uuid, place int, name text, filter jsonb, needs jsonb, "isOffered" boolean, "keepFree" int, overflow jsonb)`);
  ctx.emit('routing.queues_changed', { queues: items.length });
  await audit(ctx, { action: 'routing.queues_set', data: { queues: items.length } });
  return { items };
}

async function refuseUnknown({ db }: Ctx, queues: readonly Queue[]): Promise<void> {
  const teams = new Set(await listTeamIds(db));
  if (queues.some(({ teamIds, overflow }) => [...teamIds, ...overflow.teamIds].some((id) => !teams.has(id))))
    throw fail('routing.team_unknown');
  const topics = await topicParents(db);
  if (queues.some(({ topicIds }) => topicIds.some((id) => !topics.has(id)))) throw fail('routing.topic_unknown');
  const wanted = [...new Set(queues.flatMap(({ needs }) => needs.map(({ skillId }) => skillId)))];
  if ((await findSkills(db, wanted)).length < wanted.length) throw fail('routing.skill_unknown');
}
