import type { InputOf } from '../../../contract/core.ts';
import { knowledgeEndpoints as on, type Snippet } from '../../../contract/knowledge.ts';
import { call } from '../../platform/api/call.ts';
import { records } from '../../platform/store/app-store.ts';
import { optimistic } from '../../platform/store/optimistic.ts';

export type SnippetInput = InputOf<typeof on.saveSnippet>;

export async function readSnippets(): Promise<readonly Snippet[]> {
  const { items } = await call(on.snippets, {});
  records.put('snippet', items);
  return items;
}

/** In the list at once, as it will be; taken back when it was refused. */
export async function saveSnippet(input: SnippetInput): Promise<Snippet> {
  const { version: _seen, ...fields } = input;
  const guess = { ...fields, writtenBy: null, writtenAt: new Date().toISOString() };
  const { snippet } = await optimistic(
    records,
    [{ kind: 'snippet', id: input.id, patch: (known) => ({ version: 0, ...known, ...guess }) }],
    () => call(on.saveSnippet, input),
    (reply) => records.put('snippet', [reply.snippet]),
  );
  return snippet;
}

export async function dropSnippet(id: string): Promise<void> {
  await optimistic(records, [{ kind: 'snippet', id, patch: () => undefined }], () => call(on.dropSnippet, { id }));
}
