import Check from 'lucide-react/icons/check';
import CloudOff from 'lucide-react/icons/cloud-off';
import { useText } from '../../../platform/i18n/i18n.ts';
import type { SaveState } from './use-draft.ts';

/** Where the draft is: above the field, where nothing moves for it. A trouble stands among the tools, where it can be solved. */
export function SaveStateText({
  state,
  onRetry,
  onChoose,
}: {
  state: SaveState;
  onRetry: () => void;
  onChoose: (which: 'this' | 'other') => void;
}) {
  const t = useText('conversations');
  const general = useText('platform');
  if (state === 'empty') return null;
  if (state === 'failed' || state === 'elsewhere')
    return (
      <span role="alert" className="flex flex-wrap items-center gap-1.5 text-xs text-danger-text">
        <CloudOff aria-hidden="true" className="size-3.5" />
        {t(`draft.${state}`)}
        {state === 'failed' && (
          <button type="button" className="min-h-6 underline" onClick={onRetry}>
            {general('retry')}
          </button>
        )}
        {state === 'elsewhere' &&
          (['this', 'other'] as const).map((which) => (
            <button key={which} type="button" className="min-h-6 underline" onClick={() => onChoose(which)}>
              {t(`draft.choose.${which}`)}
            </button>
          ))}
      </span>
    );
  return (
    <span className="absolute -top-8 right-0 flex items-center gap-1 text-xs text-muted">
      {state === 'saved' && <Check aria-hidden="true" className="size-3.5" />}
      {/* Where there is no room beside the choice of reply and note, the sign says it. */}
      <span className="@max-sm:sr-only">{t(state === 'saved' ? 'draft.saved' : 'draft.saving')}</span>
    </span>
  );
}
