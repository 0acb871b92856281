import { useEffect } from 'react';
import { textOf } from '../../../platform/i18n/i18n.ts';
import { queries } from '../../../platform/realtime/live.ts';
import { onSignal } from '../../../platform/realtime/stream.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { ownPresenceKey } from './own.ts';
import { sayPresence } from './presence.ts';

/** A recovery pause has ended by itself: one is told, and may go on resting. */
export function usePauseOver(): void {
  useEffect(
    () =>
      onSignal('workspace.pause_over', () => {
        void queries.invalidateQueries({ queryKey: ownPresenceKey });
        const t = textOf('workspace');
        notify({
          id: 'workspace.pause_over',
          title: t('presence.pauseOver'),
          text: t('presence.pauseOverText'),
          milliseconds: 30_000,
          action: { label: t('presence.restOn'), run: () => void sayPresence({ state: 'recovery' }) },
        });
      }),
    [],
  );
}
