import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { forgetActors } from '../sign-in/cache.ts';
import { hashToken, newToken } from '../sign-in/sessions.ts';

interface TokenRow {
  id: string;
  name: string;
  role: ParsedInputOf<typeof workspaceEndpoints.createToken>['role'];
  prefix: string;
  created_by: string | null;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
}

const columns = sql`id, name, role, prefix, created_by, created_at, expires_at, last_used_at`;

export async function listTokens(ctx: Ctx) {
  const rows = await ctx.db.query<TokenRow>(sql`select ${columns} from api_tokens
    where revoked_at is null and (expires_at is null or expires_at > ${ctx.now}) order by created_at desc, id desc`);
  return { items: rows.map(present) };
}

/** Shown once: what lies here is a hash. A token cannot make tokens, or one that leaked would never go away. */
export async function createToken(ctx: Ctx, { name, role, expiresAt }: ParsedInputOf<typeof workspaceEndpoints.createToken>) {
  if (ctx.actor.kind === 'token') throw fail('workspace.people_only');
  const token = `nb_${newToken()}`;
  const id = newId(ctx.now.getTime());
  const row = await ctx.db.one<TokenRow>(sql`insert into api_tokens (id, name, role, token_hash, prefix, created_by, created_at, expires_at)
    values (${id}, ${name}, ${role}, ${hashToken(token)}, ${token.slice(0, 8)}, ${ctx.actor.id}, ${ctx.now}, ${expiresAt}) returning ${columns}`);
  await audit(ctx, { action: 'workspace.token_created', object: { kind: 'token', id }, data: { role } });
  return { ...present(row), token };
}

export async function revokeToken(ctx: Ctx, { id }: { id: string }) {
  const revoked = await ctx.db.exec(sql`update api_tokens set revoked_at = ${ctx.now} where id = ${id} and revoked_at is null`);
  if (revoked === 0) throw refuse('core.not_found');
  forgetActors(ctx, [id]);
  ctx.emit('workspace.token_revoked', { tokenId: id });
  await audit(ctx, { action: 'workspace.token_revoked', object: { kind: 'token', id } });
  return { done: true as const };
}

const present = (row: TokenRow) => ({
  id: row.id,
  name: row.name,
  role: row.role,
  prefix: row.prefix,
  createdById: row.created_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});
