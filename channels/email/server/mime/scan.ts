// What a regular expression would look for again at every letter, found in one pass: a mail of sixty thousand "(" must cost no more than another.

/**
 * The text without its comments (RFC 5322, 3.2.2: nested, a backslash quotes). One that never closes is no comment and stays.
 */
export function withoutComments(text: string, instead = ''): string {
  let out = '';
  let from = 0;
  let depth = 0;
  let open = 0;
  for (let i = text.indexOf('('); i >= 0 && i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92 && depth > 0) i++;
    else if (c === 40) {
      if (depth === 0) open = i;
      depth++;
    } else if (c === 41 && depth > 0 && --depth === 0) {
      out += text.slice(from, open) + instead;
      from = i + 1;
    }
  }
  return out + text.slice(from);
}

/** The text without any of these characters at its end. */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] as string)) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** What stands in the first pair of angle brackets; null without one, or with nothing in it. */
export function inAngles(text: string): string | null {
  const open = text.indexOf('<');
  const close = open < 0 ? -1 : text.indexOf('>', open);
  return close > open + 1 ? text.slice(open + 1, close) : null;
}
