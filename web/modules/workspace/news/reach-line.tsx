import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import type { Reach } from './push.ts';

/** Whether this browser is told while the desk is closed, said as it is, with why not and what to do. */
export function ReachLine({ reach, onJoin }: { reach: Reach | 'joining' | null; onJoin: () => void }) {
  const t = useText('workspace');
  const isClosed = reach === 'closed';
  const reason = reach === 'unsupported' || reach === 'unreachable' ? t(`news.reach.${reach}`) : null;
  return (
    <div className="flex flex-col items-start gap-1 border-l-2 border-line pl-3">
      <p role="status" className="flex flex-col items-start gap-1">
        {reach === 'joining' ? (
          <span className="text-muted">{t('news.reach.joining')}</span>
        ) : (
          <Badge tone={isClosed ? 'success' : 'neutral'}>{t(isClosed ? 'news.reach.closed' : 'news.reach.open')}</Badge>
        )}
        {reason && <span className="text-muted">{reason}</span>}
      </p>
      {isClosed && <p className="text-muted">{t('news.reach.closedHint')}</p>}
      {(reach === null || reach === 'unreachable') && (
        <Button small onClick={onJoin}>
          {t('news.reach.again')}
        </Button>
      )}
    </div>
  );
}
