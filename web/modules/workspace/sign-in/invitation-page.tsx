import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { on } from '../api.ts';
import { forgetSession } from '../session.ts';
import { type NewPassword, NewPasswordField } from './new-password-field.tsx';
import { OpenPage } from './open-page.tsx';

export default function InvitationPage() {
  const t = useText('workspace');
  const general = useText('platform');
  // Behind the #, where no server log and no referrer sees it.
  const [token] = useState(() => location.hash.slice(1));
  const { data, error } = useQuery({
    queryKey: ['workspace', 'invitation', token],
    queryFn: () => call(on.readInvitation, { token }),
    retry: false,
  });
  if (error)
    return (
      <OpenPage title={t('invitation.title')}>
        <ProblemBanner problem={problemText(error)} />
      </OpenPage>
    );
  if (!data) return <Skeleton label={general('loading')} />;
  return <Accept token={token} name={data.name} email={data.email} company={data.company} />;
}

function Accept({ token, name: given, email, company }: { token: string; name: string; email: string; company: string }) {
  const t = useText('workspace');
  const go = useGo();
  const [name, setName] = useState(given);
  const [password, setPassword] = useState<NewPassword>({ value: '', isGood: false });
  const accept = useAction(async () => {
    await call(on.acceptInvitation, { token, name, password: password.value });
    forgetSession();
    go('/');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password.isGood) void accept.run();
  };
  return (
    <OpenPage title={t('invitation.welcome', { company })} intro={email}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('person.name')} error={accept.fieldProblem('name')}>
          <Input required autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <NewPasswordField
          value={password.value}
          onChange={setPassword}
          problem={accept.problem && `${accept.problem.title} ${accept.problem.help ?? ''}`}
        />
        <Button type="submit" look="primary" busy={accept.isBusy} disabled={!password.isGood}>
          {t('invitation.submit')}
        </Button>
      </form>
    </OpenPage>
  );
}
