export { findSnippets, type Found, type SnippetLanguage } from './snippets/find.ts';
export { useSnippets } from './snippets/use-snippets.ts';
export { type Known, valuesFor } from './snippets/values.ts';
