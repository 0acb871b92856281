import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Standing } from '../list/use-place.ts';

/** The previous and the next conversation of the list one came from, and where in it one is. */
export function Stepper({ standing, onShow }: { standing: Standing; onShow: (id: string) => void }) {
  const t = useText('conversations');
  const { number } = useFormats();
  const { position, previous, next, total, isMore } = standing;
  return (
    <div role="group" aria-label={t('place.label')} className="mr-auto flex shrink-0 items-center">
      <IconButton
        label={t('keys.previous')}
        keys="k"
        icon={ChevronLeft}
        disabled={previous === null}
        onClick={() => previous && onShow(previous)}
      />
      {position !== null && (
        <span className="text-xs whitespace-nowrap text-muted tabular-nums">
          {t('place.of', { position: number(position), total: `${number(total)}${isMore ? '+' : ''}` })}
        </span>
      )}
      <IconButton label={t('keys.next')} keys="j" icon={ChevronRight} disabled={next === null} onClick={() => next && onShow(next)} />
    </div>
  );
}
