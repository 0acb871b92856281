import { system } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { newId } from '../../../platform/ids.ts';
import { addSystemLine, conversationFacts, loadConversation } from '../../conversations/index.ts';
import { actAll } from '../acting/act.ts';
import { factsOf, type Known } from '../matching/facts.ts';
import { changes, match } from '../matching/match.ts';
import { type LiveRules, liveRules } from '../rules/live-rules.ts';
import type { RuleRow } from '../rules/queries.ts';
import { chainFor, stopFor } from './limits.ts';
import { heard, type Occurrence, occurrencesOf } from './occurrences.ts';
import { beginFiring, chainsOf, countLately, endFiring } from './queries.ts';

/** What is brought along from an archive is nobody's news; a mailbox that could not be reached for days is. */
const news = 7 * 24 * 3_600_000;

/** Rules look at what happens, one after another in their order, each at what those before it left. */
export const fireRules: Subscriber = {
  name: 'automation.fire',
  on: heard,
  batch: 50,
  async handle(ctx, events) {
    const live = await liveRules(ctx);
    if (live.rules.length === 0) return;
    const wanted = new Set(live.rules.map(({ trigger }) => trigger));
    const found: Occurrence[] = [];
    for (const event of events) found.push(...(await occurrencesOf(ctx, event)).filter(({ trigger }) => wanted.has(trigger)));
    if (found.length === 0) return;
    const chains = await chainsOf(
      ctx.db,
      found.map(({ event }) => event.causationId),
    );
    const known = await readFacts(
      ctx,
      live,
      found.map(({ conversationId }) => conversationId),
    );
    for (const one of found) await look(ctx, live, known, one, chains.get(one.event.causationId ?? '') ?? []);
  },
};

async function readFacts(ctx: Ctx, live: LiveRules, ids: readonly string[]): Promise<Map<string, Known>> {
  const rows = await conversationFacts(ctx.db, [...new Set(ids)]);
  // What only lies there is left alone, and what was merged is where it went.
  return factsOf(
    ctx,
    live,
    [...rows.values()].filter((row) => !row.restrictedAt && row.state !== 'merged'),
  );
}

async function look(ctx: Ctx, live: LiveRules, known: Map<string, Known>, one: Occurrence, chain: readonly string[]): Promise<void> {
  const first = known.get(one.conversationId);
  const acted: string[] = [];
  for (const rule of live.rules) {
    const facts = known.get(one.conversationId);
    if (!first || !facts || !isNews(ctx, one, facts)) return;
    if (rule.trigger !== one.trigger) continue;
    const { fits, holds } = match(rule, facts);
    if (!fits || !rule.actions.some((action) => changes(action, facts))) continue;
    const led = chainFor(chain, acted, match(rule, first).fits);
    if (!(await fire(ctx, rule, one, led, holds))) continue;
    acted.push(rule.id);
    const [now] = (await readFacts(ctx, live, [one.conversationId])).values();
    if (now) known.set(one.conversationId, now);
    else known.delete(one.conversationId);
  }
}

/** Only what a customer wrote begins a conversation, or comes in. */
const isNews = ({ now }: Ctx, { trigger }: Occurrence, { inboundAt }: Known): boolean =>
  (trigger !== 'opened' && trigger !== 'message_received') || (inboundAt !== null && now.getTime() - inboundAt.getTime() < news);

/** Whether it did something. The entry in the log comes first: where there is one for this event already, it was done before. */
async function fire(
  ctx: Ctx,
  rule: RuleRow,
  { event, trigger, conversationId }: Occurrence,
  chain: readonly string[],
  holds: readonly boolean[],
): Promise<boolean> {
  // One at a time in a conversation, so that the hour is counted right.
  const row = await loadConversation(ctx, conversationId, { lock: true });
  const stop = stopFor(rule.id, { chain, lately: await countLately(ctx.db, rule.id, conversationId, ctx.now) });
  const id = newId(ctx.now.getTime());
  const held = holds.flatMap((is, n) => (is ? [n] : []));
  const { id: ruleId, version } = rule;
  const isFirst = await beginFiring(ctx.db, {
    id,
    eventId: event.id,
    ruleId,
    version,
    conversationId,
    trigger,
    chain,
    stop,
    held,
    at: ctx.now,
  });
  if (!isFirst) return false;
  const { customerId, teamId } = row;
  ctx.emit('automation.rule_fired', { firingId: id, ruleId, version, conversationId, customerId, teamId, stop });
  if (stop) return false;
  const asRule = ctx.as({ ...system, name: rule.name }, id);
  const results = await actAll(asRule, conversationId, rule.actions);
  await endFiring(ctx.db, id, results);
  const did = results.filter(({ result }) => result === 'done').map(({ kind }) => kind);
  if (did.length === 0) return false;
  const data = { rule: rule.name, version: String(version), trigger, did: [...new Set(did)].join(',') };
  await addSystemLine(asRule, conversationId, { code: 'automation.rule_fired', data });
  return true;
}
