import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import { firstStands } from '../standing.ts';

export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

type Strings = Record<string, unknown>;
/** Loads one namespace's sentences in one language. */
export type Load = () => Promise<{ default: Strings }>;

/** Namespace → language → the files it consists of; `main.tsx` collects them, because the platform knows no domain. */
export type Sources = Record<string, Partial<Record<Language, Load[]>>>;

let sources: Sources = {};
let later: Sources = {};

let rest: Promise<void> | undefined;
/** Fetches the texts that the first screen does without, once. */
export const allTexts = (): Promise<void> => (rest ??= add(currentLanguage(), later));

/** Begins in a language; what is in `more` comes when a page waits for it, or when the first one stands, since that does without. */
export async function startLanguages(all: Sources, more: Sources, first: Language): Promise<void> {
  [sources, later] = [all, more];
  await i18next.init({
    lng: first,
    fallbackLng: false,
    ns: [...new Set([...Object.keys(all), ...Object.keys(more)])],
    defaultNS: 'platform',
    resources: { [first]: await load(first, all) },
    // React escapes; what is set in keeps its own direction.
    interpolation: { escapeValue: true, escape: isolated },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  document.documentElement.lang = first;
  void firstStands.then(allTexts);
}

/** Words that run from right to left, set into a sentence, must not turn the signs and figures around them. */
export const isolated = (words: string): string =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(words) ? `\u2068${words}\u2069` : words;

/** Switches every text on screen at once; nothing is reloaded and nothing typed is lost. */
export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'platform')) await Promise.all([add(language, sources), add(language, later)]);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem('nahbar.locale', language);
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'de');

/** The language to begin with: the one chosen last in this browser, else the browser's own. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem('nahbar.locale');
  if (chosen === 'de' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** The translator of one room; another one when the language or its texts change. Keys are checked by `web/platform/i18n/strings.test.ts`. */
export function useText(namespace: string): TFunction {
  useSyncExternalStore(onTexts, () => texts);
  let translator = translators.get(namespace);
  if (!translator) translators.set(namespace, (translator = i18next.getFixedT(null, namespace)));
  return translator;
}

/** The language now chosen. */
export const useLanguage = (): Language => useSyncExternalStore(onTexts, currentLanguage);

/** Counts how often language or texts changed. */
let texts = 0;
const translators = new Map<string, TFunction>();
const onTexts = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const listeners = new Set<() => void>();
function changed(): void {
  texts += 1;
  translators.clear();
  for (const listener of listeners) listener();
}
i18next.on('languageChanged', changed);

/** A translator outside components. */
export const textOf = (namespace: string): TFunction => i18next.getFixedT(null, namespace);

async function add(language: Language, from: Sources): Promise<void> {
  for (const [namespace, strings] of Object.entries(await load(language, from))) i18next.addResourceBundle(language, namespace, strings);
  changed();
}

async function load(language: Language, from: Sources): Promise<Record<string, Strings>> {
  const loaded = await Promise.all(
    Object.entries(from).map(async ([namespace, byLanguage]) => {
      const files = await Promise.all((byLanguage[language] ?? []).map((read) => read()));
      return [namespace, Object.assign({}, ...files.map((file) => file.default)) as Strings] as const;
    }),
  );
  return Object.fromEntries(loaded);
}
