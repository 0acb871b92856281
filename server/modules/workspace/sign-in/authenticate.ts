import type { Role } from '../../../../contract/permissions.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Platform } from '../../../platform/context.ts';
import { type Db, dbOf, sql } from '../../../platform/database/sql.ts';
import type { Authenticate } from '../../../platform/http/app.ts';
import { loadActor } from '../rights/actor.ts';
import { cacheOf } from './cache.ts';
import { findSession, hashToken, sessionCookie, sessionLives } from './sessions.ts';

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
export const authenticateAgain =
  (platform: Platform) =>
  async (actor: Actor): Promise<Actor | undefined> => {
    const db = dbOf(platform.database.pool);
    const now = platform.clock.now();
    if (!actor.id) return undefined;
    if (actor.kind === 'token') return tokenActor(db, sql`id = ${actor.id}`, now);
    if (actor.sessionId && !(await sessionLives(db, actor.sessionId, now))) return undefined;
    return loadActor(db, actor.id, actor.sessionId, now);
  };

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
