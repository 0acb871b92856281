import { useQueryClient } from '@tanstack/react-query';
import type { Storm } from '../../../../contract/storms.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { on } from '../api.ts';

/** A storm ends when nobody waits any more; what follows is said before. */
export function EndDialog({ storm, waiting, onClose }: { storm: Storm; waiting: number; onClose: () => void }) {
  const t = useText('storms');
  const client = useQueryClient();
  const end = useAction(async () => {
    await call(on.end, { id: storm.id });
    await client.invalidateQueries({ queryKey: ['storms'] });
    onClose();
  });
  return (
    <FormDialog title={t('endTitle')} action={end} confirm={t('end')} disabled={waiting > 0} onClose={onClose}>
      <p>{waiting > 0 ? t('endWaiting', { count: waiting }) : t('endHint')}</p>
    </FormDialog>
  );
}
