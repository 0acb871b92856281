import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Location, OwnPresence, Presence, PresenceState, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import type { Download } from '../../../platform/module.ts';
import { fail } from '../errors.ts';
import { personOf } from '../policy.ts';
import { teamsWithPresence } from '../streams.ts';
import { hasDeskOpen } from './staffed.ts';

/** Works-agreement rule WC-07: who steers sees presence now; the history is the person's own and short. */
const historyDays = 7;
/** How long a recovery pause lasts unless one says otherwise (DGUV Regel 115-402: short ones, often). */
const recoveryMinutes = 5;
/** A longer rest after a hard contact is a break, or a talk with the lead. */
const longestMinutes: Partial<Record<PresenceState, number>> = { recovery: 30, break: 240 };

interface PresenceRow {
  personId: string;
  state: PresenceState;
  since: Date;
  until: Date | null;
  backAt: Date | null;
  note: string | null;
  /** Said today. */
  location: Location | null;
}

/** A day begins at midnight where somebody works. */
const day = (at: Sql, zone: Sql) => sql`(${at} at time zone coalesce(${zone}, 'Europe/Berlin'))::date`;
const ownZone = sql`(select s.zone from people p join sites s on s.id = p.site_id where p.id = r.person_id)`;
/** Where whose presence is `r` said today that they work; `zone`, where a statement has it at hand for many. */
export const locationToday = (now: Date, zone = ownZone): Sql =>
  sql`case when r.location is null then null when ${day(sql`r.located_at`, zone)} = ${day(sql`${now}::timestamptz`, zone)} then r.location end as location`;
const columns = (now: Date) =>
  sql`r.person_id as "personId", r.state, r.since, r.until, r.back_at as "backAt", r.note, ${locationToday(now)}`;

type Said = ParsedInputOf<typeof workspaceEndpoints.setPresence>;

export async function setPresence(ctx: Ctx, said: Said): Promise<Presence> {
  const personId = personOf(ctx.actor);
  if (said.until) refuseEnd(ctx.now, said.state, new Date(said.until));
  return write(ctx, personId, ctx.actor.teamIds, said);
}

/** An end is for pauses; it lies ahead, and not far. */
function refuseEnd(now: Date, state: PresenceState, until: Date): void {
  const minutes = (until.getTime() - now.getTime()) / 60_000;
  if (minutes <= 0 || minutes > (longestMinutes[state] ?? 0)) throw fail('workspace.pause_end_unfit');
}

/** Of somebody who said they are free and did not answer; who says something else by now is left alone. */
export async function setAway(ctx: Ctx, personId: string): Promise<void> {
  const row = await ctx.db.maybe<{ teamIds: string[] }>(sql`select ${teamIds} from presence r
    where r.person_id = ${personId} and r.state = 'available' for update`);
  if (row) await write(ctx, personId, row.teamIds, { state: 'away' });
}

const teamIds = sql`array(select m.team_id from team_members m where m.person_id = r.person_id) as "teamIds"`;

export const endedPauses = (now: Date): Sql => sql`presence r where r.state = 'recovery' and r.until <= ${now} order by r.until`;

/** A recovery pause that is over: one is available again, or away where the desk was closed meanwhile. */
export async function endPauses(ctx: Ctx): Promise<number> {
  const over = await ctx.db.query<{
    personId: string;
    teamIds: string[];
    isHere: boolean;
  }>(sql`select r.person_id as "personId", ${teamIds},
      ${hasDeskOpen(sql`r.person_id`, ctx.now)} as "isHere" from ${endedPauses(ctx.now)} limit 100 for update of r skip locked`);
  for (const { personId, teamIds: ids, isHere } of over) {
    await write(ctx, personId, ids, { state: isHere ? 'available' : 'away' });
    if (isHere) ctx.afterCommit(() => ctx.platform.signal(`person:${personId}`, 'workspace.pause_over', { personId }));
  }
  return over.length;
}

const find = (ctx: Ctx, personId: string) =>
  ctx.db.maybe<PresenceRow>(sql`select ${columns(ctx.now)} from presence r where r.person_id = ${personId}`);

async function write(ctx: Ctx, personId: string, teams: readonly string[], said: Said): Promise<Presence> {
  await ctx.db.exec(sql`select from presence where person_id = ${personId} for update`);
  const before = await find(ctx, personId);
  const { state } = said;
  const location = said.location ?? before?.location ?? null;
  const isSame = before?.state === state;
  if (before && isSame && !said.until && said.note === undefined && said.location === undefined) return present(before);
  const since = isSame ? before.since : ctx.now;
  const meant = isSame ? before.until : state === 'recovery' ? inMinutes(ctx.now, recoveryMinutes) : null;
  const until = said.until ? new Date(said.until) : meant;
  const note = said.note ?? (said.note === undefined && isSame ? before.note : null);
  const after: PresenceRow = {
    personId,
    state,
    since,
    until,
    backAt: state === 'recovery' ? (before?.backAt ?? null) : until,
    note,
    location,
  };
  await ctx.db.exec(sql`insert into presence (person_id, state, since, until, back_at, note, location, located_at)
    values (${personId}, ${state}, ${since}, ${until}, ${after.backAt}, ${after.note}, ${location}, ${location ? ctx.now : null})
    on conflict (person_id) do update set state = excluded.state, since = excluded.since, until = excluded.until, back_at = excluded.back_at,
      note = excluded.note, location = coalesce(excluded.location, presence.location), located_at = coalesce(excluded.located_at, presence.located_at)`);
  await ctx.db.exec(
    isSame
      ? sql`update presence_history set note = ${after.note}, location = ${location} where person_id = ${personId} and since = ${since}`
      : sql`insert into presence_history (person_id, state, since, note, location) values (${personId}, ${state}, ${since}, ${after.note}, ${location})`,
  );
  const [was, is] = [before && shown(before), shown(after)];
  ctx.afterCommit(() => {
    ctx.platform.signal(`person:${personId}`, 'workspace.presence', present(after));
    // A break that becomes a recovery pause is no news for others.
    if (was && was.state === is.state && was.until === is.until && was.location === is.location) return;
    for (const id of teams) ctx.platform.signal(`presence:${id}`, 'workspace.presence', is);
  });
  return present(after);
}

const inMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

/** A pause after a hard contact is nobody else's business: to others it is a break (WC-07), and ends when they were told that it would. */
const shown = (row: PresenceRow): Presence => present({ ...row, state: row.state === 'recovery' ? 'break' : row.state, until: row.backAt });

export async function ownPresence(ctx: Ctx): Promise<OwnPresence> {
  const personId = personOf(ctx.actor);
  const now = await find(ctx, personId);
  const usual = await ctx.db.maybe<{ location: Location | null }>(sql`select location from presence where person_id = ${personId}`);
  const history = await ctx.db.query<Pick<PresenceRow, 'state' | 'since' | 'note' | 'location'>>(sql`select state, since, note, location
    from presence_history where person_id = ${personId} and since > ${oldest(ctx.now)} order by since desc limit 500`);
  return {
    state: now?.state ?? 'away',
    since: now?.since.toISOString() ?? null,
    until: now?.until?.toISOString() ?? null,
    note: now?.note ?? null,
    location: now?.location ?? null,
    usualLocation: usual?.location ?? null,
    history: history.map((row) => ({ ...row, since: row.since.toISOString() })),
  };
}

/** All that is kept of it, for the person to take along (WC-08), with how long. */
export async function downloadPresence(ctx: Ctx): Promise<Download> {
  const personId = personOf(ctx.actor);
  const now = await ctx.db.maybe(sql`select state, since, until, back_at as "backAt", note, location, located_at as "locatedAt"
    from presence where person_id = ${personId}`);
  const history = await ctx.db.query(
    sql`select state, since, note, location from presence_history where person_id = ${personId} order by since`,
  );
  const file = { personId, madeAt: ctx.now, now: now ?? null, history, historyKeptForDays: historyDays };
  return { filename: 'presence.json', mediaType: 'application/json', content: Buffer.from(JSON.stringify(file, null, 2)) };
}

/** Presence now of oneself and the members of the teams whose presence one sees. */
export async function listPresence(ctx: Ctx): Promise<{ items: Presence[] }> {
  // When a break of others began, whatever it was called meanwhile: else its beginning would tell that it became another.
  const rows = await ctx.db.query<PresenceRow & { publicSince: Date }>(sql`select ${columns(ctx.now)},
    case when r.state in ('break', 'recovery') then coalesce((select min(h.since) from presence_history h where h.person_id = r.person_id
      and h.since > coalesce((select max(o.since) from presence_history o where o.person_id = r.person_id and o.state not in ('break', 'recovery')),
        '-infinity')), r.since) else r.since end as "publicSince" from presence r join people p on p.id = r.person_id
    where p.active and (r.person_id = ${ctx.actor.id} or exists (select from team_members m
      where m.person_id = r.person_id and m.team_id = any(${teamsWithPresence(ctx.actor)}::uuid[]))) order by r.person_id`);
  return {
    items: rows.map((row) => (row.personId === ctx.actor.id ? present(row) : shown({ ...row, since: row.publicSince }))),
  };
}

export async function sweepPresence(ctx: Ctx): Promise<void> {
  await ctx.db.exec(sql`delete from presence_history where since < ${oldest(ctx.now)}`);
}

const oldest = (now: Date): Date => new Date(now.getTime() - historyDays * 86_400_000);

/** What may leave the person's own view; their words stay. */
const present = ({ personId, state, since, until, location }: PresenceRow): Presence => ({
  personId,
  state,
  since: since.toISOString(),
  until: until?.toISOString() ?? null,
  location,
});
