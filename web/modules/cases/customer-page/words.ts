import { isProblem } from '../../../platform/api/problem.ts';
import de from './words.de.json' with { type: 'json' };
import en from './words.en.json' with { type: 'json' };

export type Language = 'de' | 'en';

interface Tree {
  [key: string]: string | Tree;
}

const all: Record<Language, Tree> = { de, en };

/** Every sentence of the page in one language; `key` as a path, gaps filled. */
export type Say = (key: string, gaps?: Record<string, string | number>) => string;

export const sayIn =
  (language: Language): Say =>
  (key, gaps = {}) =>
    find(all[language], key).replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(gaps[name] ?? ''));

function find(tree: Tree, key: string): string {
  const { [key]: whole } = tree;
  if (typeof whole === 'string') return whole;
  const [first = '', ...rest] = key.split('.');
  const part = tree[first];
  if (typeof part === 'object') return find(part, rest.join('.'));
  return typeof part === 'string' ? part : '';
}

/** What to say of a refusal; one that nobody wrote words for is told in general. */
export const problemIn = (say: Say, code: string): string => say(`problems.${code}`) || say('problems.other');

export const hasWords = (language: string): language is Language => language === 'de' || language === 'en';

/** Days and sizes as people say them; the company's clock, wherever the phone is. */
export interface Formats {
  moment(at: string): string;
  day(at: string): string;
  size(bytes: number): string;
}

export function formatsIn(language: Language): Formats {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const timeZone = 'Europe/Berlin';
  const moment = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' });
  const megabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  const kilobytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  return {
    moment: (at) => moment.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    size: (bytes) => (bytes >= 1_000_000 ? megabytes.format(bytes / 1_000_000) : kilobytes.format(Math.max(1, bytes / 1_000))),
  };
}

/** The code of a refusal; of anything else none. */
export const codeOf = (error: unknown): string => (isProblem(error) ? error.code : 'other');
