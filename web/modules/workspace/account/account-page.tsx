import { useText } from '../../../platform/i18n/i18n.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { Page } from '../components/page.tsx';
import { useMe } from '../session.ts';
import { Passkeys } from './passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Sessions } from './sessions.tsx';
import { Totp } from './totp.tsx';

export default function AccountPage() {
  const t = useText('workspace');
  const me = useMe();
  return (
    <Page title={t('account.title')} intro={me.person.email}>
      <Tabs
        label={t('account.title')}
        parts={[
          { id: 'profile', label: t('account.profile'), content: <ProfileForm /> },
          {
            id: 'security',
            label: t('account.security'),
            content: (
              <div className="flex flex-col gap-6">
                <Totp />
                <Passkeys />
                <PasswordForm />
              </div>
            ),
          },
          { id: 'sessions', label: t('account.sessions'), content: <Sessions /> },
        ]}
      />
    </Page>
  );
}
