import { useQuery } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { AppLink } from '../../platform/router/link.tsx';
import { on } from './api.ts';
import { Card } from './components/card.tsx';
import { Page } from './components/page.tsx';

/** What runs here; the licence asks for a way to the source (AGPL, section 13). */
export default function AboutPage() {
  const t = useText('workspace');
  const query = useQuery({ queryKey: ['workspace', 'about'], queryFn: () => call(on.getAbout, {}) });
  return (
    <Page title={t('about.title')} intro={t('about.intro')}>
      <Loaded query={query}>
        {(data) => (
          <>
            <Card title={t('about.version', { version: data.version })} hint={t('about.licence', { licence: data.licence })}>
              {data.sourceUrl ? (
                <a href={data.sourceUrl} className="text-accent-text underline">
                  {t('about.source')}
                </a>
              ) : (
                <p>{t('about.unchanged')}</p>
              )}
            </Card>
            <Card title={t('accessibility.title')} hint={t('accessibility.hint')}>
              <AppLink to="/accessibility" className="text-accent-text underline">
                {t('accessibility.read')}
              </AppLink>
            </Card>
            <Card title={t('about.programs')} hint={t('about.programsHint')}>
              <a href="/api/docs" className="text-accent-text underline">
                {t('about.reference')}
              </a>
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  );
}
