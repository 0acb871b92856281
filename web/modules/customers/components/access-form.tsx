import Lock from 'lucide-react/icons/lock';
import { type FormEvent, useState } from 'react';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { openWithReason } from '../api.ts';

/** Somebody outside one's own work opens with a written reason only. */
export function AccessForm({ customerId, onOpened }: { customerId: string; onOpened: () => void }) {
  const t = useText('customers');
  const [reason, setReason] = useState('');
  const open = useAction(async () => {
    await openWithReason(customerId, reason);
    onOpened();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void open.run();
  };
  return (
    <EmptyState heading="h1" icon={Lock} title={t('access.title')}>
      <p>{t('access.hint')}</p>
      <form onSubmit={submit} className="mt-4 flex flex-col gap-3 text-left text-text">
        <Field label={t('access.reason')} error={open.problem && `${open.problem.title} ${open.problem.help ?? ''}`}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <Button type="submit" look="primary" busy={open.isBusy} disabled={reason.trim().length < 5}>
          {t('access.open')}
        </Button>
      </form>
    </EmptyState>
  );
}
