import { createHash, ECDH } from 'node:crypto';
import type { OutputOf, ParsedInputOf } from '../../../../contract/core.ts';
import type { NewsKind, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { invalidInput, fail as refuse } from '../../../platform/errors.ts';
import { mayCall } from '../../../platform/http/outgoing/outgoing.ts';
import { fail } from '../errors.ts';
import { personOf } from '../policy.ts';
import { companySettings } from '../queries/settings.ts';
import { pushKeys } from './keys.ts';

type Endpoints = typeof workspaceEndpoints;
type Presented = OutputOf<Endpoints['keepPushSubscription']>;

/** Where a browser is reached and what it alone can read. Whoever has it can call the browser, so it lies sealed. */
export interface Reached {
  endpoint: string;
  p256dh: string;
  auth: string;
}

export interface SubscriptionRow {
  session_id: string;
  person_id: string;
  sealed: string;
  kinds: NewsKind[];
  created_at: Date;
  last_told_at: Date | null;
  user_agent: string;
}

const columns = sql`s.session_id, s.person_id, s.sealed, s.kinds, s.created_at, s.last_told_at, n.user_agent`;
/** Of sessions that live. */
const living = (now: Date) => sql`push_subscriptions s join sessions n on n.id = s.session_id and n.expires_at > ${now}`;

export const findSubscription = (db: Db, sessionId: string, now: Date): Promise<SubscriptionRow | undefined> =>
  db.maybe<SubscriptionRow>(sql`select ${columns} from ${living(now)} where s.session_id = ${sessionId}`);

export async function listSubscriptions(ctx: Ctx): Promise<OutputOf<Endpoints['listPushSubscriptions']>> {
  const rows = await ctx.db.query<SubscriptionRow>(
    sql`select ${columns} from ${living(ctx.now)} where s.person_id = ${personOf(ctx.actor)} order by s.created_at desc, s.session_id`,
  );
  return { publicKey: pushKeys(ctx).publicKey, items: rows.map((row) => present(ctx, row)) };
}

/** One browser is one session here: what it said before is replaced, and so is what it said under the session of somebody else. */
export async function keepSubscription(
  ctx: Ctx,
  { endpoint, p256dh, auth, kinds }: ParsedInputOf<Endpoints['keepPushSubscription']>,
): Promise<Presented> {
  const personId = personOf(ctx.actor);
  const { sessionId } = ctx.actor;
  if (!sessionId) throw fail('workspace.push_needs_browser');
  if (!mayCall(new URL(endpoint), (await companySettings(ctx.db)).privateAddresses)) throw fail('workspace.push_service_not_allowed');
  if (!isPoint(p256dh)) throw invalidInput([{ path: 'p256dh', message: 'A point on the curve P-256 is expected.' }]);
  const hash = createHash('sha256').update(endpoint).digest();
  const sealed = ctx.platform.secrets.seal(JSON.stringify({ endpoint, p256dh, auth } satisfies Reached));
  await ctx.db.exec(sql`delete from push_subscriptions where endpoint_hash = ${hash} and session_id <> ${sessionId}`);
  await ctx.db.exec(sql`insert into push_subscriptions (session_id, person_id, endpoint_hash, sealed, kinds, created_at)
    values (${sessionId}, ${personId}, ${hash}, ${sealed}, ${kinds}, ${ctx.now})
    on conflict (session_id) do update set endpoint_hash = excluded.endpoint_hash, sealed = excluded.sealed, kinds = excluded.kinds`);
  const row = await findSubscription(ctx.db, sessionId, ctx.now);
  // The session may have ended while its browser asked.
  if (!row) throw fail('workspace.push_needs_browser');
  return present(ctx, row);
}

export async function removeSubscription(ctx: Ctx, { id }: { id: string }) {
  const removed = await ctx.db.exec(sql`delete from push_subscriptions where session_id = ${id} and person_id = ${personOf(ctx.actor)}`);
  if (removed === 0) throw refuse('core.not_found');
  return { done: true as const };
}

/** Later it would fail at every message to this browser. */
function isPoint(key: string): boolean {
  try {
    ECDH.convertKey(key, 'prime256v1', 'base64url', 'hex', 'compressed');
    return true;
  } catch {
    return false;
  }
}

const present = ({ actor }: Ctx, row: SubscriptionRow): Presented => ({
  id: row.session_id,
  current: row.session_id === actor.sessionId,
  userAgent: row.user_agent,
  createdAt: row.created_at.toISOString(),
  lastToldAt: row.last_told_at?.toISOString() ?? null,
});
