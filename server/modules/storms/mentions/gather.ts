import type { Ctx } from '../../../platform/context.ts';
import { on, type Subscriber } from '../../../platform/events/subscribers.ts';
import type { StormAbout } from '../../../../contract/storms.ts';
import { factsOf, type Known, liveRules } from '../../automation/index.ts';
import { type ConversationRow, conversationFacts, conversationIdsOf, conversationsOfCase, wroteSince } from '../../conversations/index.ts';
import { erasureOf } from '../../customers/index.ts';
import { findStorm, runningStorms, type StormRow } from '../declaring/queries.ts';
import { concerns } from './concerns.ts';
import { dropMentions, followMerge, insertMentions } from './queries.ts';

/** Of so many conversations the facts are read at once. */
const atOnce = 500;
/** More than write to anybody within two days. */
const mostGathered = 100_000;

/** Which of those who wrote are about it: their conversations as they are now, and when they wrote first. */
export async function aboutIt(
  ctx: Ctx,
  about: StormAbout,
  wrote: readonly { conversationId: string; since: Date }[],
): Promise<{ row: ConversationRow; since: Date }[]> {
  const live = await liveRules(ctx);
  const found: { row: ConversationRow; since: Date }[] = [];
  for (let n = 0; n < wrote.length; n += atOnce) {
    const some = wrote.slice(n, n + atOnce);
    const rows = await conversationFacts(
      ctx.db,
      some.map(({ conversationId }) => conversationId),
    );
    const known = await factsOf(ctx, live, [...rows.values()]);
    for (const { conversationId, since } of some) {
      const facts = known.get(conversationId);
      if (facts && concerns(about, asked(facts))) found.push({ row: facts.row, since });
    }
  }
  return found;
}

const asked = ({ topicIds, text, row }: Known) => ({ topicIds, text, queueId: row.queueId });

/** Everybody who wrote since it began. Heard after everything that was written before it was declared. */
export async function gatherBack(ctx: Ctx, stormId: string): Promise<void> {
  const storm = await findStorm(ctx.db, stormId);
  if (!storm || storm.endedAt) return;
  await note(
    ctx,
    (await aboutIt(ctx, storm, await wroteSince(ctx.db, storm.from, mostGathered))).map((one) => ({ ...one, storm })),
  );
}

/** Whoever writes while it is on; and whose topic or words are known a moment later. */
export const gather: Subscriber = {
  name: 'storms.gather',
  on: ['conversations.message_received', 'conversations.linked_to_case', 'cases.changed'],
  batch: 50,
  async handle(ctx, events) {
    const storms = await runningStorms(ctx.db);
    if (storms.length === 0) return;
    const ids = new Set<string>();
    for (const { type, data } of events) {
      if (type !== 'cases.changed') ids.add((data as { conversationId: string }).conversationId);
      else {
        const { caseId, topicChanged } = data as { caseId: string; topicChanged?: boolean };
        if (topicChanged) for (const { id } of await conversationsOfCase(ctx.db, caseId)) ids.add(id);
      }
    }
    const rows = [...(await conversationFacts(ctx.db, [...ids])).values()].filter((row) => !row.restrictedAt && row.state !== 'merged');
    const known = await factsOf(ctx, await liveRules(ctx), rows);
    const found = [...known.values()].flatMap((facts) =>
      storms.flatMap((storm) =>
        facts.inboundAt && !facts.isAutomatic && facts.inboundAt >= storm.from && concerns(storm, asked(facts))
          ? [{ storm, row: facts.row, since: facts.inboundAt }]
          : [],
      ),
    );
    await note(ctx, found);
  },
};

async function note(ctx: Ctx, found: readonly { storm: StormRow; row: ConversationRow; since: Date }[]): Promise<void> {
  if (found.length === 0) return;
  const rows = new Map(found.map(({ row }) => [row.id, row]));
  const isNew = await insertMentions(
    ctx.db,
    found.map(({ storm, row, since }) => ({ stormId: storm.id, conversationId: row.id, since })),
  );
  for (const { stormId, conversationId } of isNew)
    ctx.emit('storms.mentioned', { stormId, conversationId, teamId: rows.get(conversationId)?.teamId ?? null });
}

export const followMerged = on('conversations.merged', 'storms.follow_merged', async (ctx, { data }) => {
  await followMerge(ctx.db, data.conversationId, data.intoId);
});

/** That somebody wrote about it goes with what they wrote (Art. 17 GDPR). */
export const eraseMentions = on('customers.erasure_asked', 'storms.erase', async (ctx, { data }) => {
  const erasure = await erasureOf(ctx.db, data.customerId);
  if (erasure) await dropMentions(ctx.db, await conversationIdsOf(ctx.db, erasure.customerIds));
});
