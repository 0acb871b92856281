import { useQuery } from '@tanstack/react-query';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import { laender, type Site, type Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { records } from '../../../platform/store/app-store.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { on } from '../api.ts';
import { AddLine } from '../components/add-line.tsx';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';
import { useTeams } from '../session.ts';
import { TeamDialog } from './team-dialog.tsx';

/** Teams and sites: short lists that change seldom. */
export default function TeamsPage() {
  const t = useText('workspace');
  const teams = useTeams();
  const sites = useQuery({ queryKey: ['workspace', 'sites'], queryFn: () => call(on.listSites, {}) });
  const [edited, setEdited] = useState<Team | null>(null);
  const [land] = useState<(typeof laender)[number]>('HH');
  return (
    <Page wide title={t('admin.teams')} intro={t('teams.intro')}>
      <Card title={t('teams.teams')}>
        <Table<Team>
          caption={t('teams.teams')}
          rows={teams}
          keyOf={(team) => team.id}
          columns={[
            {
              id: 'name',
              label: t('teams.name'),
              cell: (team) => (
                <>
                  {team.name} {team.archived && <Badge>{t('teams.archived')}</Badge>}
                </>
              ),
            },
            { id: 'site', label: t('teams.site'), cell: (team) => sites.data?.items.find(({ id }) => id === team.siteId)?.name ?? '–' },
            { id: 'members', label: t('teams.members'), right: true, cell: (team) => team.memberIds.length },
            {
              id: 'actions',
              label: '',
              right: true,
              cell: (team) => (
                <IconButton small icon={Pencil} label={t('teams.change', { name: team.name })} onClick={() => setEdited(team)} />
              ),
            },
          ]}
        />
        <AddLine label={t('teams.add')} onAdd={async (name) => records.put('team', [await call(on.addTeam, { name })])} />
      </Card>
      <Card title={t('teams.sites')}>
        <Loaded query={sites}>
          {({ items }) => (
            <Table<Site>
              caption={t('teams.sites')}
              rows={items}
              keyOf={(site) => site.id}
              columns={[
                { id: 'name', label: t('teams.name'), cell: (site) => site.name },
                { id: 'land', label: t('welcome.land'), cell: (site) => t(`laender.${site.land}`) },
                { id: 'zone', label: t('teams.zone'), cell: (site) => site.zone },
              ]}
            />
          )}
        </Loaded>
        <AddLine label={t('teams.addSite')} onAdd={(name) => call(on.addSite, { name, land }).then(() => sites.refetch())} />
      </Card>
      {edited && <TeamDialog team={edited} sites={sites.data?.items ?? []} onClose={() => setEdited(null)} />}
    </Page>
  );
}
