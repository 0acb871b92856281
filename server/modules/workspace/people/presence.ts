import type { PresenceState } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { personOf } from '../policy.ts';
import { teamsWithPresence } from '../streams.ts';

/** Works-agreement rule WC-07: who steers sees presence now; the history is the person's own and short. */
const historyDays = 7;

interface PresenceRow {
  person_id: string;
  state: PresenceState;
  since: Date;
}

export const setPresence = (ctx: Ctx, { state }: { state: PresenceState }) => write(ctx, personOf(ctx.actor), ctx.actor.teamIds, state);

/** Of somebody who said they are free and did not answer; who says something else by now is left alone. */
export async function setAway(ctx: Ctx, personId: string): Promise<void> {
  const row = await ctx.db.maybe<{
    team_ids: string[];
  }>(sql`select array(select m.team_id from team_members m where m.person_id = r.person_id) as team_ids
    from presence r where r.person_id = ${personId} and r.state = 'available' for update`);
  if (row) await write(ctx, personId, row.team_ids, 'away');
}

async function write(ctx: Ctx, personId: string, teamIds: readonly string[], state: PresenceState) {
  const before = await ctx.db.maybe<PresenceRow>(
    sql`select person_id, state, since from presence where person_id = ${personId} for update`,
  );
  if (before?.state === state) return present(before);
  await ctx.db.exec(sql`insert into presence (person_id, state, since) values (${personId}, ${state}, ${ctx.now})
    on conflict (person_id) do update set state = excluded.state, since = excluded.since`);
  await ctx.db.exec(sql`insert into presence_history (person_id, state, since) values (${personId}, ${state}, ${ctx.now})`);
  const presence = present({ person_id: personId, state, since: ctx.now });
  const [was, is] = [before && publicState(before.state), publicState(state)];
  ctx.afterCommit(() => {
    ctx.platform.signal(`person:${personId}`, 'workspace.presence', presence);
    // A break that becomes a recovery pause is no news for others.
    if (was === is) return;
    for (const id of teamIds) ctx.platform.signal(`presence:${id}`, 'workspace.presence', { ...presence, state: is });
  });
  return presence;
}

/** A pause after a hard contact is nobody else's business: to others it is a break (WC-07). */
const publicState = (state: PresenceState): PresenceState => (state === 'recovery' ? 'break' : state);

export async function ownPresence(ctx: Ctx) {
  const personId = personOf(ctx.actor);
  const now = await ctx.db.maybe<PresenceRow>(sql`select person_id, state, since from presence where person_id = ${personId}`);
  const history = await ctx.db.query<PresenceRow>(sql`select person_id, state, since from presence_history
    where person_id = ${personId} and since > ${oldest(ctx.now)} order by since desc limit 500`);
  return {
    state: now?.state ?? ('away' as const),
    since: now?.since.toISOString() ?? null,
    history: history.map((row) => ({ state: row.state, since: row.since.toISOString() })),
  };
}

/** Presence now of oneself and the members of the teams whose presence one sees. */
export async function listPresence(ctx: Ctx) {
  // When a break of others began, whatever it was called meanwhile: else its beginning would tell that it became another.
  const rows = await ctx.db.query<PresenceRow & { public_since: Date }>(sql`select s.person_id, s.state, s.since,
    case when s.state in ('break', 'recovery') then coalesce((select min(h.since) from presence_history h where h.person_id = s.person_id
      and h.since > coalesce((select max(o.since) from presence_history o where o.person_id = s.person_id and o.state not in ('break', 'recovery')),
        '-infinity')), s.since) else s.since end as public_since from presence s join people p on p.id = s.person_id
    where p.active and (s.person_id = ${ctx.actor.id} or exists (select from team_members m
      where m.person_id = s.person_id and m.team_id = any(${teamsWithPresence(ctx.actor)}::uuid[]))) order by s.person_id`);
  return {
    items: rows.map((row) =>
      present(row.person_id === ctx.actor.id ? row : { ...row, state: publicState(row.state), since: row.public_since }),
    ),
  };
}

export async function sweepPresence(ctx: Ctx): Promise<void> {
  await ctx.db.exec(sql`delete from presence_history where since < ${oldest(ctx.now)}`);
}

const oldest = (now: Date): Date => new Date(now.getTime() - historyDays * 86_400_000);

const present = (row: PresenceRow) => ({ personId: row.person_id, state: row.state, since: row.since.toISOString() });
