import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../../platform/config/secrets.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { matchingStep, newTotpSecret, toBase32 } from './totp.ts';

const recoveryCodeCount = 10;
/** How long somebody may look for the telephone after the password was right. */
const challengeSeconds = 300;

interface TotpRow {
  sealed_secret: string;
  confirmed_at: Date | null;
  last_step: number;
}

const findTotp = (db: Db, personId: string): Promise<TotpRow | undefined> =>
  db.maybe<TotpRow>(sql`select sealed_secret, confirmed_at, last_step from totp_secrets where person_id = ${personId}`);

export const hasTotp = async (db: Db, personId: string): Promise<boolean> => Boolean((await findTotp(db, personId))?.confirmed_at);

/** A secret that counts only once a code has confirmed it; an earlier one never confirmed is replaced. False when one is already on. */
export async function beginTotp(db: Db, secrets: Secrets, personId: string, now: Date): Promise<string | undefined> {
  const secret = newTotpSecret();
  const made = await db.exec(sql`insert into totp_secrets as t (person_id, sealed_secret, created_at)
    values (${personId}, ${secrets.seal(secret)}, ${now}) on conflict (person_id) do update
    set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = 0 where t.confirmed_at is null`);
  return made === 1 ? secret : undefined;
}

/** Accepts a code of the app once. `unconfirmed` looks at a secret that waits for its first code, and turns it on. */
export async function acceptTotp(
  db: Db,
  secrets: Secrets,
  personId: string,
  code: string,
  now: Date,
  which: 'confirmed' | 'unconfirmed' = 'confirmed',
): Promise<'accepted' | 'wrong' | 'none'> {
  const row = await findTotp(db, personId);
  if (!row || (row.confirmed_at !== null) !== (which === 'confirmed')) return 'none';
  const step = matchingStep(secrets.open(row.sealed_secret), code.replaceAll(' ', ''), now, row.last_step);
  if (step === undefined) return 'wrong';
  // The condition lets one of two requests with the same code win.
  const used = await db.exec(sql`update totp_secrets set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${now})
    where person_id = ${personId} and last_step < ${step}`);
  return used === 1 ? 'accepted' : 'wrong';
}

/** Ten new codes instead of all earlier ones; kept as keyed hashes, since fifty bits alone could be guessed from a stolen table. */
export async function renewRecoveryCodes(db: Db, secrets: Secrets, personId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => toBase32(randomBytes(7)).slice(0, 10));
  await db.exec(sql`delete from recovery_codes where person_id = ${personId}`);
  const hashes = codes.map((code) => hashCode(secrets, personId, code));
  await db.exec(sql`insert into recovery_codes (person_id, hash) select ${personId}, h from unnest(${hashes}::bytea[]) as h`);
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

/** Uses a recovery code up. */
export async function acceptRecoveryCode(db: Db, secrets: Secrets, personId: string, text: string): Promise<boolean> {
  const code = text.toUpperCase().replace(/[^A-Z2-7]/g, '');
  if (code.length !== 10) return false;
  return (
    (await db.exec(sql`delete from recovery_codes where person_id = ${personId} and hash = ${hashCode(secrets, personId, code)}`)) === 1
  );
}

export async function removeTotp(db: Db, personId: string): Promise<void> {
  await db.exec(sql`delete from totp_secrets where person_id = ${personId}`);
  await db.exec(sql`delete from recovery_codes where person_id = ${personId}`);
}

export async function removeSecondFactors(db: Db, personId: string): Promise<void> {
  await removeTotp(db, personId);
  await db.exec(sql`delete from passkeys where person_id = ${personId}`);
}

/** Says, signed, that this person's password was right a moment ago; worth nothing without a code. */
export function challengeFor(secrets: Secrets, personId: string, now: Date): string {
  const text = `${personId}.${Math.floor(now.getTime() / 1_000) + challengeSeconds}`;
  return `${text}.${secrets.sign('second factor', text)}`;
}

export function readChallenge(secrets: Secrets, challenge: string, now: Date): string | undefined {
  const [personId = '', until = '', signature = ''] = challenge.split('.');
  if (!secrets.verify('second factor', `${personId}.${until}`, signature)) return undefined;
  return Number(until) * 1_000 > now.getTime() ? personId : undefined;
}

const hashCode = (secrets: Secrets, personId: string, code: string): Buffer =>
  Buffer.from(secrets.sign('recovery code', `${personId} ${code}`), 'base64url');
