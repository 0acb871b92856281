import { useQuery } from '@tanstack/react-query';
import { currentLanguage, type Language, useText } from '../../../../platform/i18n/i18n.ts';

type Sentences = Record<string, string>;

/** Each room says its own actions in words: `web/modules/<room>/audit.<language>.json`, fetched only with this page. */
const files = import.meta.glob<{ default: Sentences }>('../../../*/audit.*.json');

export interface AuditText {
  /** The sentence of an action with its gaps filled; a code nobody has a sentence for is shown as it is. */
  say: (action: string, gaps: { who: string; what: string }) => string;
  /** Every action there is, as one may choose it, by its words. */
  choices: { value: string; label: string }[];
}

/** Undefined while the sentences are fetched. */
export function useAuditText(): AuditText | undefined {
  // Draws again when the language changes.
  useText('workspace');
  const language = currentLanguage();
  const { data } = useQuery({
    queryKey: ['workspace', 'audit', 'sentences', language],
    queryFn: () => load(language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data && textFrom(data);
}

export function textFrom(sentences: Sentences): AuditText {
  const say: AuditText['say'] = (action, { who, what }) =>
    (sentences[action] ?? `{{who}}: ${action} ({{what}})`).replace('{{who}}', () => who).replace('{{what}}', () => what);
  return {
    say,
    choices: Object.keys(sentences)
      .map((value) => ({ value, label: say(value, { who: '…', what: '…' }) }))
      .toSorted((a, b) => a.label.localeCompare(b.label)),
  };
}

async function load(language: Language): Promise<Sentences> {
  const wanted = Object.entries(files).filter(([path]) => path.endsWith(`/audit.${language}.json`));
  return Object.assign({}, ...(await Promise.all(wanted.map(async ([, read]) => (await read()).default)))) as Sentences;
}
