import CalendarClock from 'lucide-react/icons/calendar-clock';
import CircleAlert from 'lucide-react/icons/circle-alert';
import type { CommitmentLine } from '../../../../contract/cases.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { cx } from '../../../ui/cx.ts';
import { Card, PersonName } from '../../workspace/index.ts';
import { useKnown } from './use-known.ts';

/** What this person was promised in whatever concern and still waits for, the one due first on top. */
export function OpenPromises({ customerId }: { customerId: string }) {
  const t = useText('customers');
  const { data } = useKnown(customerId);
  if (!data) return null;
  return (
    <Card title={t('promises.title')}>
      {data.commitments.length === 0 ? (
        <p className="text-muted">{t('promises.none')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {data.commitments.map((line) => (
            <Promised key={line.statement.id} {...line} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Promised({ statement, caseNumber, caseSubject }: CommitmentLine) {
  const t = useText('customers');
  const { when, full } = useFormats();
  const now = useNow();
  const { dueTo } = statement;
  const isBroken = statement.state === 'broken' || (dueTo !== null && Date.parse(dueTo) < now);
  return (
    <li className={cx('rounded-md border border-line px-2.5 py-2', isBroken && 'border-l-4 border-l-danger')}>
      <p dir="auto" className="text-left break-words">
        {statement.text}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        {dueTo && (
          <Badge tone={isBroken ? 'danger' : 'neutral'} icon={isBroken ? CircleAlert : CalendarClock} title={full(dueTo)}>
            {t(isBroken ? 'promises.overdue' : 'promises.due', { at: when(dueTo, now) })}
          </Badge>
        )}
        <PersonName id={statement.ownerId ?? statement.saidById} />
        <AppLink to={`/cases/${statement.caseId}`} className="min-w-0 truncate underline">
          {caseNumber} · <bdi>{caseSubject || t('noSubject')}</bdi>
        </AppLink>
      </p>
    </li>
  );
}
