import { teamsWithin } from '../../../platform/actor.ts';
import { oneEach } from '../../../platform/concurrency/one-each.ts';
import { type InTurn, turns } from '../../../platform/concurrency/turns.ts';
import { type Ctx, type Platform, reading } from '../../../platform/context.ts';
import { asksForRetry } from '../../../platform/database/transaction.ts';
import { DomainError } from '../../../platform/errors.ts';
import { answeredBefore, type Keyed } from '../../../platform/http/idempotency.ts';
import type { RequestFacts } from '../../../platform/module.ts';
import { fail } from '../errors.ts';
import { type ListQuery, listConversations, type Sort } from '../list/list.ts';
import { findView } from '../list/views.ts';
import { claimConversation, lookAt, type Seen, type Taken } from './claim.ts';
import { closedQueues } from './closed-queues.ts';
import { restingQueues } from './resting-queues.ts';

type Line = ReturnType<typeof oneEach<Seen>>;

/** Those who would get the same list stand in one line. */
const linesOf = new WeakMap<Platform, Map<string, Line>>();
const mostLines = 1_000;

interface Wanted {
  view: string;
  teamId?: string | undefined;
  sort?: Sort | undefined;
}

const repetitionsOf = new WeakMap<Platform, InTurn<Taken>>();

/** Takes the first of a view that is free. A repetition, by a caller whom the answer did not reach, gets what was taken then. */
export async function takeNext(ctx: Ctx, input: Wanted, { key }: Pick<RequestFacts, 'key'>): Promise<Taken> {
  if (!key) return takeFree(ctx, input);
  let inTurn = repetitionsOf.get(ctx.platform);
  if (!inTurn) repetitionsOf.set(ctx.platform, (inTurn = turns()));
  const { caller, hash } = key;
  return inTurn([caller, key.key, hash].join(' '), async (same) => same ?? (await takenBy(ctx, key)) ?? takeFree(ctx, input, key));
}

const takenBy = async (ctx: Ctx, key: Keyed): Promise<Taken | undefined> => (await answeredBefore(ctx, key))?.reply as Taken | undefined;

/** What somebody else just got, or whose customer a colleague is serving, is passed over. */
async function takeFree(ctx: Ctx, input: Wanted, key?: Keyed): Promise<Taken> {
  const view = await findView(ctx, input.view);
  // What is assigned to somebody waits for that person.
  const filter = view.filter.assignee === 'me' ? view.filter : { ...view.filter, assignee: 'nobody' as const };
  const wanted = { filter, sort: input.sort ?? view.sort, teamId: input.teamId };
  const closed = await closedQueues(ctx);
  const resting = await restingQueues(ctx);
  const servedByOthers = new Set<string>();
  const any = { sort: wanted.sort, isOwn: filter.assignee === 'me', isSkilled: closed.length > 0 };
  const take = async (seen: Seen) => {
    try {
      return await claimConversation(ctx, { id: seen.id, mode: 'take', any, key }, seen);
    } catch (error) {
      const code = asksForRetry(error) ? 'core.conflict' : error instanceof DomainError ? error.code : '';
      if (!passedOver.has(code)) throw error;
      if (code === 'conversations.customer_already_served') servedByOthers.add(seen.customerId);
      // Undone may be what another process answered in the meantime.
      return key && code === 'core.conflict' ? takenBy(ctx, key) : undefined;
    }
  };
  const suits = ({ customerId, server, conflicts }: Seen) =>
    (!server || server.id === ctx.actor.id) && !servedByOthers.has(customerId) && !conflicts.includes(ctx.actor.id ?? '');
  const taken = await lineFor(ctx, { ...wanted, closedQueues: closed, restingQueues: resting })(take, suits);
  if (taken) return taken;
  const isThere = async (more: Partial<ListQuery>) =>
    (await listConversations(ctx, { ...wanted, ...more, limit: 1, isFree: true })).page.length > 0;
  if (resting.length > 0 && (await isThere({ closedQueues: closed }))) throw fail('conversations.nothing_but_resting');
  throw closed.length > 0 && (await isThere({})) ? fail('conversations.nothing_for_your_skills') : fail('conversations.nothing_free');
}

/** Taken, changed or moved out of sight since it was found. */
const passedOver = new Set([
  'conversations.already_claimed',
  'conversations.customer_already_served',
  'conversations.conflict_of_interest',
  'core.illegal_transition',
  'core.not_found',
  'core.conflict',
]);

function lineFor(ctx: Ctx, query: Pick<ListQuery, 'filter' | 'sort' | 'teamId' | 'closedQueues' | 'restingQueues'>): Line {
  const { platform, actor } = ctx;
  let lines = linesOf.get(platform);
  if (!lines) linesOf.set(platform, (lines = new Map()));
  const within = teamsWithin(actor, 'claim');
  const key = JSON.stringify([query, within === 'all' ? within : within.toSorted(), query.filter.assignee === 'me' ? actor.id : null]);
  let line = lines.get(key);
  if (!line) {
    if (lines.size >= mostLines) lines.clear();
    line = oneEach(async (limit) => {
      const { page } = await listConversations(reading(platform, actor), { ...query, limit, isFree: true });
      const ids = page.map(({ id }) => id);
      return lookAt(platform, ids);
    });
    lines.set(key, line);
  }
  return line;
}
