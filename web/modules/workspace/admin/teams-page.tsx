import { useQuery } from '@tanstack/react-query';
import Archive from 'lucide-react/icons/archive';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import type { Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { records } from '../../../platform/store/app-store.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { AddLine } from '../components/add-line.tsx';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';
import { usePeople, useTeams } from '../session.ts';
import { Sites, sitesQuery } from './sites.tsx';
import { TeamDialog } from './team-dialog.tsx';

/** Teams and sites: short lists that change seldom. */
export default function TeamsPage() {
  const t = useText('workspace');
  const teams = useTeams();
  const sites = useQuery(sitesQuery);
  const [edited, setEdited] = useState<Team | null>(null);
  const [archived, setArchived] = useState<Team | null>(null);
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
      {archived && (
        <ArchiveTeam
          team={archived}
          isLast={teams.every((one) => one.archived || one.id === archived.id)}
          onClose={() => setArchived(null)}
        />
      )}
    </Page>
  );
}

/** Asked first, because it cannot be taken back; where the server would refuse it, says what stands in the way. */
function ArchiveTeam({ team, isLast, onClose }: { team: Team; isLast: boolean; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const members = usePeople().filter((person) => team.memberIds.includes(person.id));
  const archive = useAction(async () => {
    records.put('team', [await call(on.archiveTeam, { id: team.id })]);
    notify({ title: t('teams.archiveDone') });
    onClose();
  });
  const count = team.memberIds.length;
  const hindrance = isLast
    ? t('teams.archiveLast')
    : count > 0 && t('teams.archiveMembers', { count, names: members.map(({ name }) => name).join(', ') });
  return (
    <AlertDialog
      open
      danger
      title={t('teams.archiveTitle', { name: team.name })}
      confirm={hindrance ? undefined : t('teams.archive')}
      cancel={hindrance ? general('close') : general('cancel')}
      busy={archive.isBusy}
      onConfirm={() => void archive.run()}
      onCancel={onClose}
    >
      {hindrance || t('teams.archiveText')}
      <ProblemBanner problem={archive.problem} className="mt-3" />
    </AlertDialog>
  );
}
