import Gavel from 'lucide-react/icons/gavel';
import Handshake from 'lucide-react/icons/handshake';
import Info from 'lucide-react/icons/info';
import type { Statement } from '../../../../contract/cases.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { PersonName } from '../../workspace/index.ts';

const signs = { commitment: Handshake, decision: Gavel, information: Info };
const tones: Partial<Record<Statement['state'], Tone>> = { kept: 'success', broken: 'danger', made_good: 'warn', open: 'info' };

/** What the customer was told, in its place in time. */
export function StatementLine({ statement }: { statement: Statement }) {
  const t = useText('cases');
  const { brief, when, full } = useFormats();
  const Sign = signs[statement.kind];
  return (
    <article
      aria-label={t(`statement.kinds.${statement.kind}`)}
      className="flex items-start gap-2 rounded-lg border border-line bg-sunken px-3 py-2"
    >
      <Sign aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{t(`statement.kinds.${statement.kind}`)}</span>
          <Badge tone={tones[statement.state] ?? 'neutral'}>{t(`statement.states.${statement.state}`)}</Badge>
          <span className="ml-auto text-xs text-muted">
            <PersonName id={statement.saidById} />{' '}
            <time dateTime={statement.saidAt} title={full(statement.saidAt)}>
              {brief(statement.saidAt)}
            </time>
          </span>
        </p>
        <p dir="auto" className={statement.state === 'superseded' ? 'text-left break-words line-through' : 'text-left break-words'}>
          {statement.text}
        </p>
        {statement.dueTo && <p className="text-xs text-muted">{t('promises.due', { at: when(statement.dueTo) })}</p>}
        {statement.evidence && <p className="text-xs text-muted">{statement.evidence}</p>}
      </div>
    </article>
  );
}
