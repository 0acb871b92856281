import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Handshake from 'lucide-react/icons/handshake';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { cx } from '../../../ui/cx.ts';
import { openCommitments, useCase } from '../use-case.ts';

/** What is owed and whether there is a brief, in one line, for where there is no room for the case; a press shows all of it. Nothing to say, no line. */
export function CaseLine({ caseId, onShow }: { caseId: string; onShow: () => void }) {
  const t = useText('cases');
  const { when } = useFormats();
  const now = useNow();
  const { statements, handovers } = useCase(caseId);
  const owed = openCommitments(statements);
  const next = owed[0];
  const hasBrief = handovers.length > 0;
  if (!next && !hasBrief) return null;
  const isBroken = next !== undefined && (next.state === 'broken' || (next.dueTo !== null && Date.parse(next.dueTo) < now));
  const Sign = isBroken ? CircleAlert : next ? Handshake : ArrowRightLeft;
  const words = [
    ...(next ? [t('line.owed', { count: owed.length })] : []),
    ...(next?.dueTo ? [t(isBroken ? 'promises.overdue' : 'promises.due', { at: when(next.dueTo, now) })] : []),
  ].join(', ');
  return (
    <button
      type="button"
      onClick={onShow}
      className="flex min-h-8 w-full min-w-0 shrink-0 items-center gap-1.5 border-b border-line bg-surface px-4 text-left text-muted hover:bg-hover focus-visible:-outline-offset-2"
    >
      <Sign aria-hidden="true" className={cx('size-4', isBroken && 'text-danger-text')} />
      <span className="min-w-0 truncate">
        {words && <span className={cx('font-medium', isBroken ? 'text-danger-text' : 'text-text')}>{words}</span>}
        {words && next && `: ${next.text}`}
        {hasBrief && `${words && ' · '}${t('line.brief')}`}
      </span>
    </button>
  );
}
