import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { on } from '../api.ts';
import { OpenPage } from './open-page.tsx';

export function SecondFactor({ challenge, onDone, onBack }: { challenge: string; onDone: () => void; onBack: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const [code, setCode] = useState('');
  const confirm = useAction(async () => {
    await call(on.signInSecondFactor, { challenge, code });
    onDone();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void confirm.run();
  };
  return (
    <OpenPage title={t('secondFactor.title')} intro={t('secondFactor.intro')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={t('secondFactor.code')}
          hint={t('secondFactor.hint')}
          error={confirm.problem && `${confirm.problem.title} ${confirm.problem.help ?? ''}`}
        >
          <Input
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" busy={confirm.isBusy}>
          {t('signIn.submit')}
        </Button>
        <Button look="ghost" onClick={onBack}>
          {general('back')}
        </Button>
      </form>
    </OpenPage>
  );
}
