import { z } from 'zod';
import type { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import { readSearch } from '../../../../contract/search.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { seesMaskedOnly } from '../policy.ts';
import { presentConversations, presentMessages } from '../present.ts';
import { conversationFacts } from '../queries.ts';
import type { MessageRow } from '../rows.ts';
import { findBest } from './best.ts';
import { findAmongNewest, findNewest, type Found, mostSorted, type Place } from './newest.ts';
import { expectedMatches, queryOf, type SearchQuery, someOf, wholeOf } from './query.ts';

type Reply = ReplyOf<typeof api.search>;
const nothing = { items: [], nextCursor: null, order: 'best', loosened: false, resembling: [] } satisfies Omit<Reply, 'wrong'>;

/** Messages and notes the actor may read, the best answers first; or the newest, when that is asked for or the words are in too many. */
export async function searchMessages(ctx: Ctx, input: ParsedInputOf<typeof api.search>): Promise<Reply> {
  const search = readSearch(input.q);
  const place = input.cursor ? readCursor(input.cursor) : undefined;
  const query = seesMaskedOnly(ctx.actor) ? null : await queryOf(ctx.db, search, ctx.now);
  if (!query) return { ...nothing, wrong: search.wrong };
  const found = await find(ctx, query, { order: input.order, limit: input.limit, place });
  const [items, resembling] = await Promise.all([present(ctx, found, query), mistyped(ctx, query, found.page)]);
  return {
    items,
    nextCursor: found.next && writeCursor(found.next),
    order: found.order,
    loosened: found.loosened,
    resembling,
    wrong: search.wrong,
  };
}

interface Result {
  page: MessageRow[];
  /** By message, how many more of its conversation were found. */
  more: Map<string, number>;
  next: Cursor | null;
  order: 'best' | 'newest';
  /** Nothing had all of the words: these have some. */
  loosened: boolean;
}

async function find(
  ctx: Ctx,
  query: SearchQuery,
  wish: { order: 'best' | 'newest'; limit: number; place: Cursor | undefined },
): Promise<Result> {
  const conditions = sql.join([...query.conditions, readableBy(ctx)], sql` and `);
  if (wish.order === 'best' && !wish.place && (await expectedMatches(ctx.db, query)) > mostSorted) {
    const found = await findAmongNewest(ctx, { match: wholeOf(query), take: wish.limit, before: undefined, conditions });
    if (found) return asNewest(found, false);
  }
  let isCommon = false;
  let loosened = wish.place?.order === 'newest' && wish.place.loosened;
  if (wish.order === 'best' && wish.place?.order !== 'newest') {
    const best = await byWorth(ctx, query, {
      conditions,
      limit: wish.limit,
      place: wish.place ?? { order: 'best', until: ctx.now.toISOString(), offset: 0 },
    });
    if (best !== null && typeof best === 'object') return best;
    isCommon = best !== null;
    loosened = best === 'nothing whole';
  }
  const match = query.parts.length === 0 ? null : loosened ? someOf(query) : wholeOf(query);
  const before: Place | undefined = wish.place?.order === 'newest' ? wish.place : undefined;
  return asNewest(await findNewest(ctx, { match, take: wish.limit, before, conditions, isCommon }), loosened);
}

const asNewest = ({ page, next }: Found, loosened: boolean): Result => ({
  page,
  more: new Map(),
  next: next && { order: 'newest', ...next, loosened },
  order: 'newest',
  loosened: loosened && page.length > 0,
});

/** Null when there are no words to weigh by; words when there are too many messages to weigh, or none that may be read. */
async function byWorth(
  ctx: Ctx,
  query: SearchQuery,
  { conditions, limit, place }: { conditions: Sql; limit: number; place: Extract<Cursor, { order: 'best' }> },
): Promise<Result | 'too many' | 'nothing whole' | null> {
  if (query.parts.length === 0) return null;
  const { until, offset } = place;
  const { talks, isTooMany } = await findBest(ctx, query, { conditions, until: new Date(until), offset, take: limit + 1 });
  if (isTooMany) return 'too many';
  if (talks.length === 0 && offset === 0 && query.parts.length > 1) return 'nothing whole';
  const shown = talks.slice(0, limit);
  return {
    page: shown.map(({ best }) => best),
    more: new Map(shown.map(({ best, more }) => [best.id, more])),
    next: talks.length > limit ? { ...place, offset: offset + limit } : null,
    order: 'best',
    loosened: shown.some(({ isWhole }) => !isWhole),
  };
}

/** Which words were found as others that resemble them: only in what is shown, else the words of messages nobody here may read would show through. */
async function mistyped(ctx: Ctx, { resembling }: SearchQuery, page: readonly MessageRow[]): Promise<string[]> {
  const ids = page.map(({ id }) => id);
  const found: string[] = [];
  for (const { typed, alike } of resembling)
    if (await ctx.db.maybe(sql`select from messages m where m.id = any(${ids}::uuid[]) and m.words @@ ${alike} limit 1`)) found.push(typed);
  return found;
}

async function present(ctx: Ctx, { page, more }: Result, { marks }: SearchQuery): Promise<Reply['items']> {
  const ids = page.map(({ id }) => id);
  const mark = 'StartSel="[[", StopSel="]]"';
  const excerpt = marks
    ? sql`ts_headline('german', left(m.text, 20000), ${marks}, ${`${mark}, MaxFragments=2, FragmentDelimiter=" … ", MaxWords=20, MinWords=8`})`
    : sql`left(m.text, 160)`;
  const subject = marks ? sql`ts_headline('german', c.subject, ${marks}, ${`${mark}, HighlightAll=true`})` : sql`c.subject`;
  // Here and in `best.ts` the text of a statement is another for each number of words, so none is kept on the server.
  const marked = ctx.db.query<{ id: string; excerpt: string; subject: string }>(
    sql.unprepared(sql`select m.id, ${excerpt} as excerpt, ${subject} as subject from messages m join conversations c on c.id = m.conversation_id
      where m.id = any(${ids}::uuid[])`),
  );
  const shown = conversationFacts(ctx.db, [...new Set(page.map((row) => row.conversationId))]).then((rows) =>
    presentConversations(ctx.db, [...rows.values()]),
  );
  const [excerpts, conversations, messages] = await Promise.all([marked, shown, presentMessages(ctx.db, page)]);
  const byId = new Map(excerpts.map((one) => [one.id, one]));
  const talks = new Map(conversations.map((one) => [one.id, one]));
  return messages.flatMap((message) => {
    const conversation = talks.get(message.conversationId);
    return conversation
      ? [
          {
            message,
            conversation,
            excerpt: byId.get(message.id)?.excerpt ?? '',
            subject: byId.get(message.id)?.subject ?? '',
            more: more.get(message.id) ?? 0,
          },
        ]
      : [];
  });
}

function readableBy(ctx: Ctx): Sql {
  const teams = teamsWithin(ctx.actor, 'read_case');
  if (teams === 'all') return sql`true`;
  return sql`(c.team_id = any(${teams}::uuid[]) or c.assignee_id = ${ctx.actor.id} or c.claimed_by = ${ctx.actor.id}
    or exists (select from conversation_access g where g.conversation_id = c.id and g.person_id = ${ctx.actor.id} and g.until > ${ctx.now}))`;
}

const cursor = z.discriminatedUnion('order', [
  z.object({ order: z.literal('newest'), at: z.iso.datetime(), id: z.guid(), loosened: z.boolean() }),
  z.object({ order: z.literal('best'), until: z.iso.datetime(), offset: z.number().int().min(0).max(1_000) }),
]);
type Cursor = z.infer<typeof cursor>;

const writeCursor = (place: Cursor): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function readCursor(text: string): Cursor {
  try {
    return cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw core('core.cursor_invalid');
  }
}
