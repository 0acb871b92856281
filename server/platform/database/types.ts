import { type CustomTypesConfig, types } from 'pg';

type Parser = (text: string) => unknown;

// Numbers of PostgreSQL's types, from its catalogue pg_type.
const int8 = 20;
const int8List = 1016;
const date = 1082;
const dateList = 1182;
const textList = 1009;
const timestamptz = 1184;

const defaultParser = (type: number): Parser => types.getTypeParser(type, 'text') as Parser;

const parsers: Record<number, Parser> = {
  // Counts and sequence numbers; beyond 2^53 the text stays, because a rounded id is a wrong id.
  [int8]: (text) => numberWhenSafe(text),
  [int8List]: (text) => (defaultParser(textList)(text) as (string | null)[]).map((item) => (item === null ? null : numberWhenSafe(item))),
  [timestamptz]: (text) => instant(text),
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

/** The usual form, `2026-11-22 09:00:00.123456+00`, digit by digit: lists hold hundreds of them, and the general reader takes five times as long. */
function instant(text: string): unknown {
  if (text.length < 22 || text.length > 29 || !text.endsWith('+00') || text[10] !== ' ' || text[0] === '0')
    return defaultParser(timestamptz)(text);
  const digit = (at: number) => text.charCodeAt(at) - 48;
  const pair = (at: number) => 10 * digit(at) + digit(at + 1);
  const fraction = text[19] === '.' ? Math.trunc(Number(`0${text.slice(19, -3)}`) * 1_000 + 1e-6) : 0;
  return new Date(Date.UTC(100 * pair(0) + pair(2), pair(5) - 1, pair(8), pair(11), pair(14), pair(17), fraction));
}
