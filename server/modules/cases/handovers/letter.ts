/** What a letter says: without its greeting, what stands below the closing or is the writer's name, and what it quotes. A letter that is nothing else stays as it is. */
export function bodyOf(letter: string, name = ''): string {
  const lines = letter.split(/\r?\n/).filter((line) => !line.startsWith('>'));
  const begin = lines.findIndex((line) => line.trim() !== '');
  const isGreeted = greeting.test(lines[begin]?.trim() ?? '');
  const said = lines.slice(isGreeted ? begin + 1 : Math.max(begin, 0));
  const end = said.findIndex(
    (line, at) => closing.test(line.trim()) && said.slice(at).filter((one) => one.trim() !== '').length <= longestSignature,
  );
  const body = (end < 0 ? said : said.slice(0, end)).join('\n').trim();
  const unsigned = name && body.endsWith(`\n${name}`) ? body.slice(0, -name.length).trim() : body;
  return unsigned || letter.trim();
}

/** The same in one line, for a list of many. */
export const lineOf = (letter: string): string => bodyOf(letter).replace(/\s+/g, ' ');

/** Whoever writes more after a farewell goes on with their letter. */
const longestSignature = 10;

/** A line of its own: the words and a name, no sentence. */
const greeting =
  /^(?:hallo|moin|servus|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|liebe[rs]?|hi|hello|dear|good (?:day|morning|afternoon|evening))(?: [^\s,.!?]+){0,6}(?:[,!]|$)$/i;
const closing =
  /^(?:(?:mit )?(?:freundliche|beste|viele|liebe|herzliche|schöne)[nr]? gr(?:ü|ue)(?:ß|ss)(?:e|en)?\b|gr(?:ü|ue)(?:ß|ss)e\b|gru(?:ß|ss)\b|mfg\b|lg\b|vg\b|(?:kind|best|warm) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)|sincerely|-- ?$)/i;
