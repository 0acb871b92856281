import type { Case } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { loadCase, type VisibleCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { factsOf } from '../facts.ts';
import { presentOne } from '../present.ts';
import { updateCase } from '../queries/cases.ts';
import type { StoredFact } from '../queries/rows.ts';

/** More would be a second conversation, not facts. */
const mostFacts = 60;

/** Adds a fact, or replaces the one with the same key; its place in the list stays. */
export async function putFact(
  ctx: Ctx,
  input: { id: string; key: string; label: string; value: string; source: string },
): Promise<{ case: Case }> {
  const visible = await loadCase(ctx, input.id, { lock: true });
  const { key, label, value, source } = input;
  const fact: StoredFact = { key, label, value, source, at: ctx.now.toISOString() };
  const known = visible.kase.facts.findIndex((f) => f.key === key);
  if (known < 0 && visible.kase.facts.length >= mostFacts) throw fail('cases.too_many_facts', { most: mostFacts });
  return write(ctx, visible, known < 0 ? [...visible.kase.facts, fact] : visible.kase.facts.with(known, fact));
}

/** Removes a fact; one that is not there is removed already. */
export async function dropFact(ctx: Ctx, { id, key }: { id: string; key: string }): Promise<{ case: Case }> {
  const visible = await loadCase(ctx, id, { lock: true });
  const rest = visible.kase.facts.filter((f) => f.key !== key);
  return rest.length === visible.kase.facts.length ? { case: await presentOne(ctx.db, visible.kase) } : write(ctx, visible, rest);
}

async function write(ctx: Ctx, { kase, conversations }: VisibleCase, facts: StoredFact[]): Promise<{ case: Case }> {
  const changed = await updateCase(ctx.db, kase.id, { facts });
  ctx.emit('cases.changed', { ...factsOf(changed, conversations), what: 'facts' }, kase.id);
  return { case: await presentOne(ctx.db, changed) };
}
