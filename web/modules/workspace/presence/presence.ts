import { useQuery } from '@tanstack/react-query';
import Ban from 'lucide-react/icons/ban';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import Coffee from 'lucide-react/icons/coffee';
import GraduationCap from 'lucide-react/icons/graduation-cap';
import HeartPulse from 'lucide-react/icons/heart-pulse';
import { useEffect } from 'react';
import type { InputOf } from '../../../../contract/core.ts';
import type { OwnPresence, PresenceState } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { queries } from '../../../platform/realtime/live.ts';
import { onSignal } from '../../../platform/realtime/stream.ts';
import { refused } from '../../../platform/refused.ts';
import type { Icon } from '../../../ui/icon.ts';
import { on } from '../api.ts';
import { useMe } from '../session.ts';
import { askWhere } from './asked.ts';
import { ownPresenceKey } from './own.ts';
import { withState } from './with-state.ts';

/** In the order of a day; each has a sign of its own shape, so that no colour is needed. */
export const presenceSigns: Record<PresenceState, Icon> = {
  available: CircleCheck,
  busy: Ban,
  break: Coffee,
  recovery: HeartPulse,
  training: GraduationCap,
  away: CircleDashed,
};
export const presenceStates = Object.keys(presenceSigns) as PresenceState[];

/** What I say of myself, with my own history; follows what I set in another tab or browser. */
export function useOwnPresence() {
  const { person } = useMe();
  const query = useQuery({ queryKey: ownPresenceKey, queryFn: () => call(on.getOwnPresence, {}), staleTime: 60_000 });
  useEffect(
    () =>
      onSignal(
        'workspace.presence',
        (data) => void (data['personId'] === person.id && queries.invalidateQueries({ queryKey: ownPresenceKey })),
      ),
    [person.id],
  );
  return query;
}

type Said = InputOf<typeof on.setPresence>;

/** Who becomes available is asked once a day where they work; everything else is said at once. */
export async function choosePresence(state: PresenceState): Promise<void> {
  const known = queries.getQueryData<OwnPresence>(ownPresenceKey);
  if (state === 'available' && known && known.location === null) return askWhere();
  if (known?.state === state && known.since !== null) return;
  await sayPresence({ state });
}

/** Shown at once; taken back, with a word why, if the server refuses. Of several in a row the last counts. */
export async function sayPresence(said: Said): Promise<void> {
  await queries.cancelQueries({ queryKey: ownPresenceKey });
  const before = queries.getQueryData<OwnPresence>(ownPresenceKey);
  if (before) queries.setQueryData<OwnPresence>(ownPresenceKey, withState(before, said, new Date().toISOString()));
  try {
    await call(on.setPresence, said);
  } catch (error) {
    if (before && queries.getQueryData<OwnPresence>(ownPresenceKey)?.state === said.state) queries.setQueryData(ownPresenceKey, before);
    refused(error);
  }
  await queries.invalidateQueries({ queryKey: ownPresenceKey });
}
