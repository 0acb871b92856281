import UsersRound from 'lucide-react/icons/users-round';
import { useState } from 'react';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { type Command, CommandPalette } from '../../../../ui/overlay/command-palette.tsx';
import { useMe, usePeople, useTeams } from '../../../workspace/index.ts';

/** Chooses a person or team by typing. */
export function AssignDialog({
  onAssign,
  onClose,
}: {
  onAssign: (personId: string | null, teamId: string | null) => void;
  onClose: () => void;
}) {
  const t = useText('conversations');
  const me = useMe().person;
  const people = usePeople();
  const teams = useTeams();
  const [query, setQuery] = useState('');
  const commands: Command[] = [
    { id: 'me', label: t('assign.me'), group: t('assign.people'), icon: picture(me.name, me.id), run: () => onAssign(me.id, null) },
    { id: 'nobody', label: t('assign.nobody'), group: t('assign.people'), run: () => onAssign(null, null) },
    ...people
      .filter(({ id }) => id !== me.id)
      .map((person) => ({
        id: person.id,
        label: person.name,
        group: t('assign.people'),
        icon: picture(person.name, person.id),
        run: () => onAssign(person.id, null),
      })),
    ...teams.map((team) => ({
      id: team.id,
      label: team.name,
      group: t('assign.teams'),
      icon: UsersRound,
      run: () => onAssign(null, team.id),
    })),
  ];
  return (
    <CommandPalette
      open
      onClose={onClose}
      commands={commands}
      query={query}
      onQuery={setQuery}
      title={t('assign.title')}
      placeholder={t('assign.placeholder')}
      emptyText={t('assign.empty')}
    />
  );
}

const picture = (name: string, seed: string) => () => <Avatar decorative small name={name} seed={seed} />;
