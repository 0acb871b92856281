import Lock from 'lucide-react/icons/lock';
import { useState } from 'react';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { grantAccess } from '../api.ts';
import { refreshCase } from '../use-case.ts';

/** Somebody else's case opens with a written reason, which the customer can ask to see. */
export function LockedCase({ caseId, onOpened }: { caseId: string; onOpened?: () => void }) {
  const t = useText('cases');
  const [reason, setReason] = useState('');
  const action = useAction(async () => {
    await grantAccess(caseId, reason);
    await refreshCase(caseId);
    onOpened?.();
  });
  return (
    <EmptyState heading="h1" icon={Lock} title={t('locked.title')}>
      <p>{t('locked.hint')}</p>
      <form
        className="mt-4 flex flex-col gap-3 text-left text-text"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run();
        }}
      >
        <Field label={t('locked.reason')} hint={t('locked.reasonHint')} error={action.problem?.title}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <Button type="submit" look="primary" busy={action.isBusy} disabled={reason.trim().length < 10}>
          {t('locked.open')}
        </Button>
      </form>
    </EmptyState>
  );
}
