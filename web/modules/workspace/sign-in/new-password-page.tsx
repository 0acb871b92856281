import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';
import { type NewPassword, NewPasswordField } from './new-password-field.tsx';
import { OpenPage } from './open-page.tsx';

export default function NewPasswordPage() {
  const t = useText('workspace');
  const go = useGo();
  // Behind the #, where no server log and no referrer sees it.
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState<NewPassword>({ value: '', isGood: false });
  const save = useAction(async () => {
    await call(on.setNewPassword, { token, password: password.value });
    go('/sign-in');
    notify({ title: t('newPassword.done') });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password.isGood) void save.run();
  };
  return (
    <OpenPage title={t('newPassword.title')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <NewPasswordField
          value={password.value}
          onChange={setPassword}
          problem={save.problem && `${save.problem.title} ${save.problem.help ?? ''}`}
        />
        <Button type="submit" look="primary" busy={save.isBusy} disabled={!password.isGood}>
          {t('newPassword.submit')}
        </Button>
      </form>
    </OpenPage>
  );
}
