/** A pasted list taken apart at commas, semicolons, tabs and line ends; what stands in quotes stays together, as in `"Klein, Erika" <erika@example.org>`. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let isQuoted = false;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    if (/[\n\r\t]/.test(sign) || (!isQuoted && /[,;]/.test(sign))) {
      words.push(word);
      word = '';
      isQuoted = false;
    } else word += sign;
  }
  return [...words, word].map((each) => each.trim()).filter(Boolean);
}
