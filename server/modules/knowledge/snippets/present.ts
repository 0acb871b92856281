import type { Snippet } from '../../../../contract/knowledge.ts';
import type { SnippetRow } from './queries.ts';

export const presentSnippet = (row: SnippetRow): Snippet => ({
  id: row.id,
  version: row.version,
  title: row.title,
  shortcut: row.shortcut,
  text: { de: row.textDe, en: row.textEn },
  teamId: row.teamId,
  writtenBy: row.writtenBy,
  writtenAt: row.writtenAt.toISOString(),
});
