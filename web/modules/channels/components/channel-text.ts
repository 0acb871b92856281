import { useQuery } from '@tanstack/react-query';
import { currentLanguage, type Language, useText } from '../../../platform/i18n/i18n.ts';

type Strings = { [key: string]: string | Strings };

const files = import.meta.glob<{ default: Strings }>('../../../../channels/*/strings.*.json');

/** Sentences of one channel, from its own folder; `fallback` stands in for what it does not say. */
export function useChannelText(channel: string): (key: string, fallback: string) => string {
  // Draws again when the language changes.
  useText('channels');
  const language = currentLanguage();
  const { data } = useQuery({
    queryKey: ['channels', 'strings', channel, language],
    queryFn: () => load(channel, language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (key, fallback) => lookUp(data ?? {}, key) ?? fallback;
}

const load = async (channel: string, language: Language): Promise<Strings> =>
  (await files[`../../../../channels/${channel}/strings.${language}.json`]?.())?.default ?? {};

function lookUp(strings: Strings, key: string): string | undefined {
  if (typeof strings[key] === 'string') return strings[key];
  let at: string | Strings | undefined = strings;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return typeof at === 'string' ? at : undefined;
}
