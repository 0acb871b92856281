import { caseEndpoints as cases } from '../../../contract/cases.ts';
import { type ConversationDetail, conversationEndpoints as conversations } from '../../../contract/conversations.ts';
import type { Endpoint, InputOf } from '../../../contract/core.ts';
import { routingEndpoints as routing } from '../../../contract/routing.ts';
import { type PresenceState, workspaceEndpoints as workspace } from '../../../contract/workspace.ts';
import { fill } from '../../demo/times.ts';
import { newId } from '../../platform/ids.ts';
import type { Shift } from '../generator/shifts.ts';
import type { Visit } from '../generator/visits.ts';
import type { Reply, Stage } from '../house/stage.ts';
import type { Agenda } from './agenda.ts';
import { count, type Ledger } from './ledger.ts';

const minute = 60_000;
/** As the desk renews a lease of five minutes. */
const heartbeatEvery = 4 * minute;
/** A desk that lies open says so before the session counts as left, whose last use is known to ten minutes and may be fifteen old. All do so at once, which is one step. */
const showsItselfEvery = 4 * minute;
const isFreshFor = minute;
/** The way to an offer that has appeared. */
const reactionMilliseconds = 4_000;

export interface AdviserWorld {
  stage: Stage;
  agenda: Agenda;
  ledger: Ledger;
  byOrder(order: string): Visit | undefined;
  /** An answer has left for this customer's page. */
  answered(visit: Visit): void;
  /** Somebody has gone home: what lies with them is for others. */
  leftBehind(conversationId: string): void;
}

interface Hand {
  isFocus: boolean;
  fence: number;
}

/** Somebody at a desk, as the browser would act for them: everything goes through the HTTP application with their own session. */
export interface Adviser {
  work(shift: Shift, midnight: number): void;
  offered(conversationId: string): void;
  /** An offer was not answered in time, and the system says they are away. */
  setAway(): void;
  /** A customer has written in a conversation that is theirs. */
  hasNews(conversationId: string): void;
}

export function adviser(cookie: string, place: number, { stage, agenda, ledger, byOrder, answered, leftBehind }: AdviserWorld): Adviser {
  const hand = new Map<string, Hand>();
  const own: string[] = [];
  let [atDesk, wantsBreak, onBreak, leaves] = [false, false, false, false];
  const lane = `desk ${place}`;
  let shown: PresenceState = 'away';
  let lastCall = 0;
  const now = () => stage.clock.now().getTime();

  const ask = async <E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(endpoint: E, input: InputOf<E>) => {
    lastCall = now();
    const reply = await stage.ask(cookie, endpoint, input);
    if (!reply.ok) count(ledger.refused, reply.code);
    return reply;
  };

  /** Says what is so: free, busy, on a break, gone; once what is in hand has been finished. */
  const show = async () => {
    if (hand.size === 0 && leaves) atDesk = false;
    if (hand.size === 0 && wantsBreak) [onBreak, wantsBreak] = [true, false];
    const isBusy = leaves || wantsBreak || own.length > 0 || [...hand.values()].some(({ isFocus }) => isFocus);
    const state: PresenceState = !atDesk ? 'away' : onBreak ? 'break' : isBusy ? 'busy' : 'available';
    if (state === shown) return;
    shown = state;
    await ask(workspace.setPresence, { state });
  };

  const next = async () => {
    const isFocused = [...hand.values()].some(({ isFocus }) => isFocus);
    const id = atDesk && !onBreak && !wantsBreak && !leaves && !isFocused ? own.shift() : undefined;
    if (id === undefined || !(await take(id))) await show();
  };

  const take = async (id: string): Promise<boolean> => {
    const claim = await ask(conversations.claim, { id, mode: 'take' });
    if (!claim.ok) return false;
    const { fence } = claim.body.lease;
    hand.set(id, { isFocus: true, fence });
    const opened = await ask(conversations.open, { id });
    const visit = opened.ok ? visitOf(opened.body, byOrder) : undefined;
    if (!opened.ok || !visit) {
      await letGo(id);
      return false;
    }
    // A chat is answered beside others; a mail or a post has the desk for itself.
    hand.set(id, { isFocus: visit.way !== 'chat', fence });
    await show();
    const hasAnswer = opened.body.messages.some(({ direction }) => direction === 'out');
    later(id, visit, opened.body, visit.handling[hasAnswer ? 1 : 0]);
    return true;
  };

  /** Reads and writes for so long, holding on to it, and sends. */
  const later = (id: string, visit: Visit, read: ConversationDetail, milliseconds: number) => {
    const wait = Math.min(milliseconds, heartbeatEvery);
    agenda.add(now() + Math.ceil(wait), lane, async () => {
      const held = hand.get(id);
      if (!held) return;
      if (milliseconds > wait) {
        const kept = await ask(conversations.heartbeat, { id, fence: held.fence });
        if (kept.ok) return later(id, visit, read, milliseconds - wait);
        hand.delete(id);
        return next();
      }
      await send(id, visit, read, held);
    });
  };

  const send = async (id: string, visit: Visit, read: ConversationDetail, { fence }: Hand) => {
    const { conversation, proposals } = read;
    const reply = await ask(conversations.reply, {
      id,
      draftId: newId(now()),
      fence,
      baseSeq: conversation.lastSeq,
      text: answerTo(visit, stage.clock.now()),
      to: proposals.reply.to,
      cc: proposals.reply.cc,
      undoSeconds: 0,
    });
    if (!reply.ok && reply.code === 'conversations.stale_view') {
      const again = await ask(conversations.open, { id });
      // Something came while it was written: it is read, and the answer looked over.
      if (again.ok) return later(id, visit, again.body, visit.handling[1] / 2);
    }
    if (reply.ok) {
      ledger.accepted.set(reply.body.message.id, { visit, at: now() });
      answered(visit);
      await settleCase(reply, visit);
    }
    await letGo(id, reply.ok);
    await next();
  };

  const settleCase = async (
    reply: Extract<Reply<{ message: { id: string }; conversation: { caseId: string | null } }>, { ok: true }>,
    visit: Visit,
  ) => {
    const { caseId } = reply.body.conversation;
    if (visit.isSettled && caseId)
      await ask(cases.resolve, {
        id: caseId,
        summary: `Beantwortet: ${visit.order}`,
        customerInformedBy: { messageId: reply.body.message.id },
      });
  };

  const letGo = async (id: string, isOver = false) => {
    hand.delete(id);
    if (!isOver) await ask(conversations.release, { id });
  };

  const showSelf = async () => {
    if (!atDesk) return;
    if (now() - lastCall >= isFreshFor) await ask(routing.ownOffer, {});
    agenda.add((Math.floor(now() / showsItselfEvery) + 1) * showsItselfEvery, lane, showSelf);
  };

  return {
    work({ from, to, breaks }, midnight) {
      agenda.add(midnight + from, lane, async () => {
        atDesk = true;
        await show();
        await showSelf();
      });
      for (const pause of breaks) {
        agenda.add(midnight + pause.from, lane, async () => {
          wantsBreak = true;
          await show();
        });
        agenda.add(midnight + pause.from + pause.minutes * minute, lane, async () => {
          [wantsBreak, onBreak] = [false, false];
          await next();
        });
      }
      agenda.add(midnight + to, lane, async () => {
        leaves = true;
        for (const id of own.splice(0)) leftBehind(id);
        await show();
      });
    },
    offered(conversationId) {
      ledger.offered[place] = (ledger.offered[place] ?? 0) + 1;
      agenda.add(now() + reactionMilliseconds + place, lane, async () => {
        if (!(await take(conversationId))) await show();
      });
    },
    setAway() {
      shown = 'away';
      agenda.add(now() + reactionMilliseconds + place, lane, show);
    },
    hasNews(conversationId) {
      if (!atDesk || leaves) return leftBehind(conversationId);
      if (hand.has(conversationId) || own.includes(conversationId)) return;
      own.push(conversationId);
      agenda.add(now() + reactionMilliseconds + place, lane, next);
    },
  };
}

/** By the number that the customer gave, or the post's tag. */
function visitOf({ messages }: ConversationDetail, byOrder: AdviserWorld['byOrder']): Visit | undefined {
  for (const { text, direction } of messages.toReversed()) {
    const [, order, tag] = (direction === 'in' && /Bestellnummer: (HK-\d+)|(#hansekontor\d+)/.exec(text)) || [];
    if (order ?? tag) return byOrder(order ?? tag ?? '');
  }
  return undefined;
}

/** What everybody reads names no order. */
function answerTo({ way, matter, who, order }: Visit, at: Date): string {
  const slots = { ...who, name: who.name || `${who.first} ${who.last}`, order };
  const text = `Guten Tag ${way === 'post' ? who.first : slots.name},\n\n${fill(matter.answer, slots, at, matter.language)}`;
  return way === 'post' ? text : `${text}\n\nIhre Bestellung: ${order}`;
}
