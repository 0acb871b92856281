import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

type Strings = Record<string, unknown>;
/** Loads one namespace's sentences in one language. */
export type Load = () => Promise<{ default: Strings }>;

/** Namespace → language → the files it consists of; `main.tsx` collects them, because the platform knows no domain. */
export type Sources = Record<string, Partial<Record<Language, Load[]>>>;

let sources: Sources = {};

export async function startLanguages(all: Sources, first: Language): Promise<void> {
  sources = all;
  await i18next.use(initReactI18next).init({
    lng: first,
    fallbackLng: false,
    ns: Object.keys(all),
    defaultNS: 'platform',
    resources: { [first]: await loadAll(first) },
    // React escapes; what is set in keeps its own direction.
    interpolation: { escapeValue: true, escape: isolated },
    react: { useSuspense: false },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  document.documentElement.lang = first;
}

/** Words that run from right to left, set into a sentence, must not turn the signs and figures around them. */
export const isolated = (words: string): string =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(words) ? `\u2068${words}\u2069` : words;

/** Switches every text on screen at once; nothing is reloaded and nothing typed is lost. */
export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'platform')) {
    for (const [namespace, strings] of Object.entries(await loadAll(language))) i18next.addResourceBundle(language, namespace, strings);
  }
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

/** The translator of one room. Keys are checked by `web/platform/i18n/strings.test.ts`. */
export function useText(namespace: string): TFunction {
  return useTranslation(namespace).t;
}

/** A translator outside components. */
export const textOf = (namespace: string): TFunction => i18next.getFixedT(null, namespace);

async function loadAll(language: Language): Promise<Record<string, Strings>> {
  const loaded = await Promise.all(
    Object.entries(sources).map(async ([namespace, byLanguage]) => {
      const files = await Promise.all((byLanguage[language] ?? []).map((load) => load()));
      return [namespace, Object.assign({}, ...files.map((file) => file.default)) as Strings] as const;
    }),
  );
  return Object.fromEntries(loaded);
}
