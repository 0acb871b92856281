import { placeholderNames, placeholders } from '../../../../contract/writing/placeholders.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import type { SnippetLanguage } from './find.ts';

/** Every gap there is and what comes into it; a press puts it where one writes. */
export function PlaceholderList({ language, onPick }: { language: SnippetLanguage; onPick: (written: string) => void }) {
  const t = useText('knowledge');
  return (
    <div className="rounded-md border border-line">
      <p className="border-b border-line bg-sunken px-3 py-1.5 text-xs text-muted">{t('placeholders.hint')}</p>
      <ul className="grid sm:grid-cols-2">
        {placeholders.map((placeholder) => {
          const written = `{{${placeholderNames[placeholder][language]}}}`;
          return (
            <li key={placeholder} className="min-w-0 p-1">
              <button type="button" className="block w-full rounded-sm px-2 py-1 text-left hover:bg-hover" onClick={() => onPick(written)}>
                <code className="font-mono text-xs break-all">{written}</code>
                <span className="block text-xs text-muted">{t(`placeholders.meaning.${placeholder.replace('.', '_')}`)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
