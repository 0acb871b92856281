import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../../platform/config/secrets.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { networkOf } from '../../../platform/http/network.ts';
import type { RequestFacts } from '../../../platform/module.ts';

/** Tells a browser again in which somebody signed in. It lets nobody in. */
export const deviceCookie = 'nahbar_device';
const memorySeconds = 30 * 86_400;
const nobody = '00000000-0000-0000-0000-000000000000';

/** From where somebody tries, as far as this person signed in from there before. */
export interface KnownPlace {
  /** This very browser; the hash of its cookie. */
  device: string | undefined;
  network: boolean;
}

type Caller = Pick<RequestFacts, 'ip' | 'cookies'>;

/** Asks alike whether or not there is such a person, or the time would tell. */
export async function knownPlace(db: Db, secrets: Secrets, personId: string | undefined, caller: Caller): Promise<KnownPlace> {
  const places = placesOf(secrets, caller);
  const rows = await db.query<{ place: string }>(sql`select place from sign_in_places
    where person_id = ${personId ?? nobody} and place = any(${[places.network, places.device ?? '']}::text[])`);
  const known = new Set(rows.map(({ place }) => place));
  return { device: places.device && known.has(places.device) ? places.device : undefined, network: known.has(places.network) };
}

/** After a sign-in. The browser keeps its cookie whoever signs in, and however often. */
export async function rememberPlace(ctx: Ctx, request: RequestFacts, personId: string): Promise<void> {
  const { secrets } = ctx.platform;
  const device = deviceOf(request) ?? randomBytes(32).toString('base64url');
  request.setCookie(deviceCookie, device, { maxAgeSeconds: memorySeconds });
  const places = placesOf(secrets, { ip: request.ip, cookies: { [deviceCookie]: device } });
  for (const place of [places.network, places.device])
    await ctx.db.exec(sql`insert into sign_in_places (person_id, place, last_at) values (${personId}, ${place}, ${ctx.now})
      on conflict (person_id, place) do update set last_at = excluded.last_at`);
}

export async function sweepPlaces(ctx: Ctx): Promise<void> {
  await ctx.db.exec(sql`delete from sign_in_places where last_at < ${new Date(ctx.now.getTime() - memorySeconds * 1_000)}`);
}

function deviceOf({ cookies }: Caller): string | undefined {
  const given = cookies[deviceCookie];
  return given && /^[\w-]{43}$/.test(given) ? given : undefined;
}

function placesOf(secrets: Secrets, caller: Caller) {
  const device = deviceOf(caller);
  return {
    network: secrets.sign('place of sign-in', `network ${networkOf(caller.ip)}`),
    device: device && secrets.sign('place of sign-in', `device ${device}`),
  };
}
