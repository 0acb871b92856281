import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';
import { NewsCard } from '../news/news-card.tsx';
import { useMe, useRight } from '../session.ts';
import { Passkeys } from './passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { PresenceCard } from './presence-card.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Sessions } from './sessions.tsx';
import { Totp } from './totp.tsx';

export default function AccountPage() {
  const t = useText('workspace');
  const me = useMe();
  const seesAudit = useRight('see_audit');
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
                {seesAudit && (
                  <Card
                    title={t('audit.own')}
                    hint={t('audit.ownHint')}
                    actions={
                      <AppLink to="/administration/audit" className={buttonClass('secondary')}>
                        {t('audit.ownLink')}
                      </AppLink>
                    }
                  />
                )}
              </div>
            ),
          },
          { id: 'presence', label: t('presence.title'), content: <PresenceCard /> },
          { id: 'news', label: t('news.tab'), content: <NewsCard /> },
          { id: 'sessions', label: t('account.sessions'), content: <Sessions /> },
        ]}
      />
    </Page>
  );
}
