import { filterNames, filterValues, type SearchFilter, searchFilters, writeFilter } from '../../../../contract/search.ts';

export interface Completion {
  /** What the field holds once it is chosen. */
  typed: string;
  /** What is written for it: `von:` or `stand:offen`. */
  text: string;
  filter: SearchFilter;
  /** Nothing more is to be typed for it. */
  isWhole: boolean;
}

interface Choices {
  language: 'de' | 'en';
  channels: readonly string[];
  /** Today in the company's calendar, as `YYYY-MM-DD`. */
  today: string;
}

/** How the last word of a search can go on: with a filter's name, or with one of its values. */
export function completionsOf(typed: string, choices: Choices): Completion[] {
  const [, kept = '', last = ''] = /^(.*\s|)(\S*)$/s.exec(typed) ?? [];
  const [, name = '', value] = /^(\p{L}*)(?::(.*))?$/u.exec(last.toLowerCase()) ?? [];
  if (last === '' || (value === undefined && last !== name)) return [];
  const complete = (filter: SearchFilter, text: string, isWhole: boolean): Completion => ({
    typed: `${kept}${text}${isWhole ? ' ' : ''}`,
    text,
    filter,
    isWhole,
  });
  if (value === undefined) {
    const begun = (filter: SearchFilter): boolean => filterNames[filter][choices.language].startsWith(name);
    return searchFilters.filter(begun).map((filter) => complete(filter, `${filterNames[filter][choices.language]}:`, false));
  }
  const filter = searchFilters.find((one) => {
    const { de, en, more = [] } = filterNames[one];
    return [de, en, ...more].includes(name);
  });
  if (!filter) return [];
  return valuesOf(filter, choices)
    .map((one) => writeFilter(filter, one, choices.language))
    .filter((text) => text.slice(text.indexOf(':') + 1).startsWith(value) && text.slice(text.indexOf(':') + 1) !== value)
    .map((text) => complete(filter, text, true));
}

function valuesOf(filter: SearchFilter, { channels, today }: Choices): readonly string[] {
  const [year = '', month = ''] = today.split('-');
  if (filter === 'channel') return channels;
  if (filter === 'status' || filter === 'has') return Object.keys(filterValues[filter]);
  return filter === 'from' ? [] : [today, `${year}-${month}`, year];
}
