import type { AutomationRule, automationEndpoints } from '../../../../contract/automation.ts';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { maySwitch } from '../policy.ts';
import { checkActions, checkConditions } from './check.ts';
import { findRules, findVersions, isRemoved, lockRules, placeRules, presentRule, putVersion, removeRule } from './queries.ts';

/** Every event asks each of them. */
const most = 200;

export const listRules = async (ctx: Ctx): Promise<{ items: AutomationRule[] }> => ({ items: (await findRules(ctx.db)).map(presentRule) });

export async function ruleVersions(ctx: Ctx, { id }: { id: string }): Promise<{ items: AutomationRule[] }> {
  const versions = await findVersions(ctx.db, id);
  if (versions.length === 0) throw core('core.not_found');
  return { items: versions.map(presentRule) };
}

/** Every change is a version of its own. Drafts are for whoever knows the work; what acts by itself is for the administration. */
export async function saveRule(ctx: Ctx, input: ParsedInputOf<typeof automationEndpoints.saveRule>): Promise<{ rule: AutomationRule }> {
  await lockRules(ctx.db);
  const rules = await findRules(ctx.db);
  const known = rules.find(({ id }) => id === input.id);
  if (!known && (await isRemoved(ctx.db, input.id))) throw core('core.not_found');
  if ((input.isOn || known?.isOn) && !maySwitch(ctx.actor)) throw fail('automation.for_administration');
  if ((known?.version ?? 0) !== input.version) throw core('core.conflict', { version: known?.version ?? 0 });
  if (input.isOn && !input.benefit) throw fail('automation.benefit_missing');
  if (rules.some(({ id, name }) => id !== input.id && name.toLowerCase() === input.name.toLowerCase())) throw fail('automation.name_taken');
  if (!known && rules.length >= most) throw fail('automation.too_many', { most });
  await checkConditions(ctx, input.conditions);
  await checkActions(ctx, input.actions);
  const row = { ...input, version: input.version + 1, changedBy: ctx.actor.kind === 'person' ? ctx.actor.id : null, changedAt: ctx.now };
  await putVersion(ctx.db, row);
  ctx.emit('automation.rules_changed', { ruleId: row.id });
  await audit(ctx, {
    ...noted(row.isOn, known?.isOn ?? false),
    object: { kind: 'automation_rule', id: row.id },
    ...(row.benefit ? { reason: row.benefit } : {}),
    data: { name: row.name, version: row.version },
  });
  return { rule: presentRule(row) };
}

const noted = (isOn: boolean, wasOn: boolean): { action: string } =>
  isOn ? { action: 'automation.rule_on' } : wasOn ? { action: 'automation.rule_off' } : { action: 'automation.rule_written' };

export async function dropRule(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  if (!maySwitch(ctx.actor)) throw core('core.forbidden', { right: 'manage_automation' });
  const rule = (await findRules(ctx.db)).find((one) => one.id === id);
  if (!rule || (await removeRule(ctx.db, id, ctx.now)) === 0) throw core('core.not_found');
  ctx.emit('automation.rules_changed', { ruleId: id });
  await audit(ctx, {
    action: 'automation.rule_removed',
    object: { kind: 'automation_rule', id },
    data: { name: rule.name, version: rule.version },
  });
  return { done: true };
}

/** All of them, or somebody wrote or removed one meanwhile. */
export async function orderRules(ctx: Ctx, { ids }: { ids: string[] }): Promise<{ items: AutomationRule[] }> {
  if (!maySwitch(ctx.actor)) throw core('core.forbidden', { right: 'manage_automation' });
  await lockRules(ctx.db);
  const known = (await findRules(ctx.db)).map(({ id }) => id);
  if (ids.length !== known.length || !known.every((id) => ids.includes(id))) throw core('core.conflict');
  await placeRules(ctx.db, ids);
  ctx.emit('automation.rules_changed', { ruleId: null });
  await audit(ctx, { action: 'automation.rules_ordered' });
  return listRules(ctx);
}
