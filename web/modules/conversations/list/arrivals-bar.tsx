import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { useText } from '../../../platform/i18n/i18n.ts';

/** Says that something new came in outside of what is on screen, and leads there. */
export function ArrivalsBar({ count, isBelow, onShow }: { count: number; isBelow: boolean; onShow: () => void }) {
  const t = useText('conversations');
  const Sign = isBelow ? ArrowDown : ArrowUp;
  return (
    <div role="status" className="shrink-0 border-t border-line">
      {count > 0 && (
        <button
          type="button"
          className="flex min-h-9 w-full items-center justify-center gap-2 bg-info-soft px-3 font-medium text-info-text hover:underline focus-visible:outline-offset-[-2px]"
          onClick={onShow}
        >
          <Sign aria-hidden="true" className="size-4" />
          {t(isBelow ? 'list.newBelow' : 'list.newAbove', { count })}
        </button>
      )}
    </div>
  );
}
