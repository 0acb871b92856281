import { lazy, type ReactNode, Suspense } from 'react';
import { currentLanguage, switchLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';

const ToastArea = lazy(() => import('../../../ui/overlay/toast.tsx'));

/** A page for people who are not signed in: one card, the company's sign and the other language. */
const widths = { small: 'max-w-sm', medium: 'max-w-lg', large: 'max-w-3xl' };

export function OpenPage({
  title,
  intro,
  size = 'small',
  children,
}: {
  title: string;
  intro?: ReactNode;
  size?: keyof typeof widths;
  children: ReactNode;
}) {
  const t = useText('workspace');
  const general = useText('platform');
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <title>{`${title} · Nahbar`}</title>
      <main className={`w-full ${widths[size]}`}>
        <div className="mb-6 flex items-center gap-3">
          <img src="/icon.svg" alt="" className="size-10" />
          <span className="text-lg font-semibold">Nahbar</span>
        </div>
        <div className="rounded-lg border border-line bg-surface p-6 shadow-small">
          <h1 className="text-xl font-semibold">{title}</h1>
          {intro && <p className="mt-1 text-muted">{intro}</p>}
          <div className="mt-5">{children}</div>
        </div>
        <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
          <button
            type="button"
            className="min-h-6 text-muted underline"
            lang={currentLanguage() === 'de' ? 'en' : 'de'}
            onClick={() => void switchLanguage(currentLanguage() === 'de' ? 'en' : 'de')}
          >
            {t('language.other')}
          </button>
          <AppLink to="/accessibility" className="min-h-6 text-muted underline">
            {t('accessibility.title')}
          </AppLink>
        </p>
      </main>
      <Suspense>
        <ToastArea label={general('notices')} closeLabel={general('close')} />
      </Suspense>
    </div>
  );
}
