import { type FormEvent, useState } from 'react';
import { type Land, laender } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { forgetSession } from '../session.ts';
import { type NewPassword, NewPasswordField } from './new-password-field.tsx';
import { OpenPage } from './open-page.tsx';
import { SampleOffer } from './sample-offer.tsx';

/** The first page of a new installation: who you are and whom you serve. The mail account comes next, inside. */
export default function WelcomePage() {
  const t = useText('workspace');
  const go = useGo();
  const [company, setCompany] = useState('');
  const [land, setLand] = useState<Land>('HH');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState<NewPassword>({ value: '', isGood: false });
  const setUp = useAction(async () => {
    await call(on.setUp, { company, land, name, email, password: password.value, locale: currentLanguage() });
    forgetSession();
    go('/administration/first-steps');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void setUp.run();
  };
  return (
    <OpenPage size="medium" title={t('welcome.title')} intro={t('welcome.intro')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <ProblemBanner problem={setUp.problem} />
        <Field label={t('welcome.company')} error={setUp.fieldProblem('company')}>
          <Input
            required
            autoFocus
            autoComplete="organization"
            maxLength={80}
            value={company}
            onChange={(event) => setCompany(event.target.value)}
          />
        </Field>
        <Field label={t('welcome.land')} hint={t('welcome.landHint')}>
          <Select options={laender.map((value) => ({ value, label: t(`laender.${value}`) }))} value={land} onChange={setLand} />
        </Field>
        <hr className="border-line" />
        <Field label={t('welcome.name')} error={setUp.fieldProblem('name')}>
          <Input required autoComplete="name" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('signIn.email')} hint={t('welcome.emailHint')} error={setUp.fieldProblem('email')}>
          <Input required type="email" autoComplete="username" value={email} onChange={(event) => setEmail(event.target.value)} />
        </Field>
        <NewPasswordField value={password.value} onChange={setPassword} problem={setUp.fieldProblem('password')} />
        <Button
          type="submit"
          look="primary"
          busy={setUp.isBusy}
          disabled={!password.isGood}
          aria-describedby={password.isGood ? undefined : 'welcome-missing'}
        >
          {t('welcome.submit')}
        </Button>
        {!password.isGood && (
          <p id="welcome-missing" className="-mt-2 text-xs text-muted">
            {t('welcome.missing')}
          </p>
        )}
      </form>
      <hr className="my-4 border-line" />
      <SampleOffer />
    </OpenPage>
  );
}
