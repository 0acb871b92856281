import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { fail } from '../errors.ts';
import { relyingParty } from './relying-party.ts';

const challengeSeconds = 300;
/** Loaded with the first passkey: 80 ms and 11 MB that many installations never need. */
const library = () => import('@simplewebauthn/server');

export interface PasskeyRow {
  id: string;
  person_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  created_at: Date;
  last_used_at: Date | null;
}

export const listPasskeys = (db: Db, personId: string): Promise<PasskeyRow[]> =>
  db.query<PasskeyRow>(sql`select * from passkeys where person_id = ${personId} order by created_at, id`);

/** What the browser needs to make a passkey that can sign in without a name being typed. */
export async function registrationOptions(ctx: Ctx, person: { id: string; name: string; email: string }, company: string) {
  const existing = await listPasskeys(ctx.db, person.id);
  const options = await (await library()).generateRegistrationOptions({
    rpName: company || 'Nahbar',
    rpID: relyingParty(ctx.platform.config).id,
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.id)),
    attestationType: 'none',
    excludeCredentials: existing.map((one) => ({ id: one.credential_id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { challengeId: await storeChallenge(ctx, options.challenge, person.id), options: { ...options } as Record<string, unknown> };
}

export async function registerPasskey(
  ctx: Ctx,
  personId: string,
  { challengeId, name, response }: { challengeId: string; name: string; response: Record<string, unknown> },
): Promise<PasskeyRow> {
  const expectedChallenge = await takeChallenge(ctx, challengeId, personId);
  const party = relyingParty(ctx.platform.config);
  const result = await (await library())
    .verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: party.origins,
      expectedRPID: party.id,
      requireUserVerification: true,
    })
    .catch(() => undefined);
  if (!result?.verified) throw fail('workspace.passkey_refused');
  const { credential } = result.registrationInfo;
  return ctx.db.one<PasskeyRow>(sql`insert into passkeys (id, person_id, credential_id, public_key, counter, transports, name, created_at)
    values (${newId(ctx.now.getTime())}, ${personId}, ${credential.id}, ${Buffer.from(credential.publicKey)}, ${credential.counter},
      ${credential.transports ?? []}, ${name}, ${ctx.now}) returning *`);
}

/** No list of allowed passkeys: it would tell who has an account. */
export async function signInOptions(ctx: Ctx) {
  const { id } = relyingParty(ctx.platform.config);
  const options = await (await library()).generateAuthenticationOptions({ rpID: id, userVerification: 'required' });
  return { challengeId: await storeChallenge(ctx, options.challenge, null), options: { ...options } as Record<string, unknown> };
}

/** Whose passkey signed the challenge. It proves possession and, by the device's own check, the person: no second factor on top. */
export async function personOfPasskey(
  ctx: Ctx,
  { challengeId, response }: { challengeId: string; response: Record<string, unknown> },
): Promise<string> {
  const expectedChallenge = await takeChallenge(ctx, challengeId, null);
  const row = await ctx.db.maybe<PasskeyRow>(sql`select * from passkeys where credential_id = ${String(response['id'])}`);
  if (!row) throw fail('workspace.passkey_refused');
  const party = relyingParty(ctx.platform.config);
  const result = await (await library())
    .verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: party.origins,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: row.credential_id, publicKey: new Uint8Array(row.public_key), counter: row.counter },
    })
    .catch(() => undefined);
  if (!result?.verified) throw fail('workspace.passkey_refused');
  const { newCounter } = result.authenticationInfo;
  await ctx.db.exec(sql`update passkeys set counter = ${newCounter}, last_used_at = ${ctx.now} where id = ${row.id}`);
  return row.person_id;
}

async function storeChallenge(ctx: Ctx, challenge: string, personId: string | null): Promise<string> {
  const id = newId(ctx.now.getTime());
  const expiresAt = new Date(ctx.now.getTime() + challengeSeconds * 1_000);
  await ctx.db.exec(
    sql`insert into passkey_challenges (id, challenge, person_id, expires_at) values (${id}, ${challenge}, ${personId}, ${expiresAt})`,
  );
  return id;
}

/** A challenge is good for one answer, right or wrong: callers pass a context without transaction, so that a refusal does not give it back. */
async function takeChallenge(ctx: Ctx, id: string, personId: string | null): Promise<string> {
  const row = await ctx.db.maybe<{ challenge: string }>(sql`delete from passkey_challenges
    where id = ${id} and person_id is not distinct from ${personId} and expires_at > ${ctx.now} returning challenge`);
  if (!row) throw fail('workspace.challenge_expired');
  return row.challenge;
}
