import type { Snippet } from '../../../../contract/knowledge.ts';

export type SnippetLanguage = 'de' | 'en';

/** A snippet in one of its languages. */
export interface Found {
  snippet: Snippet;
  language: SnippetLanguage;
  text: string;
}

/** Each typed word must stand somewhere in a snippet: shortcuts weigh more than titles, titles more than texts, and the customer's language comes first. */
export function findSnippets(snippets: readonly Snippet[], query: string, language: SnippetLanguage): Found[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return snippets
    .flatMap((snippet, place) =>
      (['de', 'en'] as const).flatMap((one) => {
        const text = snippet.text[one];
        const weight = text && weigh(snippet, text, words);
        return weight ? [{ snippet, language: one, text, weight, place }] : [];
      }),
    )
    .toSorted((a, b) => Number(b.language === language) - Number(a.language === language) || b.weight - a.weight || a.place - b.place)
    .map(({ snippet, language: one, text }) => ({ snippet, language: one, text }));
}

/** 0: does not fit. What one begins to type is what one means: the whole shortcut, then how it begins, then how a word of the title begins. */
function weigh({ shortcut, title }: Snippet, text: string, words: readonly string[]): number {
  const [named, called, says] = [plain(shortcut), plain(title), plain(text)];
  const each = words.map((word): number => {
    if (named === word) return 6;
    if (named.startsWith(word)) return 5;
    if (called.split(/\s+/).some((part) => part.startsWith(word))) return 4;
    return named.includes(word) ? 3 : called.includes(word) ? 2 : says.includes(word) ? 1 : 0;
  });
  return each.includes(0) ? 0 : 1 + each.reduce((sum, weight) => sum + weight, 0);
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();
