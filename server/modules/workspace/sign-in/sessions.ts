import { createHash, randomBytes } from 'node:crypto';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { forgetActors } from './cache.ts';
import { rememberPlace } from './places.ts';

export const sessionCookie = 'nahbar_session';
/** A session ends a week after its last use and thirty days after its beginning, whatever comes first. */
const idleSeconds = 7 * 86_400;
const longestSeconds = 30 * 86_400;
/** How exactly the last use is known; each look costs a write. */
const seenEverySeconds = 600;

export interface SessionRow {
  id: string;
  person_id: string;
  user_agent: string;
  created_at: Date;
  last_seen_at: Date;
}

/** Tokens are random and long, so a plain hash keeps them: there is nothing to guess. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Begins a session and gives its token to the browser. IP addresses are not kept in a readable form: nobody needs where an employee signed in. */
export async function beginSession(ctx: Ctx, request: RequestFacts, personId: string): Promise<string> {
  const id = newId(ctx.now.getTime());
  const token = newToken();
  await ctx.db.exec(sql`insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
    values (${id}, ${personId}, ${hashToken(token)}, ${request.userAgent}, ${ctx.now}, ${ctx.now}, ${later(ctx.now, idleSeconds)})`);
  // A browser that carried somebody's session until now leaves it for good.
  const former = request.cookies[sessionCookie];
  if (former) await ctx.db.exec(sql`delete from sessions where token_hash = ${hashToken(former)}`);
  request.setCookie(sessionCookie, token, { maxAgeSeconds: longestSeconds });
  await rememberPlace(ctx, request, personId);
  ctx.emit('workspace.signed_in', { personId, sessionId: id });
  return id;
}

export async function findSession(db: Db, tokenHash: Buffer, now: Date): Promise<SessionRow | undefined> {
  const row = await db.maybe<SessionRow>(sql`select id, person_id, user_agent, created_at, last_seen_at from sessions
    where token_hash = ${tokenHash} and expires_at > ${now}`);
  if (row && now.getTime() - row.last_seen_at.getTime() > seenEverySeconds * 1_000) await noteSeen(db, row, now);
  return row;
}

async function noteSeen(db: Db, { id, created_at }: SessionRow, now: Date): Promise<void> {
  const end = new Date(Math.min(later(now, idleSeconds).getTime(), later(created_at, longestSeconds).getTime()));
  await db.exec(sql`update sessions set last_seen_at = ${now}, expires_at = ${end} where id = ${id}`);
}

/** Which of these sessions have not ended. */
export async function livingSessions(db: Db, ids: readonly string[], now: Date): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(sql`select id from sessions where id = any(${ids}::uuid[]) and expires_at > ${now}`);
  return new Set(rows.map(({ id }) => id));
}

export const listSessions = (db: Db, personId: string, now: Date): Promise<SessionRow[]> =>
  db.query<SessionRow>(sql`select id, person_id, user_agent, created_at, last_seen_at from sessions
    where person_id = ${personId} and expires_at > ${now} order by last_seen_at desc, id desc`);

/** Ends one session, or every session of a person but `keep`. Whoever listens with it is cut off by the event. */
export async function endSessions(ctx: Ctx, personId: string, which: { id: string } | { keep: string | null }): Promise<number> {
  const chosen = 'id' in which ? sql`id = ${which.id}` : which.keep ? sql`id <> ${which.keep}` : sql`true`;
  const ended = await ctx.db.exec(sql`delete from sessions where person_id = ${personId} and ${chosen}`);
  if (ended > 0) ctx.emit('workspace.sessions_ended', { personId, sessionId: 'id' in which ? which.id : null });
  forgetActors(ctx, [personId]);
  return ended;
}

/** Gives this session a new token, so that one taken before the password changed is worth nothing. A caller without session stays as it is. */
export async function rotateSession(ctx: Ctx, request: RequestFacts): Promise<void> {
  if (!ctx.actor.sessionId) return;
  const token = newToken();
  await ctx.db.exec(sql`update sessions set token_hash = ${hashToken(token)} where id = ${ctx.actor.sessionId}`);
  forgetActors(ctx, ctx.actor.id ? [ctx.actor.id] : []);
  request.setCookie(sessionCookie, token, { maxAgeSeconds: longestSeconds });
}

export async function sweepSessions(ctx: Ctx): Promise<void> {
  await ctx.db.exec(sql`delete from sessions where expires_at < ${ctx.now}`);
  await ctx.db.exec(sql`delete from passkey_challenges where expires_at < ${ctx.now}`);
  await ctx.db.exec(sql`delete from password_links where expires_at < ${ctx.now}`);
}

const later = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1_000);
