import { useText } from '../../../platform/i18n/i18n.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { useMe, usePerson } from '../session.ts';

/** The name of somebody who works here; "you" for oneself. */
export function PersonName({ id }: { id: string | null }) {
  const t = useText('workspace');
  const me = useMe();
  const person = usePerson(id);
  return <>{id === me.person.id ? t('person.you') : (person?.name ?? t('person.unknown'))}</>;
}

export function PersonAvatar({ id, small, ring }: { id: string; small?: boolean; ring?: boolean }) {
  const t = useText('workspace');
  const person = usePerson(id);
  return <Avatar name={person?.name ?? t('person.unknown')} seed={id} small={small} ring={ring} />;
}
