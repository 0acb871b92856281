import { type Chance, pause } from '../chance.ts';
import type { Adviser, Process } from '../installation.ts';
import { deskOf, type Reply } from './desk.ts';
import { type Offered, takeOffers } from './offered.ts';
import type { Record } from '../record.ts';
import { openScreen, type Screen } from './screen.ts';

export interface Advisers {
  screens: Map<string, Screen>;
  /** Begins nothing new, and answers when everything begun has come to an end; but those who are offered work go on. */
  finish(): Promise<void>;
  offered: Offered;
  close(): void;
}

/** Advisers at work, each as a browser would: through any of the webs, repeating under the same name what got no reply. */
export function startAdvisers(
  given: {
    advisers: Adviser[];
    /** Who takes what they are offered. */
    offered: Adviser[];
    webs: Process[];
    chance: Chance;
    onClaimed(): void;
    onOffered(): void;
    onEvent(type: string, personId: string): void;
  },
  record: Record,
): Advisers {
  const { chance, webs } = given;
  const screens = new Map<string, Screen>();
  let isOver = false;

  const desk = deskOf({ webs, chance }, record);
  const { once, ask, told, answer } = desk;
  const work = async (who: Adviser, screen: Screen) => {
    while (!isOver) {
      await pause(100 + 300 * chance.next());
      const free = [...screen.shown].filter(([, { state, claimedBy }]) => state === 'queued' && !claimedBy).slice(0, 5);
      const held = [...screen.shown].filter(([, { claimedBy }]) => claimedBy && claimedBy !== who.id).slice(-5);
      const how = chance.next();
      let taken: Reply;
      if (how < 0.1 && held.length > 0) {
        const [id] = chance.oneOf(held);
        taken = await ask(who, 'POST', `/conversations/${id}/claim`, { mode: 'take_over', reason: 'Ich habe die Kundin am Telefon.' });
      } else if (how < 0.4 && free.length > 0) {
        taken = await ask(who, 'POST', `/conversations/${chance.oneOf(free)[0]}/claim`, { mode: 'take' });
      } else taken = await ask(who, 'POST', '/conversations/next', { view: 'unassigned' }, crypto.randomUUID());
      const conversation = taken.body.conversation;
      if (taken.status !== 200 || !conversation) continue;
      given.onClaimed();
      const { id } = conversation;
      const fence = told(who, id, taken.body);
      const fate = chance.next();
      if (fate < 0.08) continue;
      if (fate < 0.16) {
        await ask(who, 'DELETE', `/conversations/${id}/claim`);
        continue;
      }
      if (fate < 0.3) told(who, id, (await ask(who, 'PUT', `/conversations/${id}/claim`, { fence })).body);
      if (fate > 0.9) await pause(1_000 * chance.next());
      // Sometimes by a claim that was worth something once.
      const reply = await answer(who, id, fate > 0.95 ? fence - 1 : fence, conversation.lastSeq);
      if (reply.status >= 300) await once(who, 'DELETE', `/conversations/${id}/claim`);
      else if (fate > 0.8 && conversation.caseId)
        await ask(who, 'POST', `/cases/${conversation.caseId}/resolution`, { summary: 'Das Paket ist unterwegs.' });
    }
  };

  const open = (who: Adviser): Screen => {
    const screen = openScreen(
      who,
      webs,
      record.listenings,
      async (path) => (await ask(who, 'GET', path)).body,
      (events) => events.forEach(({ type }) => given.onEvent(type, who.id)),
    );
    screens.set(who.id, screen);
    return screen;
  };
  const working = given.advisers.map((who) => work(who, open(who)));
  for (const who of given.offered) open(who);
  const offered = takeOffers(given.offered, desk, chance, given.onOffered);
  return {
    screens,
    offered,
    async finish() {
      isOver = true;
      await Promise.all(working);
    },
    close() {
      for (const screen of screens.values()) screen.close();
    },
  };
}
