import { useQuery } from '@tanstack/react-query';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import { laender, type Site, type Skill, type Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
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

/** Teams, sites and skills: short lists that change seldom. */
export default function TeamsPage() {
  const t = useText('workspace');
  const language = currentLanguage();
  const teams = useTeams();
  const sites = useQuery({ queryKey: ['workspace', 'sites'], queryFn: () => call(on.listSites, {}) });
  const skills = useQuery({ queryKey: ['workspace', 'skills'], queryFn: () => call(on.listSkills, {}) });
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
      <Card title={t('teams.skills')}>
        <Loaded query={skills}>
          {({ items }) => (
            <Table<Skill>
              caption={t('teams.skills')}
              rows={items}
              keyOf={(skill) => skill.id}
              columns={[
                { id: 'label', label: t('teams.name'), cell: (skill) => skill.label[language] },
                { id: 'key', label: t('teams.key'), cell: (skill) => <code className="font-mono text-xs">{skill.key}</code> },
              ]}
            />
          )}
        </Loaded>
        <AddLine
          label={t('teams.addSkill')}
          onAdd={(name) => call(on.addSkill, { key: keyOf(name), label: { de: name, en: name } }).then(() => skills.refetch())}
        />
      </Card>
      {edited && <TeamDialog team={edited} sites={sites.data?.items ?? []} onClose={() => setEdited(null)} />}
    </Page>
  );
}

const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40) || 'skill';
