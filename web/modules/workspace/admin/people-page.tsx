import Ellipsis from 'lucide-react/icons/ellipsis';
import UserPlus from 'lucide-react/icons/user-plus';
import { useState } from 'react';
import type { Person } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { records } from '../../../platform/store/app-store.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';
import { Page } from '../components/page.tsx';
import { useTeams } from '../session.ts';
import { PersonDialog } from './person-dialog.tsx';

export default function PeoplePage() {
  const t = useText('workspace');
  const teams = useTeams();
  const [query, setQuery] = useState('');
  const [edited, setEdited] = useState<Person | 'new' | null>(null);
  const people = useRecords<Person, Person[]>('person', (all) =>
    all
      .filter((person) => `${person.name} ${person.email}`.toLowerCase().includes(query.toLowerCase()))
      .toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name)),
  );
  return (
    <Page
      wide
      title={t('admin.people')}
      actions={
        <Button look="primary" icon={UserPlus} onClick={() => setEdited('new')}>
          {t('people.invite')}
        </Button>
      }
    >
      <Input
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        className="max-w-sm"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <Table<Person>
        caption={t('admin.people')}
        rows={people}
        keyOf={(person) => person.id}
        columns={[
          {
            id: 'name',
            label: t('person.name'),
            cell: (person) => (
              <span className="flex items-center gap-2">
                <Avatar decorative name={person.name} seed={person.id} small />
                <span>
                  {person.name}
                  <span className="block text-xs text-muted">{person.email}</span>
                </span>
                {!person.active && <Badge tone="warn">{t('people.inactive')}</Badge>}
              </span>
            ),
          },
          {
            id: 'roles',
            label: t('people.roles'),
            cell: (person) => (
              <span className="flex flex-wrap gap-1">
                {person.roles.map((role) => (
                  <Badge key={role}>{t(`roles.${role}`)}</Badge>
                ))}
              </span>
            ),
          },
          {
            id: 'teams',
            label: t('admin.teams'),
            cell: (person) =>
              teams
                .filter((team) => person.teamIds.includes(team.id))
                .map((team) => team.name)
                .join(', '),
          },
          { id: 'actions', label: '', right: true, cell: (person) => <PersonActions person={person} onEdit={() => setEdited(person)} /> },
        ]}
      />
      {edited && <PersonDialog person={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function PersonActions({ person, onEdit }: { person: Person; onEdit: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const inviteAgain = (): void => {
    call(on.inviteAgain, { id: person.id }).then(
      ({ mailed, url }) => notify({ title: mailed ? t('people.mailed') : t('people.handOver'), text: url ?? undefined, milliseconds: 0 }),
      refused,
    );
  };
  return (
    <Menu
      align="end"
      trigger={<IconButton small label={t('people.more', { name: person.name })} icon={Ellipsis} />}
      entries={[
        { label: general('edit'), onSelect: onEdit },
        { label: t('people.inviteAgain'), onSelect: inviteAgain },
        { label: t('people.endSessions'), onSelect: () => act(call(on.endSessionsOf, { id: person.id }), t('people.sessionsEnded')) },
        { label: t('people.resetFactor'), onSelect: () => act(call(on.resetSecondFactor, { id: person.id }), t('people.factorReset')) },
        person.active
          ? {
              label: t('people.deactivate'),
              danger: true,
              separated: true,
              onSelect: () => act(call(on.deactivatePerson, { id: person.id }), t('people.deactivated')),
            }
          : {
              label: t('people.reactivate'),
              separated: true,
              onSelect: () => act(call(on.reactivatePerson, { id: person.id }), t('people.reactivated')),
            },
      ]}
    />
  );
}

const act = (request: Promise<Person | unknown>, done: string): void => {
  request.then((reply) => {
    if (typeof reply === 'object' && reply !== null && 'roles' in reply) records.put('person', [reply as Person]);
    notify({ title: done });
  }, refused);
};
