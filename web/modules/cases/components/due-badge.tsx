import CalendarClock from 'lucide-react/icons/calendar-clock';
import CircleAlert from 'lucide-react/icons/circle-alert';
import type { Statement } from '../../../../contract/cases.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { Badge } from '../../../ui/badge.tsx';
import { isNearlyDue } from '../promises/due.ts';

/** Whether its time is over, also before the server has said so. */
export const isOverdue = ({ state, dueTo }: Statement, now: number): boolean =>
  state === 'broken' || (dueTo !== null && Date.parse(dueTo) < now);

/** When a promise is due: calm while there is time, with what is left in its last fifth, and what it is once it is broken. */
export function DueBadge({ statement }: { statement: Statement }) {
  const t = useText('cases');
  const { when, full, span } = useFormats();
  const now = useNow();
  const { dueTo } = statement;
  if (!dueTo) return null;
  const isBroken = isOverdue(statement, now);
  const isNear = !isBroken && isNearlyDue(statement, now);
  return (
    <Badge tone={isBroken ? 'danger' : isNear ? 'warn' : 'neutral'} icon={isBroken ? CircleAlert : CalendarClock} title={full(dueTo)}>
      {t(isBroken ? 'promises.overdue' : 'promises.due', { at: when(dueTo, now) })}
      {isNear && ` · ${t('promises.left', { span: span(now, Date.parse(dueTo)) })}`}
    </Badge>
  );
}
