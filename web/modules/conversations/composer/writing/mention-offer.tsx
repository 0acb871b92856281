import { useText } from '../../../../platform/i18n/i18n.ts';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { usePeople } from '../../../workspace/index.ts';
import { beginsMention, mayBeMentioned } from '../notes/mentions.ts';
import type { Offer } from './offers.ts';

/** Colleagues after an `@`. */
export function useMentionOffer(): Offer {
  const t = useText('conversations');
  const people = usePeople();
  return {
    label: t('mention.list'),
    begins: beginsMention,
    find: (query) =>
      people
        .filter((person) => mayBeMentioned(person) && fits(person.name, query))
        .slice(0, 6)
        .map(({ id, name }) => ({
          id,
          text: `@${name} `,
          content: (
            <>
              <Avatar decorative small name={name} seed={id} />
              {name}
            </>
          ),
        })),
  };
}

/** By the beginning of any part of the name. */
const fits = (name: string, query: string): boolean =>
  name.toLowerCase().startsWith(query) ||
  name
    .toLowerCase()
    .split(/\s+/)
    .some((part) => part.startsWith(query));
