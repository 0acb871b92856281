import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { type Ctx, transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { personOf } from '../policy.ts';
import { companySettings } from '../queries/settings.ts';
import { countAttempt, forgive } from './attempts.ts';
import { listPasskeys, type PasskeyRow, registerPasskey, registrationOptions } from './passkeys.ts';
import { acceptTotp, removeTotp as dropTotp, hasTotp, renewRecoveryCodes as makeCodes, beginTotp as makeSecret } from './second-factor.ts';
import { endSessions, rotateSession } from './sessions.ts';
import { confirmPassword } from './set-password.ts';
import { totpUri } from './totp.ts';

type Input<Name extends keyof typeof workspaceEndpoints> = ParsedInputOf<(typeof workspaceEndpoints)[Name]>;
const done = { done: true as const };

export async function beginTotp(ctx: Ctx, { password }: Input<'beginTotp'>, request: RequestFacts) {
  const person = await confirmPassword(ctx, password, request);
  const secret = await makeSecret(ctx.db, ctx.platform.secrets, person.id, ctx.now);
  if (!secret) throw fail('workspace.totp_active');
  const company = (await companySettings(ctx.db)).name;
  return { secret, uri: totpUri(secret, person.email, company ? `Nahbar ${company}` : 'Nahbar') };
}

/** From here on a password alone does not sign in; sessions begun with one end, and this one gets a new token. */
export async function confirmTotp(ctx: Ctx, { code }: Input<'confirmTotp'>, request: RequestFacts) {
  const id = personOf(ctx.actor);
  const { secrets } = ctx.platform;
  const attempt = { account: `confirm code ${id}`, address: request.ip };
  await countAttempt(ctx.db, secrets, attempt, ctx.now);
  return transaction(ctx.platform, ctx.actor, async (own) => {
    const answer = await acceptTotp(own.db, secrets, id, code, own.now, 'unconfirmed');
    if (answer === 'none') throw fail('workspace.totp_not_begun');
    if (answer === 'wrong') throw fail('workspace.code_wrong');
    await forgive(own.db, secrets, attempt);
    const recoveryCodes = await makeCodes(own.db, secrets, id);
    await endSessions(own, id, { keep: ctx.actor.sessionId });
    await rotateSession(own, request);
    await note(own, 'workspace.second_factor_added');
    return { recoveryCodes };
  });
}

export async function removeTotp(ctx: Ctx, { password }: Input<'removeTotp'>, request: RequestFacts) {
  const { id } = await confirmPassword(ctx, password, request);
  await transaction(ctx.platform, ctx.actor, async (own) => {
    await dropTotp(own.db, id);
    await note(own, 'workspace.second_factor_removed');
  });
  return done;
}

export async function renewRecoveryCodes(ctx: Ctx, { password }: Input<'renewRecoveryCodes'>, request: RequestFacts) {
  const { id } = await confirmPassword(ctx, password, request);
  if (!(await hasTotp(ctx.db, id))) throw fail('workspace.totp_not_begun');
  return transaction(ctx.platform, ctx.actor, async (own) => {
    await note(own, 'workspace.recovery_codes_renewed');
    return { recoveryCodes: await makeCodes(own.db, own.platform.secrets, id) };
  });
}

export async function ownPasskeys(ctx: Ctx) {
  return { items: (await listPasskeys(ctx.db, personOf(ctx.actor))).map(presentPasskey) };
}

export async function beginPasskey(ctx: Ctx, { password }: Input<'beginPasskey'>, request: RequestFacts) {
  const person = await confirmPassword(ctx, password, request);
  return registrationOptions(ctx, person, (await companySettings(ctx.db)).name);
}

export async function addPasskey(ctx: Ctx, input: Input<'addPasskey'>) {
  const row = await registerPasskey(ctx, personOf(ctx.actor), input);
  await note(ctx, 'workspace.passkey_added');
  return presentPasskey(row);
}

export async function removePasskey(ctx: Ctx, { id }: Input<'removePasskey'>) {
  const removed = await ctx.db.exec(sql`delete from passkeys where id = ${id} and person_id = ${personOf(ctx.actor)}`);
  if (removed === 0) throw refuse('core.not_found');
  await note(ctx, 'workspace.passkey_removed');
  return done;
}

const note = (ctx: Ctx, action: string): Promise<void> => audit(ctx, { action, object: { kind: 'person', id: personOf(ctx.actor) } });

const presentPasskey = (row: PasskeyRow) => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});
