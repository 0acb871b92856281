import webPush from 'web-push';
import type { PresenceState, PushedNews } from '../../../../contract/workspace.ts';
import { type Ctx, reading } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { DomainError } from '../../../platform/errors.ts';
import { call, OutgoingFailure } from '../../../platform/http/outgoing/outgoing.ts';
import type { Job, TakenJob } from '../../../platform/jobs/jobs.ts';
import { localeOf } from '../queries/people.ts';
import { companySettings } from '../queries/settings.ts';
import { loadActor } from '../rights/actor.ts';
import { pushKeys, pushSubject } from './keys.ts';
import { isLooking } from './looking.ts';
import { findNews, pushJob, type Told } from './news.ts';
import { findSubscription, type Reached, type SubscriptionRow } from './subscriptions.ts';

/** Seconds to the next attempt after each failed one. A push service may ask for more. */
const pauses = [5, 15, 60, 300, 900];
const timeoutMilliseconds = 10_000;
/** Every message has the same length, so that it does not tell who a colleague is. */
const paddedTo = 1_024;
/** In these one rests or learns, and whoever is away has gone: a closed desk calls nobody back to work. */
const quiet: readonly PresenceState[] = ['break', 'recovery', 'training', 'away'];

/**
 * Tells one browser. It runs once more when the process dies in the middle: then the push service or the browser puts the second in place of the
 * first, which has the same topic and tag.
 */
export const pushNews: Job = {
  name: pushJob,
  async run(work, data) {
    const told = data as Told;
    const { db, now } = work.reading;
    const subscription = await findSubscription(db, told.sessionId, now);
    if (!subscription?.kinds.includes(told.kind) || Date.parse(told.until) <= now.getTime()) return;
    const path = await pathFor(work, subscription, told);
    if (path === undefined) return;
    const outcome = await send(work, subscription, await wordsFor(work.reading, subscription, told, path), told);
    await settle(work, told, outcome);
  },
};

/** Where it leads; undefined for who rests, looks at the desk anyway, or may not read it. */
async function pathFor({ platform, reading: at }: TakenJob, { person_id: personId }: SubscriptionRow, told: Told) {
  const actor = await loadActor(at.db, personId, told.sessionId, at.now);
  if (!actor || (await isQuiet(at, personId)) || isLooking(platform, personId)) return undefined;
  try {
    return await findNews(told.kind)?.(reading(platform, actor), told.id);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

async function isQuiet({ db }: Ctx, personId: string): Promise<boolean> {
  const row = await db.maybe<{ state: PresenceState }>(sql`select state from presence where person_id = ${personId}`);
  return row !== undefined && quiet.includes(row.state);
}

async function wordsFor({ db }: Ctx, { person_id: personId }: SubscriptionRow, told: Told, path: string): Promise<PushedNews> {
  const colleague = await db.maybe<{ name: string }>(sql`select name from people where id = ${told.byId}`);
  const locale = (await localeOf(db, personId)) ?? 'de';
  return { kind: told.kind, id: told.id, path, by: colleague?.name ?? null, at: told.at, locale };
}

type Outcome = { is: 'told' } | { is: 'gone' } | { is: 'refused'; why: string } | { is: 'later'; afterSeconds: number };

async function send({ platform, reading: at }: TakenJob, { sealed }: SubscriptionRow, news: PushedNews, told: Told): Promise<Outcome> {
  const { endpoint, p256dh, auth } = JSON.parse(platform.secrets.open(sealed)) as Reached;
  const { method, headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, padded(news), {
    vapidDetails: { subject: await pushSubject(at), ...pushKeys(at) },
    contentEncoding: 'aes128gcm',
    TTL: Math.max(1, Math.floor((Date.parse(told.until) - at.now.getTime()) / 1_000)),
    urgency: 'normal',
    // Without the ids, which are none of the push service's business.
    topic: platform.secrets.sign('push topic', `${told.sessionId} ${told.kind} ${told.id}`).slice(0, 32),
  });
  const pause = pauses[told.attempts] ?? Number.POSITIVE_INFINITY;
  try {
    const reply = await call({
      method,
      url: endpoint,
      headers: headers as Record<string, string>,
      body: body ?? '',
      timeoutMilliseconds,
      allowPrivate: (await companySettings(at.db)).privateAddresses,
    });
    return outcomeOf(reply.status, Math.max(pause, Number(reply.headers['retry-after']) || 0));
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error;
    return error.code === 'address_not_allowed' ? { is: 'refused', why: error.code } : { is: 'later', afterSeconds: pause };
  }
}

function padded(news: PushedNews): Buffer {
  const text = Buffer.alloc(paddedTo, ' ');
  text.set(Buffer.from(JSON.stringify(news)));
  return text;
}

function outcomeOf(status: number, afterSeconds: number): Outcome {
  if (status >= 200 && status < 300) return { is: 'told' };
  if (status === 404 || status === 410) return { is: 'gone' };
  return status === 429 || status >= 500 ? { is: 'later', afterSeconds } : { is: 'refused', why: String(status) };
}

/** Tries again while it is news, and forgets a browser that its push service does not know any more. */
async function settle(work: TakenJob, told: Told, outcome: Outcome): Promise<void> {
  const { sessionId } = told;
  await work.once(async (ctx) => {
    if (outcome.is === 'told')
      await ctx.db.exec(sql`update push_subscriptions set last_told_at = ${ctx.now} where session_id = ${sessionId}`);
    else if (outcome.is === 'gone') await ctx.db.exec(sql`delete from push_subscriptions where session_id = ${sessionId}`);
    else if (outcome.is === 'refused') ctx.log.warn({ sessionId, why: outcome.why }, 'a push service refused a message');
    else if (ctx.now.getTime() + outcome.afterSeconds * 1_000 < Date.parse(told.until))
      await ctx.enqueue(pushJob, { ...told, attempts: told.attempts + 1 }, { startAfterSeconds: outcome.afterSeconds });
  });
}
