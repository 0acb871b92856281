import { useQuery } from '@tanstack/react-query';
import Archive from 'lucide-react/icons/archive';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import type { Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { records } from '../../../platform/store/app-store.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { on } from '../api.ts';
import { AddLine } from '../components/add-line.tsx';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';
import { useTeams } from '../session.ts';
import { ArchiveTeam } from './archive-team.tsx';
import { Sites } from './sites.tsx';
import { sitesQuery } from './sites-query.ts';
import { TeamDialog } from './team-dialog.tsx';

/** Teams and sites: short lists that change seldom. */
export default function TeamsPage() {
  const t = useText('workspace');
  const teams = useTeams();
  const sites = useQuery(sitesQuery);
  const [edited, setEdited] = useState<Team | null>(null);
  const [archived, setArchived] = useState<Team | null>(null);
  const nameOf = (id: string | null): string => teams.find((team) => team.id === id)?.name ?? '–';
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
                  {team.name} {team.archived && <Badge>{t('teams.archived', { name: nameOf(team.successorId) })}</Badge>}
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
                <span className="flex justify-end gap-1">
                  <IconButton small icon={Pencil} label={t('teams.change', { name: team.name })} onClick={() => setEdited(team)} />
                  {!team.archived && (
                    <IconButton
                      small
                      icon={Archive}
                      label={t('teams.archiveLabel', { name: team.name })}
                      onClick={() => setArchived(team)}
                    />
                  )}
                </span>
              ),
            },
          ]}
        />
        <AddLine label={t('teams.add')} onAdd={async (name) => records.put('team', [await call(on.addTeam, { name })])} />
      </Card>
      <Sites query={sites} />
      {edited && <TeamDialog team={edited} sites={sites.data?.items ?? []} onClose={() => setEdited(null)} />}
      {archived && <ArchiveTeam team={archived} onClose={() => setArchived(null)} />}
    </Page>
  );
}
