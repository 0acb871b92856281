import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { fail } from '../errors.ts';

const derive = promisify(argon2);

// OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane.
const cost = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const;
const prefix = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$`;

/** A hash in the usual text form; about 25 ms and 19 MiB. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${prefix}${salt.toString('base64url')}$${(await tag(password, salt)).toString('base64url')}`;
}

/** Takes the same time whether or not there is a hash, so that nobody learns who has an account. */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const [salt = '', expected = ''] = (hash?.startsWith(prefix) ? hash.slice(prefix.length) : '').split('$');
  const found = await tag(password, salt ? Buffer.from(salt, 'base64url') : Buffer.alloc(16));
  const wanted = expected ? Buffer.from(expected, 'base64url') : Buffer.alloc(cost.tagLength);
  return timingSafeEqual(found, wanted) && expected !== '';
}

export async function findPasswordHash(db: Db, personId: string): Promise<string | undefined> {
  return (await db.maybe<{ hash: string }>(sql`select hash from passwords where person_id = ${personId}`))?.hash;
}

export async function storePassword(db: Db, personId: string, hash: string, now: Date): Promise<void> {
  await db.exec(sql`insert into passwords (person_id, hash, changed_at) values (${personId}, ${hash}, ${now})
    on conflict (person_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`);
}

// Twelve characters are the only rule of form (NIST SP 800-63B-4: length and a list, nothing else); what follows is the list.
const common = new Set(
  `password passwort passwords passworte kennwort geheim geheimnis hallo hallohallo willkommen welcome letmein iloveyou ichliebedich
  qwertz qwerty qwertzuiop qwertyuiop asdfghjkl abcdefgh abcdefghijkl abcdefghijklm admin administrator changeme startpasswort initialpasswort
  schatz schatzi fussball football baseball sunshine princess prinzessin sommer winter frühling herbst deutschland berlin hamburg leipzig
  nahbar kundenservice service company firma test testtest testpasswort demo`.split(/\s+/),
);
const rows = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertzuiopü', 'qwertyuiop', 'asdfghjklöä'];

/** Refuses what attackers try first: one common word dressed in digits and signs, a piece repeated, a run on the keyboard, the own name or address. */
export function refuseCommon(password: string, own: readonly string[]): void {
  const lower = password.toLowerCase();
  const words = new Set(lower.split(/[^\p{L}]+/u).filter((word) => word !== ''));
  const [only] = words;
  const mine = own.flatMap((text) => [text.toLowerCase(), text.toLowerCase().split('@')[0] ?? '']);
  const oneCommonWord = words.size === 1 && only !== undefined && (common.has(only) || mine.includes(only));
  if (oneCommonWord || mine.includes(lower) || isRepetition(lower) || isRun(lower)) throw fail('workspace.password_common');
}

/** `aaaaaaaaaaaa`, `abcabcabcabc`: at most four signs, over and over. */
function isRepetition(text: string): boolean {
  return [1, 2, 3, 4].some(
    (length) =>
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length),
  );
}

/** `123456789012`, and the same backwards. */
function isRun(text: string): boolean {
  const backwards = Array.from(text).toReversed().join('');
  return rows.some((row) => (row + row).includes(text) || (row + row).includes(backwards));
}

let waiting: Promise<unknown>[] = [];
const lanes = 2;

/** At most two at a time: the memory is bounded and half of the thread pool stays free for everything else. */
async function tag(password: string, salt: Buffer): Promise<Buffer> {
  const before = waiting.length >= lanes ? waiting[waiting.length - lanes] : undefined;
  const run = (async () => {
    await before?.catch(() => undefined);
    return derive('argon2id', { message: password.normalize('NFKC'), nonce: salt, ...cost });
  })();
  waiting.push(run);
  try {
    return await run;
  } finally {
    waiting = waiting.filter((other) => other !== run);
  }
}
