/** Whether a text holds a phrase; `*` in the phrase stands for any run of characters. Linear in the text. */
export function holds(text: string, phrase: string): boolean {
  if (!phrase.includes('*')) return text.includes(phrase);
  let at = 0;
  for (const piece of phrase.split('*')) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

export function holdsAny(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => holds(text, phrase));
}

/** One line without doubled blanks, cut before a MIME boundary that strayed into it. */
export function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ -{2,}[^ ].*$/, '');
}

/** What stands between two marks, '' if they do not. */
export function between(text: string, from: string, to: string): string {
  const start = text.indexOf(from);
  if (start < 0) return '';
  const end = text.indexOf(to, start + from.length);
  return end < 0 ? '' : text.slice(start + from.length, end);
}

/** The first of the reasons whose phrases the text holds. */
export function reasonIn<R extends string>(text: string, table: Partial<Record<R, readonly string[]>>): R | '' {
  for (const [reason, phrases] of Object.entries(table) as [R, readonly string[]][]) if (holdsAny(text, phrases)) return reason;
  return '';
}

const address = /[^\s<>"'(),:;[\]\\]+@[^\s<>"'(),:;[\]\\]+/;

/** The mail address in a piece of text, without brackets, quotes and a final full stop; '' if there is none. */
export function addressIn(text: string): string {
  // A name in quotes may hold anything (RFC 5321, 4.1.2).
  const quoted = /(?:^|[\s<;:])("[^"\n]{1,64}"@[^\s<>"'(),:;[\]\\]+)/.exec(text)?.[1];
  if (quoted) return quoted;
  const bracketed = /<([^\s<>]+@[^\s<>]+)>/.exec(text)?.[1];
  const found = bracketed ? (address.exec(bracketed)?.[0] ?? '') : (address.exec(text)?.[0] ?? '');
  return found.replace(/^mailto:/i, '').replace(/[.,]+$/, '');
}

export function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text);
}
