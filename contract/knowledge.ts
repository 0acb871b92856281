import { z } from 'zod';
import { done, endpoint, id, instant, line, recordHead } from './core.ts';

/**
 * A text that is written often, kept once: found by its shortcut after a `/`, with the gaps of `contract/writing/placeholders.ts` filled in where it is used.
 * Record kind `snippet`.
 */
export const snippet = z.object({
  ...recordHead,
  title: z.string(),
  /** One word, typed after `/`. Two teams may use the same word, and everybody's snippets a third time. */
  shortcut: z.string(),
  /** Empty where there is none in that language; never both. */
  text: z.object({ de: z.string(), en: z.string() }),
  /** Whose it is; null: everybody's. */
  teamId: z.string().nullable(),
  writtenBy: z.string().nullable(),
  writtenAt: instant,
});
export type Snippet = z.infer<typeof snippet>;

declare module './events.ts' {
  interface EventCatalogue {
    /** Written anew, changed or gone; `fromTeamId`: whose it was before, null: everybody's or nobody's. */
    'knowledge.snippet_changed': { snippetId: string; teamId: string | null; fromTeamId: string | null };
  }
}

/** Not trimmed: whether one writes on in the same line is the text's own matter. */
const written = z.string().max(10_000);

export const knowledgeEndpoints = {
  snippets: endpoint({
    method: 'GET',
    path: '/snippets',
    summary: 'The snippets that are everybody’s and those of the caller’s teams; all of them for whoever edits all.',
    access: 'use_snippets',
    input: z.object({}),
    output: z.object({ items: z.array(snippet) }),
  }),
  saveSnippet: endpoint({
    method: 'PUT',
    path: '/snippets/:id',
    summary: 'Writes a snippet, or changes one; `version` is the one the caller saw, 0 for a new one.',
    access: 'edit_snippets',
    input: z.object({
      id,
      version: z.number().int().min(0),
      title: line(80),
      shortcut: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,29}$/u),
      text: z.object({ de: written, en: written }),
      teamId: id.nullable(),
    }),
    output: z.object({ snippet }),
    errors: [
      'core.conflict',
      'knowledge.text_missing',
      'knowledge.placeholder_unknown',
      'knowledge.shortcut_taken',
      'knowledge.team_unknown',
      'knowledge.too_many_snippets',
    ],
  }),
  dropSnippet: endpoint({
    method: 'DELETE',
    path: '/snippets/:id',
    summary: 'Removes a snippet; what was written with it stays as it is.',
    access: 'edit_snippets',
    input: z.object({ id }),
    output: done,
  }),
};
