/** The language of ours that a browser likes best, by its `Accept-Language`: the first of the highest weight; German when it names neither. */
export function likedLanguage(header = ''): 'de' | 'en' {
  const named = header.split(',').flatMap((part) => {
    const [, language, weight = '1'] = /^\s*(de|en)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(part) ?? [];
    return language && Number(weight) > 0 ? [{ language: language.toLowerCase(), weight: Number(weight) }] : [];
  });
  const [best] = named.toSorted((a, b) => b.weight - a.weight);
  return best?.language === 'en' ? 'en' : 'de';
}
