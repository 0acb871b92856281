import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import type { Lines } from './use-lines.ts';

/** Below a list that differs from what is saved: back to that, or on to saving it. */
export function Unsaved({
  lines,
  save,
  isBusy = false,
  onSave,
}: {
  lines: Pick<Lines<unknown>, 'isChanged' | 'undo'>;
  save: string;
  isBusy?: boolean;
  onSave: () => void;
}) {
  const t = useText('routing');
  if (!lines.isChanged) return null;
  return (
    <div className="mt-4 flex flex-wrap items-center justify-end gap-2">
      <p role="status" className="mr-auto text-muted">
        {t('lines.unsaved')}
      </p>
      <Button onClick={lines.undo}>{t('lines.undo')}</Button>
      <Button look="primary" disabled={isBusy} onClick={onSave}>
        {save}
      </Button>
    </div>
  );
}
