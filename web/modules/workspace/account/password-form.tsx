import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { type NewPassword, NewPasswordField } from '../sign-in/new-password-field.tsx';
import { PasswordInput } from '../sign-in/password-input.tsx';

export function PasswordForm() {
  const t = useText('workspace');
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState<NewPassword>({ value: '', isGood: false });
  const change = useAction(async () => {
    await call(on.changePassword, { current, password: password.value });
    setCurrent('');
    setPassword({ value: '', isGood: false });
    notify({ title: t('account.passwordChanged'), text: t('account.othersSignedOut') });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password.isGood) void change.run();
  };
  return (
    <Card title={t('account.password')}>
      <form onSubmit={submit} className="flex max-w-sm flex-col gap-4">
        <Field label={t('account.currentPassword')} error={change.problem && `${change.problem.title} ${change.problem.help ?? ''}`}>
          <PasswordInput autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.target.value)} />
        </Field>
        <NewPasswordField value={password.value} onChange={setPassword} />
        <Button type="submit" busy={change.isBusy} disabled={!password.isGood} className="self-start">
          {t('account.changePassword')}
        </Button>
      </form>
    </Card>
  );
}
