import { useQueryClient } from '@tanstack/react-query';
import type { AutomationRule } from '../../../../contract/automation.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { on, rulesQuery } from '../api.ts';

/** Asked before, since a rule that is gone does not come back. */
export function RemoveDialog({ rule: { id, name }, onClose }: { rule: AutomationRule; onClose: () => void }) {
  const t = useText('automation');
  const client = useQueryClient();
  const remove = useAction(async () => {
    await call(on.dropRule, { id });
    await client.invalidateQueries({ queryKey: rulesQuery.queryKey });
    onClose();
  });
  return (
    <FormDialog danger title={t('rules.remove', { name })} action={remove} confirm={t('rules.removeNow')} onClose={onClose}>
      <p>{t('rules.removeHint')}</p>
    </FormDialog>
  );
}
