import { createHash } from 'node:crypto';
import type { ChannelAccount, ChannelTools, Sender, ThreadMessage } from '../../../contract/channel.ts';
import type { ChatSettings } from '../channel.ts';
import { type Note, readNote } from './note.ts';
import { guestOf, threadKeyOf } from './secret.ts';
import { readToken, type SignedIn, subjectOf } from './token.ts';

export type Account = ChannelAccount<ChatSettings>;

/** Whoever calls, with the one thread that is theirs. */
export interface Visitor {
  threadKey: string;
  user: SignedIn | null;
  note: Note;
}

export type Refusal = 'unknown_secret' | 'bad_token' | 'signed_out';

/**
 * Lets a caller in by the secret of their browser. A talk held signed in opens to that person alone: on a shared device not to whoever comes next, and not
 * to another person's token.
 */
export async function enter(
  said: { secret?: unknown; token?: unknown },
  account: Account,
  tools: ChannelTools,
): Promise<Visitor | Refusal> {
  const threadKey = threadKeyOf(said.secret, account.id, tools);
  if (threadKey === undefined) return 'unknown_secret';
  const user = readToken(said.token, account.settings.identitySecret, account.id, tools.clock.now());
  if (said.token !== undefined && said.token !== '' && user === null) return 'bad_token';
  const note = readNote(await tools.threads.note(account.id, threadKey));
  if (note.subject !== undefined && (user === null || subjectOf(user) !== note.subject)) return 'signed_out';
  return { threadKey, user, note };
}

/** Who it is for the rooms: whom the shop's server vouches for by the address it proved, or by the shop's own id; everybody else is a guest. */
export function senderOf(accountId: string, threadKey: string, name: string, user: SignedIn | null): Sender {
  if (user?.mail) return { kind: 'mail', value: user.mail.toLowerCase(), label: user.mail, name: user.name, isProved: true };
  if (user) {
    const id = createHash('sha256').update(`${accountId} ${user.id}`).digest('hex').slice(0, 40);
    return { kind: 'handle', value: `chat:user:${id}`, label: `konto-${id.slice(0, 10)}`, name: user.name, isProved: true };
  }
  return { kind: 'handle', value: `chat:${threadKey}`, label: guestOf(threadKey), name };
}

/** The id of a visitor's message, within it the one its page gave: nobody else's can be met or guessed. */
export const platformIdOf = (threadKey: string, id: string): string => `${threadKey}.${id}`;

/**
 * What of a thread its visitor may see: what was written from this browser, and what was addressed to whoever wrote it. What others write into the same
 * conversation, such as a mail of whoever owns the address that was left, is none of theirs.
 */
export function shownTo(threadKey: string, messages: readonly ThreadMessage[]): ThreadMessage[] {
  const isOwn = (message: ThreadMessage): boolean => message.direction === 'in' && (message.platformId ?? '').startsWith(`${threadKey}.`);
  const own = new Set(messages.filter(isOwn).flatMap(({ from }) => from?.toLowerCase() ?? []));
  own.add(guestOf(threadKey));
  return messages.filter((message) =>
    message.direction === 'in' ? isOwn(message) : message.to.length === 0 || message.to.some((address) => own.has(address.toLowerCase())),
  );
}
