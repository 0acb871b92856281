import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { type Ctx, transaction } from '../../../platform/context.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { findPersonByEmail } from '../queries/people.ts';
import { loadActor } from '../rights/actor.ts';
import { type Attempt, countAttempt, forgive } from './attempts.ts';
import { personOfPasskey } from './passkeys.ts';
import { findPasswordHash, passwordMatches } from './passwords.ts';
import { knownPlace } from './places.ts';
import { acceptRecoveryCode, acceptTotp, challengeFor, hasTotp, readChallenge } from './second-factor.ts';
import { beginSession, endSessions } from './sessions.ts';

type Input<Name extends keyof typeof workspaceEndpoints> = ParsedInputOf<(typeof workspaceEndpoints)[Name]>;
const signedIn = { status: 'signed_in' as const };

/** Every way in that fails answers alike and takes alike long, whether the address is known, without password or deactivated. */
export async function signIn(ctx: Ctx, { email, password }: Input<'signIn'>, request: RequestFacts) {
  const { secrets } = ctx.platform;
  const person = await findPersonByEmail(ctx.db, email);
  const known = await knownPlace(ctx.db, secrets, person?.id, request);
  const attempt: Attempt = { account: email, address: request.ip, known };
  await countAttempt(ctx.db, secrets, attempt, ctx.now);
  const matches = await passwordMatches(password, person?.active ? await findPasswordHash(ctx.db, person.id) : undefined);
  if (!person || !matches) {
    // Written for an unknown address too, without it: else its refusal would come sooner and tell that nobody has it.
    await audit(ctx, { action: 'workspace.sign_in_failed', ...(person ? { object: { kind: 'person', id: person.id } } : {}) });
    throw fail('workspace.sign_in_failed');
  }
  await forgive(ctx.db, secrets, attempt);
  return enterOrChallenge(ctx, person.id, request, 'password');
}

/** Who knows the password is in, unless a second factor is set up. */
export async function enterOrChallenge(ctx: Ctx, personId: string, request: RequestFacts, by: string) {
  if (await hasTotp(ctx.db, personId))
    return { status: 'second_factor' as const, challenge: challengeFor(ctx.platform.secrets, personId, ctx.now) };
  await enter(ctx, personId, request, by);
  return signedIn;
}

export async function signInSecondFactor(ctx: Ctx, { challenge, code }: Input<'signInSecondFactor'>, request: RequestFacts) {
  const { secrets } = ctx.platform;
  const personId = readChallenge(secrets, challenge, ctx.now);
  if (!personId) throw fail('workspace.challenge_expired');
  const known = await knownPlace(ctx.db, secrets, personId, request);
  const attempt: Attempt = { account: `second factor ${personId}`, address: request.ip, known };
  await countAttempt(ctx.db, secrets, attempt, ctx.now);
  const byApp = (await acceptTotp(ctx.db, secrets, personId, code, ctx.now)) === 'accepted';
  if (!byApp && !(await acceptRecoveryCode(ctx.db, secrets, personId, code))) {
    await audit(ctx, { action: 'workspace.sign_in_failed', object: { kind: 'person', id: personId } });
    throw fail('workspace.code_wrong');
  }
  await forgive(ctx.db, secrets, attempt);
  await enter(ctx, personId, request, byApp ? 'password_and_app' : 'password_and_recovery_code');
  return signedIn;
}

export async function signInPasskey(ctx: Ctx, input: Input<'signInPasskey'>, request: RequestFacts) {
  const { secrets } = ctx.platform;
  const attempt: Attempt = { account: `passkey ${String(input.response['id']).slice(0, 200)}`, address: request.ip };
  await countAttempt(ctx.db, secrets, attempt, ctx.now);
  const personId = await personOfPasskey(ctx, input);
  await forgive(ctx.db, secrets, attempt);
  await enter(ctx, personId, request, 'passkey');
  return signedIn;
}

export async function signOut(ctx: Ctx, request: RequestFacts) {
  const { id, sessionId } = ctx.actor;
  if (id && sessionId) {
    await endSessions(ctx, id, { id: sessionId });
    await audit(ctx, { action: 'workspace.signed_out', object: { kind: 'person', id } });
  }
  request.setCookie('nahbar_session', '', { maxAgeSeconds: 0 });
  return { done: true as const };
}

/** Begins the session as the person who came in, in a transaction of its own. */
async function enter(ctx: Ctx, personId: string, request: RequestFacts, by: string): Promise<void> {
  const actor = await loadActor(ctx.db, personId, null, ctx.now);
  if (!actor) throw fail('workspace.sign_in_failed');
  await transaction(ctx.platform, actor, async (own) => {
    await beginSession(own, request, personId);
    await audit(own, { action: 'workspace.signed_in', object: { kind: 'person', id: personId }, data: { by } });
  });
}
