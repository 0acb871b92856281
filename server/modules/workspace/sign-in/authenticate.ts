import type { Role } from '../../../../contract/permissions.ts';
import type { Actor } from '../../../platform/actor.ts';
import { together } from '../../../platform/concurrency/together.ts';
import type { Platform } from '../../../platform/context.ts';
import { type Db, dbOf, sql } from '../../../platform/database/sql.ts';
import type { Authenticate } from '../../../platform/http/app.ts';
import { actorFrom, actorRows, loadActor } from '../rights/actor.ts';
import { cacheOf } from './cache.ts';
import { findSession, hashToken, livingSessions, sessionCookie } from './sessions.ts';

/** Who sends this request: an API token or a session, remembered for seconds so that most requests ask no database. */
export function authenticate(platform: Platform): Authenticate {
  const cache = cacheOf(platform);
  const db = dbOf(platform.database.pool);
  return async ({ cookies, authorization }) => {
    const bearer = authorization && /^Bearer (\S{1,200})$/i.exec(authorization)?.[1];
    if (bearer) return cache.find(`t ${keyOf(bearer)}`, () => actorOfToken(db, hashToken(bearer), platform.clock.now()));
    // A broken or foreign Authorization header never falls back to the cookie.
    if (authorization) return undefined;
    const token = cookies[sessionCookie];
    if (!token || token.length > 200) return undefined;
    return cache.find(`s ${keyOf(token)}`, () => actorOfSession(db, hashToken(token), platform.clock.now()));
  };
}

/** The same actor as of now, past the cache; undefined when the session or token has ended. */
export function authenticateAgain(platform: Platform): (actor: Actor) => Promise<Actor | undefined> {
  const db = dbOf(platform.database.pool);
  /** Those who ask at the same time are looked up together: a thousand pages come back at once when a process dies. */
  const lookUp = together(async (actors: readonly Actor[]) => {
    const now = platform.clock.now();
    const sessions = await livingSessions(
      db,
      actors.flatMap(({ sessionId }) => sessionId ?? []),
      now,
    );
    const people = await actorRows(
      db,
      actors.flatMap(({ id }) => id ?? []),
      now,
    );
    return actors.map(({ id, sessionId }) =>
      sessionId && !sessions.has(sessionId) ? undefined : actorFrom(people.get(id ?? ''), sessionId),
    );
  });
  return async (actor) => {
    if (!actor.id) return undefined;
    return actor.kind === 'token' ? tokenActor(db, sql`id = ${actor.id}`, platform.clock.now()) : lookUp(actor);
  };
}

const keyOf = (token: string): string => hashToken(token).toString('base64url');

async function actorOfSession(db: Db, hash: Buffer, now: Date): Promise<Actor | undefined> {
  const session = await findSession(db, hash, now);
  return session && loadActor(db, session.person_id, session.id, now);
}

async function actorOfToken(db: Db, hash: Buffer, now: Date): Promise<Actor | undefined> {
  const actor = await tokenActor(db, sql`token_hash = ${hash}`, now);
  // Known to the minute is enough, and a write for every look would be too much.
  if (actor)
    await db.exec(
      sql`update api_tokens set last_used_at = ${now} where id = ${actor.id} and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')`,
    );
  return actor;
}

/** A token acts for the company: with its role, in every team. */
async function tokenActor(db: Db, chosen: ReturnType<typeof sql>, now: Date): Promise<Actor | undefined> {
  const row = await db.maybe<{ id: string; name: string; role: Role; team_ids: string[] }>(sql`select id, name, role,
    array(select t.id from teams t order by 1) as team_ids from api_tokens
    where ${chosen} and revoked_at is null and (expires_at is null or expires_at > ${now})`);
  return (
    row && {
      kind: 'token',
      id: row.id,
      name: row.name,
      roles: [row.role],
      teamIds: row.team_ids,
      ledTeamIds: row.role === 'lead' ? row.team_ids : [],
      siteId: null,
      skills: [],
      sessionId: null,
    }
  );
}
