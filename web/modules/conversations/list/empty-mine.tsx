import InboxIcon from 'lucide-react/icons/inbox';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useCounters } from './use-views.ts';

/** Nothing is one's own: says how many wait for somebody, and leads there. */
export function EmptyMine() {
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
        <AppLink to="/inbox/unassigned" className={buttonClass('primary')}>
          {t('empty.showUnassigned')}
        </AppLink>
      }
    >
      {t('empty.waiting', { count, number: `${number(count)}${atLeast.includes('unassigned') ? '+' : ''}` })}
    </EmptyState>
  );
}
