import type { Snippet } from '../../../../contract/knowledge.ts';
import { gapsIn } from '../../../../contract/writing/placeholders.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { teamOf } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { mayEdit } from '../policy.ts';
import { presentSnippet } from './present.ts';
import { countSnippets, lockSnippet, lockSnippets, putSnippet, withShortcut } from './queries.ts';

/** More than anybody looks through; every browser holds all of them. */
const most = 1_000;

interface SnippetInput {
  id: string;
  version: number;
  title: string;
  shortcut: string;
  text: { de: string; en: string };
  teamId: string | null;
}

/** Writes a snippet or changes one; of two who change the same, the later has to look again. */
export async function saveSnippet(ctx: Ctx, { id, version, teamId, ...input }: SnippetInput): Promise<{ snippet: Snippet }> {
  await lockSnippets(ctx.db);
  const known = await lockSnippet(ctx.db, id);
  if (known && !mayEdit(ctx.actor, known.teamId)) throw core('core.not_found');
  const team = teamId === null ? null : await teamOf(ctx.db, teamId);
  if (team === undefined || team?.archived) throw fail('knowledge.team_unknown');
  if (!mayEdit(ctx.actor, teamId)) throw core('core.forbidden', { right: 'edit_snippets' });
  if ((known?.version ?? 0) !== version) throw core('core.conflict');
  requireText(input.text);
  if (!known && (await countSnippets(ctx.db)) >= most) throw fail('knowledge.too_many_snippets', { most });
  const { title, shortcut, text } = input;
  const row = { id, version: version + 1, title, shortcut, textDe: text.de.trim() && text.de, textEn: text.en.trim() && text.en, teamId };
  const saved = await putSnippet(ctx.db, { ...row, writtenBy: ctx.actor.kind === 'person' ? ctx.actor.id : null, writtenAt: ctx.now });
  if (!saved) throw fail('knowledge.shortcut_taken', { shortcut, title: (await withShortcut(ctx.db, shortcut, teamId))?.title ?? '' });
  ctx.emit('knowledge.snippet_changed', { snippetId: id, teamId, fromTeamId: known ? known.teamId : teamId });
  return { snippet: presentSnippet(saved) };
}

/** A gap nobody knows how to fill would reach the customer as it is. */
function requireText(text: SnippetInput['text']): void {
  if (!text.de.trim() && !text.en.trim()) throw fail('knowledge.text_missing');
  const unknown = gapsIn(`${text.de}\n${text.en}`).filter(({ placeholder }) => placeholder === undefined);
  if (unknown.length > 0)
    throw fail('knowledge.placeholder_unknown', { names: [...new Set(unknown.map(({ written }) => written))].join(', ') });
}
