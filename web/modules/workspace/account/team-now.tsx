import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { queries } from '../../../platform/realtime/live.ts';
import { onSignal } from '../../../platform/realtime/stream.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { presenceSigns, presenceStates } from '../presence/presence.ts';
import { useMe, usePeople } from '../session.ts';

const key = ['workspace', 'team-presence'];

/** How those of the own teams are there now, as they say; no times, and nothing of before. */
export function TeamNow() {
  const t = useText('workspace');
  const { brief } = useFormats();
  const people = usePeople();
  const me = useMe();
  const query = useQuery({ queryKey: key, queryFn: () => call(on.listPresence, {}), staleTime: 60_000 });
  useEffect(() => onSignal('workspace.presence', () => void queries.invalidateQueries({ queryKey: key })), []);
  return (
    <Card title={t('shift.team')} hint={t('shift.teamHint')}>
      <Loaded query={query}>
        {({ items }) => {
          const shown = items
            .filter(({ personId, state }) => personId !== me.person.id && state !== 'away')
            .map((one) => ({ ...one, name: people.find(({ id }) => id === one.personId)?.name ?? t('person.unknown') }))
            .toSorted((a, b) => presenceStates.indexOf(a.state) - presenceStates.indexOf(b.state) || a.name.localeCompare(b.name));
          if (shown.length === 0) return <EmptyState title={t('shift.nobody')}>{t('shift.nobodyHint')}</EmptyState>;
          return (
            <ul aria-label={t('shift.team')}>
              {shown.map(({ personId, name, state, until, location }) => {
                const Sign = presenceSigns[state];
                return (
                  <li key={personId} className="flex flex-wrap items-center gap-x-3 border-b border-line py-1.5 last:border-0">
                    <Sign aria-hidden="true" className="size-4 shrink-0 text-muted" />
                    <span className="font-medium">{name}</span>
                    <span>{t(`presence.${state}`)}</span>
                    {until && <span className="text-muted">{t('presence.until', { at: brief(until) })}</span>}
                    {location && <span className="text-muted">{t(`where.${location}`)}</span>}
                  </li>
                );
              })}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}
