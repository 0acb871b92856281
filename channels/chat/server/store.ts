import type { ChannelTools } from '../../../contract/channel.ts';
import { readNote, type Note } from './note.ts';
import type { Said } from './parse.ts';
import { subjectOf } from './token.ts';
import { type Account, platformIdOf, senderOf, shownTo, type Visitor } from './visitor.ts';

type Words = Pick<Extract<Said, { type: 'message' }>, 'id' | 'text' | 'name' | 'files' | 'language' | 'address'>;

/** Stores what a visitor says; the same id again counts once, whatever else comes with it. Returns after the commit: only then the page says "sent". */
export async function storeMessage(words: Words, visitor: Visitor, account: Account, tools: ChannelTools): Promise<void> {
  const { threadKey, user } = visitor;
  const now = tools.clock.now();
  // Before the message: an answer to it may be sent at once, and must know where to go. Most say nothing new of themselves.
  if (noteAfter(visitor.note, words, visitor, account))
    await tools.threads.keep(account.id, threadKey, (before) => noteAfter(readNote(before), words, visitor, account));
  const content: Said = { type: 'message', thread: threadKey, ...words, user, at: now.toISOString() };
  const platformId = platformIdOf(threadKey, words.id);
  await tools.storeRaw([
    {
      accountId: account.id,
      platformId,
      content: Buffer.from(JSON.stringify(content)),
      mediaType: 'application/json',
      receivedAt: now,
      sameness: Buffer.from(platformId),
    },
  ]);
}

/** Reports that the visitor has everything before them that was written until now. */
export async function storeRead({ threadKey }: Pick<Visitor, 'threadKey'>, account: Account, tools: ChannelTools): Promise<void> {
  const { messages } = await tools.threads.read(account.id, threadKey);
  const ids = shownTo(threadKey, messages).flatMap(({ direction, isReadByThem, id }) => (direction === 'out' && !isReadByThem ? [id] : []));
  if (ids.length === 0) return;
  const now = tools.clock.now();
  const content: Said = { type: 'read', ids, at: now.toISOString() };
  await tools.storeRaw([
    {
      accountId: account.id,
      platformId: null,
      content: Buffer.from(JSON.stringify(content)),
      mediaType: 'application/json',
      receivedAt: now,
      sameness: Buffer.from(`read ${ids.join(' ')}`),
    },
  ]);
}

/** What is known of the visitor from now on; undefined where nothing is new. */
function noteAfter(note: Note, words: Words, { threadKey, user }: Visitor, account: Account): Note | undefined {
  const next: Note = { ...note, label: senderOf(account.id, threadKey, words.name, user).label, language: words.language };
  if (user) next.subject = subjectOf(user);
  const address = words.address ?? note.address ?? user?.mail;
  if (address) next.address = address;
  const isSame = (['label', 'language', 'subject', 'address'] as const).every((part) => next[part] === note[part]);
  return isSame ? undefined : next;
}
