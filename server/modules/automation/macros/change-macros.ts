import { type automationEndpoints, commonActions, type Macro } from '../../../../contract/automation.ts';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import { gapsIn } from '../../../../contract/writing/placeholders.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { audit, listSuccessions, teamOf } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { mayEditMacro, teamsSeen } from '../policy.ts';
import { checkActions } from '../rules/check.ts';
import { countMacros, deleteMacro, findMacro, lockMacros, type MacroRow, macrosOf, presentMacro, putMacro } from './queries.ts';

/** More than anybody looks through; every browser holds all of them. */
const most = 500;

export const listMacros = async (ctx: Ctx): Promise<{ items: Macro[] }> => ({
  items: (await macrosOf(ctx.db, teamsSeen(ctx.actor))).map(presentMacro),
});

/** Writes a macro or changes one; of two who change the same, the later has to look again. */
export async function saveMacro(ctx: Ctx, input: ParsedInputOf<typeof automationEndpoints.saveMacro>): Promise<{ macro: Macro }> {
  await lockMacros(ctx.db);
  const known = await findMacro(ctx.db, input.id);
  if (known && !mayEditMacro(ctx.actor, known.teamId)) throw core('core.not_found');
  const team = input.teamId === null ? null : await teamOf(ctx.db, input.teamId);
  if (team === undefined || team?.archived) throw fail('automation.team_unknown');
  if (!mayEditMacro(ctx.actor, input.teamId)) throw core('core.forbidden', { right: 'edit_macros' });
  if ((known?.version ?? 0) !== input.version) throw core('core.conflict');
  if (!input.benefit) throw fail('automation.benefit_missing');
  const text = { de: input.text.de.trim() && input.text.de, en: input.text.en.trim() && input.text.en };
  if (input.actions.length === 0 && !text.de && !text.en) throw fail('automation.macro_empty');
  const unknown = gapsIn(`${text.de}\n${text.en}`).filter(({ placeholder }) => placeholder === undefined);
  if (unknown.length > 0) throw fail('automation.placeholder_unknown', { names: unknown.map(({ written }) => written).join(', ') });
  if (!known && (await countMacros(ctx.db)) >= most) throw fail('automation.too_many', { most });
  await checkActions(ctx, input.actions, commonActions);
  const { id, name, teamId, actions, benefit } = input;
  const version = input.version + 1;
  const changedBy = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const row = { id, version, name, teamId, actions, benefit, textDe: text.de, textEn: text.en, changedBy, changedAt: ctx.now };
  const saved = await putMacro(ctx.db, row);
  if (!saved) throw fail('automation.name_taken');
  ctx.emit('automation.macro_changed', { macroId: id, teamId });
  await audit(ctx, { action: 'automation.macro_written', object: { kind: 'macro', id }, reason: benefit, data: { name, version } });
  return { macro: presentMacro(saved) };
}

export async function dropMacro(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const known = await findMacro(ctx.db, id);
  if (!known || !mayEditMacro(ctx.actor, known.teamId) || (await deleteMacro(ctx.db, id)) === 0) throw core('core.not_found');
  ctx.emit('automation.macro_changed', { macroId: id, teamId: known.teamId });
  await audit(ctx, {
    action: 'automation.macro_removed',
    object: { kind: 'macro', id },
    data: { name: known.name, version: known.version },
  });
  return { done: true };
}

/** The macros of a dissolved team go to its successor. Where that has the name already, the one that comes gets the next free number behind it. */
export async function followTeam(ctx: Ctx, teamId: string): Promise<void> {
  const successorId = (await listSuccessions(ctx.db)).find((one) => one.teamId === teamId)?.successorId;
  if (!successorId) return;
  await lockMacros(ctx.db);
  for (const row of (await macrosOf(ctx.db, [teamId])).filter((one) => one.teamId === teamId)) await give(ctx, row, successorId);
}

async function give(ctx: Ctx, row: MacroRow, successorId: string): Promise<void> {
  const moved = { ...row, version: row.version + 1, teamId: successorId };
  for (let n = 1; !(await putMacro(ctx.db, n === 1 ? moved : { ...moved, name: `${row.name.slice(0, 74)} ${n}` })); n += 1);
  ctx.emit('automation.macro_changed', { macroId: row.id, teamId: successorId });
}
