import Lock from 'lucide-react/icons/lock';
import { type FormEvent, useState } from 'react';
import { conversationEndpoints as on } from '../../../../contract/conversations.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';

/** Somebody else's conversation, from a link: it opens with a written reason, as somebody else's case does. */
export function LockedConversation({ id, onOpened, onBack }: { id: string; onOpened: () => void; onBack: () => void }) {
  const t = useText('conversations');
  const [reason, setReason] = useState('');
  const open = useAction(async () => {
    await call(on.openAccess, { id, reason });
    onOpened();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void open.run();
  };
  return (
    <EmptyState icon={Lock} title={t('locked.title')}>
      <p>{t('locked.hint')}</p>
      <form onSubmit={submit} className="mt-4 flex flex-col gap-3 text-left text-text">
        <Field
          label={t('locked.reason')}
          hint={t('locked.reasonHint')}
          error={open.problem && `${open.problem.title} ${open.problem.help ?? ''}`}
        >
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" busy={open.isBusy} disabled={reason.trim().length < 10}>
            {t('locked.open')}
          </Button>
          <Button onClick={onBack}>{t('locked.back')}</Button>
        </div>
      </form>
    </EmptyState>
  );
}
