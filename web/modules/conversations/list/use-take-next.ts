import { useRef, useState } from 'react';
import type { View } from '../../../../contract/conversations.ts';
import { refused } from '../../../platform/refused.ts';
import { useRight } from '../../workspace/index.ts';
import { takeNext } from '../api.ts';

/** Built-in views of what waits for nobody, is one's own already or has an order of its own. */
const noQueues = new Set(['mine', 'waiting', 'snoozed', 'mentions', 'resolved', 'spam']);

export interface TakeNext {
  /** The view on screen holds what somebody may take. From any other one, the next is of what is assigned to nobody. */
  isQueue: boolean;
  isBusy: boolean;
  run: () => void;
}

/** Takes the first of the view that is free, whoever else reaches for it in the same moment. */
export function useTakeNext(viewId: string, sort: View['sort'], onTaken: (id: string) => void): TakeNext | undefined {
  const mayClaim = useRight('claim');
  const [isBusy, setIsBusy] = useState(false);
  const underWay = useRef(false);
  if (!mayClaim) return undefined;
  const isQueue = !noQueues.has(viewId);
  const teamId = viewId.startsWith('team-') ? viewId.slice(5) : undefined;
  const view = !isQueue ? 'unassigned' : teamId ? 'open' : viewId;
  const run = async (): Promise<void> => {
    // Keys can come faster than pages are drawn, and nobody wants two.
    if (underWay.current) return;
    underWay.current = true;
    setIsBusy(true);
    try {
      onTaken(await takeNext({ view, sort: isQueue ? sort : 'waiting_longest', ...(teamId ? { teamId } : {}) }));
    } catch (error) {
      refused(error);
    } finally {
      underWay.current = false;
      setIsBusy(false);
    }
  };
  return { isQueue, isBusy, run: () => void run() };
}
