import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { StormText, stormEndpoints } from '../../../../contract/storms.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { approve, insertText, lockStorm, presentText, textsOf } from './queries.ts';

export async function writeText(ctx: Ctx, { id, text }: ParsedInputOf<typeof stormEndpoints.writeText>): Promise<StormText> {
  await loadRunning(ctx, id);
  const by = personWho(ctx);
  const [de, en] = [text.de.trim(), text.en.trim()];
  if (!de && !en) throw fail('storms.text_empty');
  const row = await insertText(ctx.db, { stormId: id, de, en, by, at: ctx.now });
  ctx.emit('storms.text_written', { stormId: id, version: row.version });
  await audit(ctx, { action: 'storms.text_written', object: { kind: 'storm', id }, data: { version: row.version } });
  return presentText(row);
}

/** Four eyes: what thousands may be told is looked at by somebody who did not write it. */
export async function approveText(ctx: Ctx, { id, version }: { id: string; version: number }): Promise<StormText> {
  await loadRunning(ctx, id);
  const by = personWho(ctx);
  const text = (await textsOf(ctx.db, id)).find((one) => one.version === version);
  if (!text) throw core('core.not_found');
  if (text.writtenBy === by) throw fail('storms.own_text');
  const row = await approve(ctx.db, { stormId: id, version, by, at: ctx.now });
  if (!row) throw core('core.conflict');
  ctx.emit('storms.text_approved', { stormId: id, version });
  await audit(ctx, { action: 'storms.text_approved', object: { kind: 'storm', id }, data: { version } });
  return presentText(row);
}

async function loadRunning(ctx: Ctx, id: string): Promise<void> {
  const storm = await lockStorm(ctx.db, id);
  if (!storm) throw core('core.not_found');
  if (storm.endedAt) throw fail('storms.over');
}

function personWho({ actor }: Ctx): string {
  if (actor.kind !== 'person' || !actor.id) throw fail('storms.for_people');
  return actor.id;
}
