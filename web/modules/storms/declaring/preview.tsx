import type { StormPreview } from '../../../../contract/storms.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';

/** How many a storm would gather, and some of them. */
export function Preview({ preview: { count, isMore, examples } }: { preview: StormPreview }) {
  const t = useText('storms');
  const { when } = useFormats();
  return (
    <div className="rounded-md border border-line bg-sunken px-3 py-2">
      <p className="font-medium">
        {t('found', { count })} {isMore && t('foundMore')}
      </p>
      {examples.length > 0 && (
        <ul aria-label={t('examples')} className="mt-1 list-disc pl-5 text-muted">
          {examples.map(({ conversationId, subject, customerName, since }) => (
            <li key={conversationId} className="break-words">
              <bdi>{subject || t('noSubject')}</bdi> · <bdi>{customerName}</bdi> · {when(since)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
