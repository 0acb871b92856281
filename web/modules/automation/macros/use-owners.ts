import { useText } from '../../../platform/i18n/i18n.ts';
import { useMe, useRight, useTeams } from '../../workspace/index.ts';

/** Whose macros the person may write: everybody's (an empty id), and those of teams; the server decides. */
export function useOwners(): { value: string; label: string }[] {
  const t = useText('automation');
  const me = useMe();
  const mayAll = useRight('edit_macros', 'A');
  const teams = useTeams().filter((team) => !team.archived);
  const led = mayAll
    ? teams
    : teams.filter((team) => team.leadIds.includes(me.person.id) || (team.siteId !== null && team.siteId === me.person.siteId));
  return [...(mayAll ? [{ value: '', label: t('macros.everybody') }] : []), ...led.map(({ id, name }) => ({ value: id, label: name }))];
}
