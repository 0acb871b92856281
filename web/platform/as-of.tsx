import Clock from 'lucide-react/icons/clock';
import { useFormats } from './i18n/format.ts';
import { useText } from './i18n/i18n.ts';

/** As of when a report is, where it is noticeably older than now; nothing is said where it is not. */
export function AsOf({ at }: { at: string | null }) {
  const t = useText('platform');
  const { when } = useFormats();
  return (
    <p role="status" className="flex items-center gap-1.5 text-sm text-muted empty:hidden">
      {at && (
        <>
          <Clock aria-hidden="true" className="size-4 shrink-0" />
          {t('asOf', { at: when(at) })}
        </>
      )}
    </p>
  );
}
