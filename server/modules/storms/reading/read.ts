import type { ReplyOf } from '../../../../contract/core.ts';
import type { StormCluster, StormDetail, StormMention, stormEndpoints } from '../../../../contract/storms.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { loadConversation, newestInbound, presentConversations, readableConversations } from '../../conversations/index.ts';
import { availablePeople } from '../../workspace/index.ts';
import { openProposals } from '../alarm/queries.ts';
import { approvedTexts, findStorm, listedStorms, presentStorm, presentText, runningStorms, textsOf } from '../declaring/queries.ts';
import { cluster } from '../mentions/cluster.ts';
import { runningAbout } from '../mentions/queries.ts';
import { type Standing, standingsOf } from '../mentions/states.ts';

const mostListed = 50;
const mostShown = 2_000;
const shownLetters = 280;
/** A letter of pages is like another one by how it begins. */
const comparedLetters = 2_000;

export const listStorms = async (ctx: Ctx): Promise<ReplyOf<typeof stormEndpoints.storms>> => ({
  items: (await listedStorms(ctx.db, mostListed)).map(presentStorm),
  proposals: await openProposals(ctx.db),
});

/** For everybody who answers customers: that it is on, and what may be answered. */
export async function listRunning(ctx: Ctx): Promise<ReplyOf<typeof stormEndpoints.running>> {
  const storms = await runningStorms(ctx.db);
  const texts = await approvedTexts(
    ctx.db,
    storms.map(({ id }) => id),
  );
  return {
    items: storms.map((row) => {
      const { id, title, from, endsExpectedAt } = presentStorm(row);
      const text = texts.get(id);
      return { id, title, from, endsExpectedAt, text: text ? presentText(text).text : null };
    }),
  };
}

export async function stormsOfConversation(ctx: Ctx, { id }: { id: string }): Promise<{ ids: string[] }> {
  await loadConversation(ctx, id);
  return { ids: await runningAbout(ctx.db, id) };
}

export async function readStorm(ctx: Ctx, { id }: { id: string }): Promise<StormDetail> {
  const storm = await findStorm(ctx.db, id);
  if (!storm) throw core('core.not_found');
  const all = await standingsOf(ctx.db, id);
  const readable = new Set(
    (
      await readableConversations(
        ctx,
        all.map(({ row }) => row),
      )
    ).map((row) => row.id),
  );
  // What waits comes first, so that of very many nobody who waits is left out before somebody who does not.
  const shown = all
    .filter(({ conversationId }) => readable.has(conversationId))
    .toSorted((a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting'))
    .slice(0, mostShown);
  const count = (state: Standing['state']) => all.filter((one) => one.state === state).length;
  return {
    storm: presentStorm(storm),
    outcome: storm.outcome,
    texts: (await textsOf(ctx.db, id)).map(presentText),
    counts: { waiting: count('waiting'), answered: count('answered'), exception: count('exception') },
    clusters: await clustersOf(ctx, shown),
    notShown: all.length - shown.length,
    peopleFree: (await availablePeople(ctx.db, ctx.now)).length,
  };
}

async function clustersOf({ db }: Ctx, shown: readonly Standing[]): Promise<StormCluster[]> {
  const inOrder = shown.toSorted((a, b) => a.since.getTime() - b.since.getTime() || (a.conversationId < b.conversationId ? -1 : 1));
  const texts = await newestInbound(
    db,
    inOrder.map(({ conversationId }) => conversationId),
  );
  const textOf = (id: string) => texts.get(id)?.text ?? '';
  const conversations = new Map(
    (
      await presentConversations(
        db,
        inOrder.map(({ row }) => row),
      )
    ).map((one) => [one.id, one]),
  );
  const mentionOf = new Map(
    inOrder.map(({ conversationId, state, since, answeredAt, exception, row }): [string, StormMention] => [
      conversationId,
      {
        conversationId,
        subject: conversations.get(conversationId)?.subject ?? '',
        customerName: conversations.get(conversationId)?.customerName ?? '',
        state,
        since: since.toISOString(),
        dueAt: row.dueAt?.toISOString() ?? null,
        answeredAt: answeredAt?.toISOString() ?? null,
        exception,
      },
    ]),
  );
  const waiting = ({ mentions }: StormCluster) => mentions.filter(({ state }) => state === 'waiting').length;
  return cluster(inOrder.map(({ conversationId: id }) => ({ id, text: textOf(id).slice(0, comparedLetters) })))
    .map((ids) => ({ text: textOf(ids[0] ?? '').slice(0, shownLetters), mentions: ids.flatMap((id) => mentionOf.get(id) ?? []) }))
    .toSorted((a, b) => waiting(b) - waiting(a) || b.mentions.length - a.mentions.length);
}
