import { type FormEvent, useState } from 'react';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { PasswordInput } from '../sign-in/password-input.tsx';

/** Asks for the password again before how one signs in is changed. */
export function ConfirmPassword({
  title,
  text,
  onConfirm,
  onClose,
}: {
  title: string;
  /** What it means, where the title does not say it all. */
  text?: string;
  onConfirm: (password: string) => Promise<void>;
  onClose: () => void;
}) {
  const t = useText('workspace');
  const general = useText('platform');
  const [password, setPassword] = useState('');
  const action = useAction(async () => {
    await onConfirm(password);
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run();
  };
  return (
    <Dialog open onClose={onClose} title={title} description={text} closeLabel={general('close')}>
      <form onSubmit={submit} className="flex flex-col gap-4 pb-4">
        <Field label={t('account.currentPassword')} error={action.problem && `${action.problem.title} ${action.problem.help ?? ''}`}>
          <PasswordInput autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        </Field>
        <Button type="submit" look="primary" busy={action.isBusy}>
          {t('account.go')}
        </Button>
      </form>
    </Dialog>
  );
}
