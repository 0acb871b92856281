import type {
  ChannelTools,
  InboundMessage,
  Outgoing,
  Rendered,
  SendResult,
  ThreadDecision,
  ThreadKnowledge,
  Unread,
} from '../../../contract/channel.ts';
import { type Note, readNote } from './note.ts';
import { ourName } from './state.ts';
import type { Account } from './visitor.ts';

/** The visitor's page reads the thread itself, so nothing is rendered but what was meant to be said. */
export async function render(outgoing: Outgoing): Promise<Rendered> {
  return {
    platformId: outgoing.messageId,
    content: Buffer.from(outgoing.text),
    mediaType: 'text/plain',
    recipients: outgoing.to.map(({ address }) => address),
  };
}

/** A visitor who is gone and left an address need not be waited for. */
const goneSeconds = 1;
/** A page may lie open in a tab that nobody looks at. */
const longestOpenMinutes = 30;
const lookAgainSeconds = 30;
/** Somebody who comes back later may still leave an address. */
const longestWaitHours = 24;

/** Tells the open pages to look; whoever has none finds it when they come back, or gets it by mail. */
export async function send(rendered: Rendered, outgoing: Outgoing, account: Account, tools: ChannelTools): Promise<SendResult> {
  const { threadKey } = outgoing;
  const soon = { state: 'sent', platformId: rendered.platformId, unreadAfterSeconds: goneSeconds } as const;
  if (threadKey === null) return soon;
  const [isHere, note] = await Promise.all([tools.threads.isHere(account.id, threadKey), noteOf(account, threadKey, tools)]);
  if (isForMail(outgoing, note)) return soon;
  tools.threads.changed(account.id, threadKey);
  return !isHere && note.address !== undefined ? soon : { ...soon, unreadAfterSeconds: account.settings.mailAfterMinutes * 60 };
}

/** Nobody has read it: whoever is gone and left an address gets it there. */
export async function unread(outgoing: Outgoing, account: Account, tools: ChannelTools): Promise<Unread> {
  const { threadKey } = outgoing;
  const [first] = outgoing.to;
  const note = threadKey === null ? {} : await noteOf(account, threadKey, tools);
  if (first && isForMail(outgoing, note)) return byMail(first, note.language ?? 'de', account);
  if (threadKey === null) return { then: 'leave' };
  const minutes = (tools.clock.now().getTime() - outgoing.at.getTime()) / 60_000;
  if (minutes < longestOpenMinutes && (await tools.threads.isHere(account.id, threadKey)))
    return { then: 'wait', seconds: lookAgainSeconds };
  if (note.address !== undefined) return byMail({ name: '', address: note.address }, note.language ?? 'de', account);
  return minutes < longestWaitHours * 60 ? { then: 'wait', seconds: 10 * lookAgainSeconds } : { then: 'leave' };
}

const subjects = { de: (name: string) => `Ihre Nachricht an ${name}`, en: (name: string) => `Your message to ${name}` };

const byMail = (to: { name: string; address: string }, language: 'de' | 'en', account: Account): Unread => ({
  then: 'elsewhere',
  kind: 'mail',
  to,
  subject: subjects[language](ourName(account)),
});

/** An answer to what came by mail is none for the page. */
const isForMail = ({ to }: Outgoing, { label }: Note): boolean =>
  to.length > 0 && to.every(({ address }) => address.includes('@') && address.toLowerCase() !== label?.toLowerCase());

const noteOf = async (account: Account, threadKey: string, tools: ChannelTools): Promise<Note> =>
  readNote(await tools.threads.note(account.id, threadKey));

/** A thread is named by the secret of its browser, so what bears the name belongs there; the newest conversation goes on. */
export function thread(message: InboundMessage, known: ThreadKnowledge): ThreadDecision {
  const again = known.message(message.platformId);
  const evidence = [message.platformId];
  if (again) return { kind: 'duplicate', conversationId: again.conversationId, reason: 'id_seen', evidence };
  const [key = ''] = message.threading.threadKeys;
  const conversationId = known.threadKey(key).at(-1);
  return conversationId === undefined
    ? { kind: 'new', relatedTo: null, reason: 'no_signal', evidence }
    : { kind: 'reply', conversationId, reason: 'thread_key', parent: null, isStranger: false, alsoRelated: [], evidence };
}
