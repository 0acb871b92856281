/**
 * What people type into the search, taken apart: the server finds by it, the browser explains it and completes it. Words are found in whatever form they
 * were written; `"…"` stands for just that, `-word` for what must not be there, and `from:anna` for a filter. Each filter has a German and an English
 * name, so that nobody has to switch their language to share a search.
 */

/** What a message must be beside its words. */
export interface SearchFilters {
  /** Part of the name or address of who wrote it, customer or colleague. */
  from?: string;
  /** A channel, such as `email`. */
  channel?: string;
  status?: SearchStatus;
  /** The first day that is too late, as `YYYY-MM-DD`. */
  before?: string;
  /** The first day that counts, as `YYYY-MM-DD`. */
  after?: string;
  has?: SearchContent;
}

export type SearchStatus = 'open' | 'waiting' | 'done' | 'spam';
export type SearchContent = 'file' | 'note';

export interface Search {
  words: string[];
  phrases: string[];
  without: string[];
  filters: SearchFilters;
  /** Filters whose value means nothing, as typed: they were left out, and whoever typed them must be told. */
  wrong: { filter: SearchFilter; value: string }[];
}

export const searchFilters = ['from', 'channel', 'status', 'before', 'after', 'has'] as const;
export type SearchFilter = (typeof searchFilters)[number];

/** Under which names a filter is known; the first of each language is the one that is proposed. */
export const filterNames: Record<SearchFilter, { de: string; en: string; more?: readonly string[] }> = {
  from: { de: 'von', en: 'from' },
  channel: { de: 'kanal', en: 'channel' },
  status: { de: 'stand', en: 'status' },
  before: { de: 'vor', en: 'before' },
  after: { de: 'seit', en: 'after', more: ['since', 'ab'] },
  has: { de: 'mit', en: 'has' },
};

/** The values of the filters that have a few. */
export const filterValues: { status: Record<SearchStatus, Names>; has: Record<SearchContent, Names> } = {
  status: {
    open: { de: 'offen', en: 'open' },
    waiting: { de: 'wartet', en: 'waiting' },
    done: { de: 'erledigt', en: 'done', more: ['resolved', 'closed', 'geschlossen', 'gelöst'] },
    spam: { de: 'spam', en: 'spam' },
  },
  has: {
    file: { de: 'datei', en: 'file', more: ['anhang', 'attachment'] },
    note: { de: 'notiz', en: 'note' },
  },
};

interface Names {
  de: string;
  en: string;
  more?: readonly string[];
}

const called = ({ de, en, more = [] }: Names, word: string): boolean => [de, en, ...more].includes(word);
const meant = <Value extends string>(values: Record<Value, Names>, word: string): Value | undefined =>
  (Object.keys(values) as Value[]).find((value) => called(values[value], word));

/** At most so many words count; more make no search better. */
const mostWords = 12;

/** Takes a search apart. Never fails: what is no filter is words. */
export function readSearch(typed: string): Search {
  const search: Search = { words: [], phrases: [], without: [], filters: {}, wrong: [] };
  for (const [, minus, name, quoted, plain = ''] of typed.matchAll(/(?<=^|\s)(-?)(?:(\p{L}+):(?=\S))?(?:"([^"]*)"?|(\S+))/gu)) {
    const filter = name && !minus ? meant(filterNames, name.toLowerCase()) : undefined;
    const value = (quoted ?? plain).trim();
    if (filter) addFilter(search, filter, value);
    else if (minus) addTo(search.without, name ? `${name}:${value}` : value);
    else if (quoted !== undefined && !name) addTo(search.phrases, value);
    else addTo(search.words, name ? `${name}:${value}` : value);
  }
  return search;
}

function addTo(list: string[], word: string): void {
  if (/[\p{L}\p{N}]/u.test(word) && list.length < mostWords) list.push(word);
}

function addFilter(search: Search, filter: SearchFilter, value: string): void {
  const found = valueOf(filter, value);
  if (found === undefined) search.wrong.push({ filter, value });
  else Object.assign(search.filters, { [filter]: found });
}

function valueOf(filter: SearchFilter, value: string): string | undefined {
  const word = value.toLowerCase();
  switch (filter) {
    case 'from':
      return value || undefined;
    case 'channel':
      return /^[a-z][a-z0-9-]*$/.test(word) ? word : undefined;
    case 'status':
      return meant(filterValues.status, word);
    case 'has':
      return meant(filterValues.has, word);
    case 'before':
    case 'after':
      return dayOf(word);
  }
}

/** `2026-11-05`, `2026-11`, `2026`, `5.11.2026` or `11.2026`: the first day of what is named. */
function dayOf(text: string): string | undefined {
  const [, year, month = '1', day = '1'] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text) ?? german(text) ?? [];
  if (!year) return undefined;
  const shown = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${shown}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(shown) ? shown : undefined;
}

function german(text: string): string[] | undefined {
  const [, day, month, year] = /^(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  return year ? ['', year, month ?? '1', day ?? '1'] : undefined;
}

/** How a filter is written, for a person who reads this language. */
export function writeFilter(filter: SearchFilter, value: string, language: 'de' | 'en'): string {
  const names: Record<string, Names> = filter === 'status' || filter === 'has' ? filterValues[filter] : {};
  const word = names[value]?.[language] ?? value;
  return `${filterNames[filter][language]}:${/\s/.test(word) ? `"${word}"` : word}`;
}
