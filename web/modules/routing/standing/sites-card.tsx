import type { Standing } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Table } from '../../../ui/list/table.tsx';
import { Card, useSiteName, useTeams } from '../../workspace/index.ts';
import { bySite, type SiteStanding } from './by-site.ts';
import { DueBar } from './due-bar.tsx';

/** How it stands at each site, where there is more than one: from which it can help and to which. */
export function SitesCard({ standing }: { standing: Standing }) {
  const t = useText('routing');
  const { span } = useFormats();
  const teams = useTeams();
  const siteName = useSiteName();
  const rows = bySite(standing, (teamId) => teams.find(({ id }) => id === teamId)?.siteId ?? null);
  if (rows.length < 2) return null;
  const most = Math.max(1, ...rows.map(({ waiting }) => waiting));
  return (
    <Card title={t('standing.sites')}>
      <Table<SiteStanding>
        caption={t('standing.sites')}
        rows={rows}
        keyOf={({ siteId }) => siteId ?? ''}
        columns={[
          {
            id: 'site',
            label: t('standing.site'),
            cell: ({ siteId }) => <span className="font-medium">{siteId ? siteName(siteId) : t('standing.noSite')}</span>,
          },
          { id: 'waiting', label: t('standing.waiting'), right: true, cell: ({ waiting }) => waiting },
          { id: 'free', label: t('standing.free'), right: true, cell: ({ free }) => free },
          {
            id: 'due',
            label: t('standing.due'),
            cell: ({ overdue, nearDue, waiting }) => (
              <DueBar overdue={overdue} near={nearDue} rest={waiting - overdue - nearDue} most={most} />
            ),
          },
          {
            id: 'oldest',
            label: t('standing.oldest'),
            right: true,
            cell: ({ oldestSince }) => (oldestSince ? span(oldestSince, Date.parse(standing.at)) : t('standing.none')),
          },
          { id: 'available', label: t('standing.available'), right: true, cell: ({ available }) => available },
        ]}
      />
    </Card>
  );
}
