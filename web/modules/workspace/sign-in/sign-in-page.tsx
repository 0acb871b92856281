import { useQuery } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useGo, useQueryParam } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { forgetSession } from '../session.ts';
import { ForgotPassword } from './forgot-password.tsx';
import { OpenPage } from './open-page.tsx';
import { PasswordInput } from './password-input.tsx';
import { SecondFactor } from './second-factor.tsx';

export default function SignInPage() {
  const t = useText('workspace');
  const go = useGo();
  const next = useQueryParam('next');
  const { data: setup } = useQuery({ queryKey: ['workspace', 'setup'], queryFn: () => call(on.getSetup, {}) });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [challenge, setChallenge] = useState<string | null>(null);
  const [isForgotten, setIsForgotten] = useState(false);
  const enter = (): void => {
    forgetSession();
    // Only paths of ours: a link must not be able to send people elsewhere after signing in.
    go(next && /^\/(?!\/)/.test(next) ? next : '/', { replace: true });
  };
  const signIn = useAction(async () => {
    const result = await call(on.signIn, { email: email.trim(), password });
    if (result.status === 'second_factor') setChallenge(result.challenge);
    else enter();
  });
  const passkey = useAction(async () => {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    const { challengeId, options } = await call(on.passkeySignInOptions, {});
    const response = await startAuthentication({ optionsJSON: options as never });
    await call(on.signInPasskey, { challengeId, response: { ...response } });
    enter();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void signIn.run();
  };
  const problem = signIn.problem ?? passkey.problem;
  if (challenge) return <SecondFactor challenge={challenge} onDone={enter} onBack={() => setChallenge(null)} />;
  if (isForgotten) return <ForgotPassword email={email} onBack={() => setIsForgotten(false)} />;
  return (
    <OpenPage title={t('signIn.title')} intro={setup?.demo ? t('signIn.demo') : undefined}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <ProblemBanner problem={problem} />
        <Field label={t('signIn.email')}>
          <Input
            type="email"
            name="email"
            autoComplete="username webauthn"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t('signIn.password')}>
          <PasswordInput
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" busy={signIn.isBusy}>
          {t('signIn.submit')}
        </Button>
        <Button icon={KeyRound} busy={passkey.isBusy} onClick={() => void passkey.run()}>
          {t('signIn.passkey')}
        </Button>
        <button type="button" className="min-h-6 self-start text-accent-text underline" onClick={() => setIsForgotten(true)}>
          {t('signIn.forgot')}
        </button>
      </form>
    </OpenPage>
  );
}
