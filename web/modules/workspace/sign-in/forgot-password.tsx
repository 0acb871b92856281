import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { on } from '../api.ts';
import { OpenPage } from './open-page.tsx';

export function ForgotPassword({ email: typed, onBack }: { email: string; onBack: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const [email, setEmail] = useState(typed);
  const [isAsked, setIsAsked] = useState(false);
  const ask = useAction(async () => {
    await call(on.askForNewPassword, { email });
    setIsAsked(true);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void ask.run();
  };
  return (
    <OpenPage title={t('forgot.title')} intro={t('forgot.intro')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {isAsked && <Banner live>{t('forgot.asked')}</Banner>}
        <Field label={t('signIn.email')} error={ask.problem?.title}>
          <Input type="email" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
        </Field>
        <Button type="submit" look="primary" busy={ask.isBusy}>
          {t('forgot.submit')}
        </Button>
        <Button look="ghost" onClick={onBack}>
          {general('back')}
        </Button>
      </form>
    </OpenPage>
  );
}
