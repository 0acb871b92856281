import type { SendResult } from '../../../../contract/channel.ts';
import type { RoomProblem } from '../problems.ts';
import type { OutboxRow, Outcome } from './queries.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Pauses after a temporary failure: the usual rhythm of mail servers (RFC 5321, 4.5.4.1: at least 30 minutes later on, give up after days). */
const pauses = [minute, 2 * minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour];
const giveUpAfter = 3 * 24 * hour;
/** A message that waits for its account's access is looked at again by itself, should nobody renew it through us. */
const reauthorisePause = hour;

export const pauseAfter = (attempts: number): number => pauses[Math.min(attempts, pauses.length) - 1] ?? minute;

/**
 * What an attempt's result means for its row. Pure. `doubt`: whether an earlier attempt may have sent it still. `settles`: whether the channel can end a doubt by
 * itself, by asking the service or by repeating harmlessly; where it cannot, a person decides.
 */
export function outcomeOf(
  result: SendResult,
  row: Pick<OutboxRow, 'attempts' | 'due_at'>,
  now: Date,
  { doubt, settles }: { doubt: boolean; settles: boolean },
): Outcome {
  if (result.state !== 'failed') {
    const refused = result.refused?.length ? result.refused : undefined;
    return {
      state: result.state,
      nextAt: null,
      uncertain: false,
      unreadAt: result.unreadAfterSeconds === undefined ? null : new Date(now.getTime() + result.unreadAfterSeconds * 1_000),
      platformId: result.platformId,
      reply: result.reply?.slice(0, 500) ?? null,
      // Some recipients were refused: it went out, and the adviser must know for whom it did not.
      problem: refused
        ? {
            code: 'some_refused' satisfies RoomProblem,
            text: refused
              .map((r) => `${r.recipient}: ${r.text}`)
              .join('\n')
              .slice(0, 1_000),
          }
        : null,
      at: now,
    };
  }
  const { permanence } = result;
  const problem = { code: result.code, text: result.text.slice(0, 1_000), permanence };
  const uncertain = doubt || permanence === 'unknown';
  const base = { uncertain, unreadAt: null, platformId: null, reply: null, problem, at: now };
  const isOver = permanence === 'permanent' || (permanence !== 'reauthorise' && now.getTime() - row.due_at.getTime() >= giveUpAfter);
  // Repeating what may have arrived is for people to decide, and so is giving it up: neither "failed" nor "being sent" would be true.
  if (uncertain && (isOver || (permanence === 'unknown' && !settles)))
    return { ...base, state: 'uncertain', nextAt: null, problem: { ...problem, code: 'perhaps_sent' satisfies RoomProblem } };
  if (isOver) return { ...base, state: 'failed', nextAt: null };
  const asked = (result.retryAfterSeconds ?? 0) * 1_000;
  const pause = permanence === 'reauthorise' ? reauthorisePause : permanence === 'unknown' ? minute : pauseAfter(row.attempts);
  return { ...base, state: 'queued', nextAt: new Date(now.getTime() + Math.max(pause, Math.min(asked, 24 * hour))) };
}
