import fc from 'fast-check';
import type { Queue } from '../../../contract/routing.ts';
import { system } from '../../platform/actor.ts';
import { transaction } from '../../platform/context.ts';
import type { TestHouse } from '../../testing/house.ts';
import { giveOut } from './offers/give-out.ts';

/** Opening hours of a day as nobody has them: windows in order, between so many bounds. */
export const someWindows = (mostBounds: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 1_440 }), { minLength: 2, maxLength: mostBounds })
    .map((bounds) => bounds.toSorted((a, b) => a - b))
    .map((bounds) =>
      Array.from({ length: Math.floor(bounds.length / 2) }, (_, i) => ({ from: bounds[2 * i] ?? 0, to: bounds[2 * i + 1] ?? 0 })),
    );

/** A queue for all work, which takes nothing special, but for what is given. */
export const someQueue = (given: Partial<Queue> = {}): Queue => ({
  id: crypto.randomUUID(),
  name: 'Post',
  channels: [],
  visibility: 'any',
  teamIds: [],
  priorities: [],
  topicIds: [],
  languages: [],
  needs: [],
  isOffered: false,
  keepFree: 0,
  overflow: { teamIds: [], whenClosed: false, afterMinutes: null },
  ...given,
});

/** A second has passed: what waits is offered to whoever is free. */
export const givesOut = (h: TestHouse): Promise<void> => transaction(h.house.platform, system, giveOut);
