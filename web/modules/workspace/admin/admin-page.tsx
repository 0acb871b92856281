import ChevronRight from 'lucide-react/icons/chevron-right';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { adminGroups } from '../../../platform/router/module.ts';
import { Page } from '../components/page.tsx';
import { FirstStepsCard } from '../first-steps/first-steps-card.tsx';
import { useMenu } from '../frame/nav-rail.tsx';

/** Every administration page of every room, by what it is about, as far as one may see it. */
export default function AdminPage() {
  const t = useText('workspace');
  const menu = useMenu();
  const groups = adminGroups
    .map((id) => ({ id, entries: menu.filter((item) => item.place === 'admin' && item.group === id) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <Page title={t('admin.title')}>
      <FirstStepsCard />
      {groups.map(({ id, entries }) => (
        <section key={id} aria-labelledby={`group-${id}`}>
          <h2 id={`group-${id}`} className="mb-2 text-base font-semibold">
            {t(`admin.groups.${id}`)}
          </h2>
          <ul className="overflow-hidden rounded-lg border border-line bg-surface">
            {entries.map((entry) => (
              <li key={entry.path} className="border-b border-line last:border-0">
                <AppLink to={entry.path} className="flex min-h-11 items-center justify-between px-4 hover:bg-hover">
                  {entry.text}
                  <ChevronRight aria-hidden="true" className="size-4 text-muted" />
                </AppLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
