import { useState } from 'react';
import type { SampleSignIns } from '../../../../contract/workspace/sign-in.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { forgetSession } from '../session.ts';

/** Looking around first: fills in the sample company, then asks whom one would like to be. */
export function SampleOffer() {
  const t = useText('workspace');
  const go = useGo();
  const [found, setFound] = useState<SampleSignIns | null>(null);
  const load = useAction(async () => setFound(await call(on.setUpSample, {})));
  const enter = useAction(async (email: string) => {
    await call(on.signIn, { email, password: found?.passphrase ?? '' });
    forgetSession();
    go('/');
  });
  const problem = load.problem ?? enter.problem;
  return (
    <section className="flex flex-col gap-2 text-sm">
      <ProblemBanner problem={problem} />
      {found === null ? (
        <>
          <p className="text-muted">{load.isBusy ? t('welcome.sampleBusy') : t('welcome.sample')}</p>
          <Button busy={load.isBusy} onClick={() => void load.run()}>
            {t('welcome.sampleLoad')}
          </Button>
        </>
      ) : (
        <>
          <p role="status">{t('welcome.sampleReady')}</p>
          <p>
            {t('welcome.samplePassphrase')} <code className="rounded-sm bg-sunken px-1 font-mono">{found.passphrase}</code>
          </p>
          <ul className="flex flex-col gap-1">
            {found.people
              .filter(({ look }) => look.de !== '')
              .map(({ name, email, look }) => (
                <li key={email} className="flex items-center gap-2">
                  <Button small busy={enter.isBusy} onClick={() => void enter.run(email)}>
                    {name}
                  </Button>
                  <span className="text-xs text-muted">{look[currentLanguage()]}</span>
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  );
}
