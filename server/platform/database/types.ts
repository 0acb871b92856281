import { type CustomTypesConfig, types } from 'pg';

type Parser = (text: string) => unknown;

// Numbers of PostgreSQL's types, from its catalogue pg_type.
const int8 = 20;
const int8List = 1016;
const date = 1082;
const dateList = 1182;
const textList = 1009;

const defaultParser = (type: number): Parser => types.getTypeParser(type, 'text') as Parser;

const parsers: Record<number, Parser> = {
  // Counts and sequence numbers; beyond 2^53 the text stays, because a rounded id is a wrong id.
  [int8]: (text) => numberWhenSafe(text),
  [int8List]: (text) => (defaultParser(textList)(text) as (string | null)[]).map((item) => (item === null ? null : numberWhenSafe(item))),
  // A day has no time zone; as a Date it would move by one in half the world.
  [date]: (text) => text,
  [dateList]: defaultParser(textList),
};

/** How columns arrive in JavaScript: bigint as number where exact, date as 'YYYY-MM-DD', timestamptz as Date, numeric as text. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers[type]) ?? types.getTypeParser(type, format ?? 'text')) as CustomTypesConfig['getTypeParser'],
};

function numberWhenSafe(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}
