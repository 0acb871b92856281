import type { OwnPresence, PresenceState } from '../../../../contract/workspace.ts';
import { queries } from '../../../platform/realtime/live.ts';

export const ownPresenceKey = ['workspace', 'presence'];

/** What one says of oneself, outside of pages and as far as it is known. */
export const ownPresence = (): PresenceState | undefined => queries.getQueryData<OwnPresence>(ownPresenceKey)?.state;
