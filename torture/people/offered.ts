import { type Chance, pause } from '../chance.ts';
import type { Desk } from './desk.ts';
import type { Adviser } from '../installation.ts';

/** Who says again that they are free has been away: for not answering, or because nobody heard it the first time. */
const sayAgainMilliseconds = 4_000;

export interface Offered {
  /** Nothing is left alone from now on. */
  takeAll(): void;
  finish(): Promise<void>;
}

/**
 * Advisers who take what they are offered, and nothing else. One of them at a time leaves what they are offered alone until it goes to somebody else; so there is
 * always somebody who takes the next.
 */
export function takeOffers(people: readonly Adviser[], desk: Desk, chance: Chance, onOffered: () => void): Offered {
  let isOver = false;
  let isEnding = false;
  let leaving: Adviser | undefined;

  const work = async (who: Adviser) => {
    let saidAt = -Infinity;
    // At home, so that it does not matter whether the site is open.
    const isFree = async () => {
      await desk.ask(who, 'PUT', '/me/presence', { state: 'available', location: 'remote' });
      saidAt = Date.now();
    };
    let left: string | undefined;
    let last: string | undefined;
    while (!isOver) {
      if (Date.now() - saidAt > sayAgainMilliseconds) await isFree();
      await pause(150 + 200 * chance.next());
      const { offer } = (await desk.ask(who, 'GET', '/me/offer')).body;
      if (offer && offer.id !== last) onOffered();
      last = offer?.id;
      if (last !== left && leaving === who) leaving = undefined;
      if (!offer || (offer.id === left && !isEnding)) continue;
      if (!leaving && !isEnding && chance.next() < 0.2) {
        leaving = who;
        left = offer.id;
        continue;
      }
      // Long enough that some of what waits is nearly due.
      if (!isEnding) await pause(1_500 * chance.next());
      const id = offer.conversationId;
      const taken = await desk.ask(who, 'POST', `/conversations/${id}/claim`, { mode: 'take' });
      const { conversation } = taken.body;
      if (taken.status !== 200 || !conversation) continue;
      const reply = await desk.answer(who, id, desk.told(who, id, taken.body), conversation.lastSeq);
      if (reply.status >= 300) await desk.ask(who, 'DELETE', `/conversations/${id}/claim`);
    }
  };

  const working = people.map(work);
  return {
    takeAll: () => void (isEnding = true),
    async finish() {
      isOver = true;
      await Promise.all(working);
    },
  };
}
