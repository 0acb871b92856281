import { useRef, useState } from 'react';
import type { View } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { refused } from '../../../platform/refused.ts';
import { useRight } from '../../workspace/index.ts';
import { type TakenFrom, takeNext } from '../api.ts';

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
  /** Asked for, and no answer came: asked again, it is the same one. */
  const unanswered = useRef<{ what: string; key: string } | null>(null);
  if (!mayClaim) return undefined;
  const isQueue = !noQueues.has(viewId);
  const teamId = viewId.startsWith('team-') ? viewId.slice(5) : undefined;
  const view = !isQueue ? 'unassigned' : teamId ? 'open' : viewId;
  const run = async (): Promise<void> => {
    // Keys can come faster than pages are drawn, and nobody wants two.
    if (underWay.current) return;
    underWay.current = true;
    setIsBusy(true);
    const from: TakenFrom = { view, sort: isQueue ? sort : 'due', ...(teamId ? { teamId } : {}) };
    const what = JSON.stringify(from);
    if (unanswered.current?.what !== what) unanswered.current = { what, key: crypto.randomUUID() };
    try {
      const id = await takeNext(from, unanswered.current.key);
      unanswered.current = null;
      onTaken(id);
    } catch (error) {
      if (!isProblem(error, 'client.offline')) unanswered.current = null;
      refused(error);
    } finally {
      underWay.current = false;
      setIsBusy(false);
    }
  };
  return { isQueue, isBusy, run: () => void run() };
}
