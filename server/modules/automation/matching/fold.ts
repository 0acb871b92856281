/** A text as it is compared: without case, accents and line breaks; ä, ae and a are one letter, and so on, since customers write all three. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([aou])e/g, '$1')
    .replaceAll(/\s+/gu, ' ')
    .trim();
