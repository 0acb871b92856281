import type { automationEndpoints, DryRun } from '../../../../contract/automation.ts';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import { type Ctx, reading } from '../../../platform/context.ts';
import { newestReadable, presentConversations } from '../../conversations/index.ts';
import { factsOf } from '../matching/facts.ts';
import { changes, match } from '../matching/match.ts';
import { checkActions, checkConditions } from '../rules/check.ts';
import { liveRules } from '../rules/live-rules.ts';

const looksAt = 1_000;
const mostMatching = 200;
const mostOthers = 50;

/** What a rule would do with what is there now. It has no transaction, so it could not write if it tried. */
export async function dryRun(by: Ctx, draft: ParsedInputOf<typeof automationEndpoints.dryRun>): Promise<DryRun> {
  const ctx = reading(by.platform, by.actor);
  await checkConditions(ctx, draft.conditions);
  await checkActions(ctx, draft.actions);
  const rows = await newestReadable(ctx, looksAt);
  const facts = await factsOf(ctx, await liveRules(ctx), rows);
  const looked = [...facts.values()].map((known) => {
    const { fits, holds } = match(draft, known);
    return { row: known.row, matches: fits, holds, changes: draft.actions.map((action) => changes(action, known)) };
  });
  const matching = looked.filter(({ matches }) => matches);
  const others = looked.filter(({ matches }) => !matches);
  const shown = [...matching.slice(0, mostMatching), ...others.slice(0, mostOthers)];
  const presented = await presentConversations(
    ctx.db,
    shown.map(({ row }) => row),
  );
  const tried = shown.flatMap(({ row, ...rest }) => {
    const found = presented.find(({ id }) => id === row.id);
    if (!found) return [];
    const { id, subject, customerName, lastMessageAt } = found;
    return [{ conversation: { id, subject, customerName, lastMessageAt }, ...rest }];
  });
  return {
    looked: looked.length,
    matched: matching.length,
    matching: tried.filter(({ matches }) => matches),
    others: tried.filter(({ matches }) => !matches),
  };
}
