import type { NewsKind } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { isLooking } from './looking.ts';

/** Something that happened to whom it concerns: these people, or everybody in a team, but never who did it. */
export interface News {
  kind: NewsKind;
  /** What it is about, in the words of the room that tells it; with the kind it names one notice, the newer in place of the older. */
  id: string;
  byId: string | null;
  at: Date;
  /** After this it helps nobody; an hour when left out. */
  until?: Date;
  to: { personIds?: readonly (string | null)[]; teamId?: string | null };
}

/** What one job has to tell one browser. */
export interface Told extends Record<string, unknown> {
  sessionId: string;
  kind: NewsKind;
  id: string;
  byId: string | null;
  at: string;
  until: string;
  attempts: number;
}

export const pushJob = 'workspace.push_news';
const usefulMilliseconds = 3_600_000;

/**
 * Queues what happened for the browsers of those who asked to be told and do not see it anyway. Whether they may read it, have come back meanwhile or
 * rest is asked when it leaves.
 */
export async function tellInBackground(ctx: Ctx, news: readonly News[]): Promise<void> {
  const personIds = [...new Set(news.flatMap(({ to }) => to.personIds ?? []))].filter((id) => id !== null);
  const teamIds = [...new Set(news.flatMap(({ to }) => to.teamId ?? []))];
  if (personIds.length + teamIds.length === 0) return;
  const browsers = await ctx.db.query<Browser>(sql`select s.session_id, s.person_id, s.kinds,
      array(select m.team_id from team_members m where m.person_id = s.person_id) as team_ids from push_subscriptions s
    where s.person_id = any(${personIds}::uuid[]) or s.person_id in (select person_id from team_members where team_id = any(${teamIds}::uuid[]))
    order by s.session_id`);
  for (const one of news)
    for (const browser of browsers)
      if (concerns(one, browser) && !isLooking(ctx.platform, browser.person_id))
        await ctx.enqueue(pushJob, toldTo(browser.session_id, one));
}

interface Browser {
  session_id: string;
  person_id: string;
  kinds: NewsKind[];
  team_ids: string[];
}

function concerns({ kind, byId, to }: News, browser: Browser): boolean {
  if (browser.person_id === byId || !browser.kinds.includes(kind)) return false;
  return to.personIds?.includes(browser.person_id) || (to.teamId ? browser.team_ids.includes(to.teamId) : false);
}

const toldTo = (sessionId: string, { kind, id, byId, at, until }: News): Told => ({
  sessionId,
  kind,
  id,
  byId,
  at: at.toISOString(),
  until: (until ?? new Date(at.getTime() + usefulMilliseconds)).toISOString(),
  attempts: 0,
});

/** Where the press on a notice leads, read with the rights of who is told; undefined when it is no news for them, or no longer. */
export type FindNews = (ctx: Ctx, id: string) => Promise<string | undefined>;

const finders = new Map<NewsKind, FindNews>();

/** Rooms above know what their news are about. */
export const provideNews = (kind: NewsKind, find: FindNews): void => void finders.set(kind, find);
export const findNews = (kind: NewsKind): FindNews | undefined => finders.get(kind);
