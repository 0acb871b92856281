import type { Record } from '../record.ts';
import type { Violations } from './check.ts';
import type { Evidence, LoggedEvent } from './evidence.ts';
import { isIn, lateness, realTime } from './timeline.ts';

/** Of the service level that the installation has: so long after the customer's message. */
const after = { 'routing.answer_near_due': 3_000, 'routing.answer_overdue': 60_000 };
type Alarm = keyof typeof after;
const goalMilliseconds = 5_000;

/** From a message that nobody has answered to the answer, or to the end; begun again when it turns out that the answer may not have arrived. */
interface Wait {
  /** When it began, as the log says, and by this machine's clock as its mail's server was told; undefined when none was. */
  at: number;
  accepted: number | undefined;
  rang: Set<Alarm>;
}

/**
 * Each wait rings once when its answer is nearly due, and once when it is overdue: not before its time, at most five seconds after, and whatever lasted so long did.
 * Five seconds of those in which the machine had time and something was there to ring.
 */
export function checkClocks(
  { mails, times }: Pick<Record, 'mails' | 'times'>,
  { events, messages, now }: Pick<Evidence, 'events' | 'messages' | 'now'>,
): Violations {
  const wrong: Violations = [];
  const acceptedAt = new Map(mails.map(({ messageId, at }) => [messageId, at]));
  const mailOf = new Map(messages.map(({ id, platformId }) => [id, platformId ?? '']));
  const running = new Map<string, Wait>();
  const isLate = (wait: Wait, due: number, at: number): boolean =>
    // By a clock that was wrong nobody can say when it began.
    wait.accepted !== undefined &&
    !isIn(times.wrong, wait.accepted, goalMilliseconds) &&
    lateness(times, Math.max(realTime(times, due), wait.accepted), realTime(times, at)) > goalMilliseconds;
  const end = (id: string, at: number) => {
    const wait = running.get(id);
    running.delete(id);
    if (!wait) return;
    for (const alarm of Object.keys(after) as Alarm[])
      if (!wait.rang.has(alarm) && isLate(wait, wait.at + after[alarm], at)) wrong.push(`${alarm} of conversation ${id} never came`);
  };
  const ring = (type: Alarm, { at, data }: LoggedEvent) => {
    const id = String(data['conversationId']);
    const [since, trueAt] = [Date.parse(String(data['since'])), Date.parse(String(data['trueAt']))];
    const key = `${type} of conversation ${id} for the wait since ${String(data['since'])}`;
    if (trueAt !== since + after[type]) wrong.push(`${key} is said to be true from ${String(data['trueAt'])} on`);
    if (at < since + after[type]) wrong.push(`${key} came ${since + after[type] - at} ms before its time`);
    const wait = running.get(id);
    if (!wait) wrong.push(`${key} came, and nobody waited`);
    else {
      if (wait.rang.has(type)) wrong.push(`${key} came twice`);
      wait.rang.add(type);
      if (isLate(wait, trueAt, at)) wrong.push(`${key} came more than ${goalMilliseconds / 1_000} s after its time`);
    }
  };
  for (const event of events) {
    const { type, at, data } = event;
    const id = String(data['conversationId'] ?? '');
    const wait = running.get(id);
    if (type === 'conversations.message_received' && (!wait || wait.at === at)) {
      const accepted = acceptedAt.get(mailOf.get(String(data['messageId'])) ?? '');
      running.set(id, { at, accepted, rang: wait?.rang ?? new Set() });
    } else if (type === 'conversations.state_changed' && data['fromState'] === 'waiting_customer' && data['toState'] === 'queued') {
      if (!wait) running.set(id, { at, accepted: undefined, rang: new Set() });
    } else if (type === 'conversations.message_sent' || (type === 'conversations.state_changed' && isOver(data['toState']))) end(id, at);
    else if (type in after) ring(type as Alarm, event);
  }
  for (const id of running.keys()) end(id, now + (times.ahead.at(-1)?.by ?? 0));
  return wrong;
}

const isOver = (state: unknown): boolean => state === 'resolved' || state === 'closed' || state === 'spam' || state === 'merged';
