import type { OutputOf } from '../../../../contract/core.ts';
import type { PresenceState } from '../../../../contract/workspace.ts';
import { queries } from '../../../platform/realtime/live.ts';
import type { on } from '../api.ts';

export type OwnPresence = OutputOf<typeof on.getOwnPresence>;

export const ownPresenceKey = ['workspace', 'presence'];

/** What one says of oneself, outside of pages and as far as it is known. */
export const ownPresence = (): PresenceState | undefined => queries.getQueryData<OwnPresence>(ownPresenceKey)?.state;
