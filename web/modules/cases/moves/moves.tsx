import Split from 'lucide-react/icons/split';
import { useState } from 'react';
import type { CaseMove } from '../../../../contract/cases.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { PersonName } from '../../workspace/index.ts';
import { useUndo } from './use-undo.ts';

/** What came into a case and what left it, as long as it can be taken back. */
export function Moves({ moves, canUndo }: { moves: readonly CaseMove[]; canUndo: boolean }) {
  const t = useText('cases');
  if (moves.length === 0) return null;
  return (
    <section aria-label={t('moves.title')} className="border-b border-line px-4 py-3">
      <h2 className="font-semibold">{t('moves.title')}</h2>
      <ul className="mt-1 flex flex-col gap-2">
        {moves.map((move) => (
          <Line key={move.id} move={move} canUndo={canUndo} />
        ))}
      </ul>
    </section>
  );
}

function Line({ move, canUndo }: { move: CaseMove; canUndo: boolean }) {
  const t = useText('cases');
  const general = useText('platform');
  const { brief, full } = useFormats();
  const { undo } = useUndo();
  const [isBusy, setIsBusy] = useState(false);
  const text = t(`moves.${move.kind}${move.incoming ? 'In' : 'Out'}`, { number: move.otherNumber });
  return (
    <li className="flex items-start gap-2">
      {move.kind !== 'merge' && <Split aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />}
      <div className="min-w-0 flex-1">
        {/* A case that was joined into this one leads back here. */}
        {move.kind === 'merge' ? (
          text
        ) : (
          <AppLink to={`/cases/${move.otherId}`} className="underline">
            {text}
          </AppLink>
        )}
        <p className="text-xs text-muted">
          <PersonName id={move.byId} /> ·{' '}
          <time dateTime={move.at} title={full(move.at)}>
            {brief(move.at)}
          </time>
        </p>
      </div>
      {canUndo && (
        <Button
          small
          busy={isBusy}
          aria-label={`${general('undo')}: ${text}`}
          onClick={() => {
            setIsBusy(true);
            void undo(move.id).finally(() => setIsBusy(false));
          }}
        >
          {general('undo')}
        </Button>
      )}
    </li>
  );
}
