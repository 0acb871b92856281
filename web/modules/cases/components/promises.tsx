import Plus from 'lucide-react/icons/plus';
import type { Statement } from '../../../../contract/cases.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { PersonName } from '../../workspace/index.ts';
import { openCommitments } from '../use-case.ts';
import { DueBadge, isOverdue } from './due-badge.tsx';

interface Props {
  statements: readonly Statement[];
  canTell: boolean;
  /** The dialogs stand outside of what is drawn anew with the case. */
  onTell: () => void;
  onSettle: (statement: Statement, what: 'keep' | 'release') => void;
}

/** What was promised to the customer and is still owed; always in sight. */
export function Promises({ statements, canTell, onTell, onSettle }: Props) {
  const t = useText('cases');
  const open = openCommitments(statements);
  return (
    <section aria-label={t('promises.title')} className="border-b border-line px-4 py-3">
      <header className="flex items-center justify-between">
        <h2 className="font-semibold">{t('promises.title')}</h2>
        {canTell && <IconButton small label={t('promises.add')} icon={Plus} onClick={onTell} />}
      </header>
      {open.length === 0 ? (
        <p className="text-muted">{t('promises.none')}</p>
      ) : (
        <ul className="mt-1 flex flex-col gap-2">
          {open.map((statement) => (
            <Promise key={statement.id} statement={statement} canTell={canTell} onSettle={(what) => onSettle(statement, what)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Promise({
  statement,
  canTell,
  onSettle,
}: {
  statement: Statement;
  canTell: boolean;
  onSettle: (what: 'keep' | 'release') => void;
}) {
  const t = useText('cases');
  const now = useNow();
  const isBroken = isOverdue(statement, now);
  return (
    <li className={cx('rounded-md border border-line bg-surface px-2.5 py-2', isBroken && 'border-l-4 border-l-danger')}>
      <p className="break-words">{statement.text}</p>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <DueBadge statement={statement} />
        <span>
          <PersonName id={statement.ownerId ?? statement.saidById} />
        </span>
      </p>
      {canTell && (
        <p className="mt-1.5 flex flex-wrap gap-1.5">
          <Button small onClick={() => onSettle('keep')}>
            {t(isBroken ? 'promises.madeGood' : 'promises.kept')}
          </Button>
          <Button small onClick={() => onSettle('release')}>
            {t('promises.release')}
          </Button>
        </p>
      )}
    </li>
  );
}
