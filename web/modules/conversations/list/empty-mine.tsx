import InboxIcon from 'lucide-react/icons/inbox';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { NextButton } from './next-button.tsx';
import type { TakeNext } from './use-take-next.ts';
import { useCounters } from './views/use-views.ts';

/** Nothing is one's own: says how many wait for somebody, gives the first of them, and leads to all. */
export function EmptyMine({ takeNext }: { takeNext: TakeNext | undefined }) {
  const t = useText('conversations');
  const { number } = useFormats();
  const { counters, atLeast } = useCounters();
  const count = counters['unassigned'];
  if (!count)
    return (
      <EmptyState icon={InboxIcon} title={t(count === 0 ? 'empty.done' : 'empty.mine')}>
        {t('empty.doneHint')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={InboxIcon}
      title={t('empty.mine')}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {takeNext && <NextButton next={takeNext} />}
          <AppLink to="/inbox/unassigned" className={buttonClass(takeNext ? 'secondary' : 'primary')}>
            {t('empty.showUnassigned')}
          </AppLink>
        </div>
      }
    >
      {t('empty.waiting', { count, number: `${number(count)}${atLeast.includes('unassigned') ? '+' : ''}` })}
    </EmptyState>
  );
}
