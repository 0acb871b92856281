import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { StormPreview, stormEndpoints } from '../../../../contract/storms.ts';
import { type Ctx, reading } from '../../../platform/context.ts';
import { presentConversations, readableConversations, wroteSince } from '../../conversations/index.ts';
import { checkAbout } from '../declaring/check.ts';
import { aboutIt } from './gather.ts';

const looksAt = 2_000;
const examples = 5;

/** What a storm would gather. It has no transaction, so it could not write if it tried. */
export async function previewStorm(by: Ctx, input: ParsedInputOf<typeof stormEndpoints.preview>): Promise<StormPreview> {
  const ctx = reading(by.platform, by.actor);
  const from = new Date(input.from);
  await checkAbout(ctx, input.about, from);
  const wrote = await wroteSince(ctx.db, from, looksAt);
  const found = await aboutIt(ctx, input.about, wrote);
  const readable = await readableConversations(
    ctx,
    found.map(({ row }) => row),
  );
  const shown = await presentConversations(ctx.db, readable.slice(0, examples));
  return {
    count: found.length,
    isMore: wrote.length === looksAt,
    examples: shown.flatMap(({ id, subject, customerName }) => {
      const since = found.find(({ row }) => row.id === id)?.since;
      return since ? [{ conversationId: id, subject, customerName, since: since.toISOString() }] : [];
    }),
  };
}
