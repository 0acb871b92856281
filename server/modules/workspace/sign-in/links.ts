import type { Ctx, Platform } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { fail } from '../errors.ts';
import { isMailed, sendNotice } from '../notices/notices.ts';
import { hashToken, newToken } from './sessions.ts';

export type LinkKind = 'invitation' | 'reset';

const livesSeconds: Record<LinkKind, number> = { invitation: 7 * 86_400, reset: 3_600 };
/** Pages of the web application; the token stands behind #, so it reaches no server log and no Referer header. */
const pages: Record<LinkKind, string> = { invitation: '/invitation', reset: '/new-password' };

/**
 * Makes the one link of its kind that lets a person set a password, and mails it. An earlier one of the kind ends; another kind does not, because
 * strangers can ask for a new password in anybody's name.
 */
export async function offerLink(ctx: Ctx, personId: string, kind: LinkKind) {
  const token = newToken();
  const expiresAt = new Date(ctx.now.getTime() + livesSeconds[kind] * 1_000);
  await ctx.db.exec(sql`insert into password_links (person_id, kind, token_hash, expires_at)
    values (${personId}, ${kind}, ${hashToken(token)}, ${expiresAt}) on conflict (person_id, kind) do update
    set token_hash = excluded.token_hash, expires_at = excluded.expires_at`);
  const url = linkUrl(ctx.platform, kind, token);
  await sendNotice(ctx, personId, kind === 'invitation' ? 'invitation' : 'new_password', { link: url });
  const mailed = isMailed(ctx.platform);
  return { personId, expiresAt: expiresAt.toISOString(), mailed, url: mailed ? null : url };
}

/** Whom a link is for; throws when it was used, replaced or has expired. */
export async function personOfLink(db: Db, token: string, now: Date): Promise<string> {
  const row = await db.maybe<{ person_id: string }>(sql`select l.person_id from password_links l join people p on p.id = l.person_id
    where l.token_hash = ${hashToken(token)} and l.expires_at > ${now} and p.active`);
  if (!row) throw fail('workspace.link_invalid');
  return row.person_id;
}

/** Uses a link up, and every other the person has; of two who try at once, one succeeds. */
export async function useLink(ctx: Ctx, token: string): Promise<string> {
  const personId = await personOfLink(ctx.db, token, ctx.now);
  const used = await ctx.db.exec(sql`delete from password_links where token_hash = ${hashToken(token)}`);
  if (used === 0) throw fail('workspace.link_invalid');
  await endLinks(ctx.db, personId);
  return personId;
}

/** Whatever takes an access away or proves the owner takes the open links too: they lie in a mailbox and would give it back. */
export async function endLinks(db: Db, personId: string): Promise<void> {
  await db.exec(sql`delete from password_links where person_id = ${personId}`);
}

const linkUrl = (platform: Platform, kind: LinkKind, token: string): string => `${platform.config.publicUrl}${pages[kind]}#${token}`;
