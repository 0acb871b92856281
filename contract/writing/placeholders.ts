/**
 * The gaps in a snippet that are filled in when it is used: a closed list, so that a text written today is filled in tomorrow. Each has a German and an
 * English name, and either may be written, as in `{{kunde.name}}`. Both sides read them by this file.
 */
export const placeholders = [
  'customer.name',
  'customer.salutation',
  'case.number',
  'case.subject',
  'adviser.name',
  'company.name',
  'company.accessibility',
  'date.today',
] as const;
export type Placeholder = (typeof placeholders)[number];

export const placeholderNames: Record<Placeholder, { de: string; en: string }> = {
  'customer.name': { de: 'kunde.name', en: 'customer.name' },
  'customer.salutation': { de: 'kunde.anrede', en: 'customer.salutation' },
  'case.number': { de: 'vorgang.nummer', en: 'case.number' },
  'case.subject': { de: 'vorgang.betreff', en: 'case.subject' },
  'adviser.name': { de: 'berater.name', en: 'adviser.name' },
  'company.name': { de: 'firma.name', en: 'company.name' },
  'company.accessibility': { de: 'firma.barrierefreiheit', en: 'company.accessibility' },
  'date.today': { de: 'datum.heute', en: 'date.today' },
};

/** A gap as it stands in a text. `placeholder` is undefined where nobody knows what belongs there. */
export interface Gap {
  from: number;
  /** Braces and all. */
  written: string;
  placeholder: Placeholder | undefined;
}

const byName = new Map<string, Placeholder>(
  placeholders.flatMap((placeholder) => Object.values(placeholderNames[placeholder]).map((name) => [name, placeholder] as const)),
);

export const gapsIn = (text: string): Gap[] =>
  [...text.matchAll(/\{\{ {0,3}(\p{L}[\p{L}\p{N}._-]{0,60}) {0,3}\}\}/gu)].map((found) => ({
    from: found.index,
    written: found[0],
    placeholder: byName.get((found[1] ?? '').toLowerCase()),
  }));

/** The text with what is known; where nothing is, the gap stays as it was written. What is put in is not read again. */
export function fillGaps(text: string, known: Partial<Record<Placeholder, string>>): string {
  let filled = '';
  let after = 0;
  for (const { from, written, placeholder } of gapsIn(text)) {
    filled += text.slice(after, from) + ((placeholder && known[placeholder]) || written);
    after = from + written.length;
  }
  return filled + text.slice(after);
}
