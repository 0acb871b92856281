import type { ChannelTools, Service, Thread } from '../../../contract/channel.ts';
import { longestText, visitorFiles } from '../channel.ts';
import type { Look, ShownMessage, ShownState, Wait } from '../protocol.ts';
import type { Note } from './note.ts';
import { type Account, shownTo } from './visitor.ts';

/** Everything a visitor's page shows, as it is now. */
export async function stateOf(account: Account, threadKey: string, note: Note, tools: ChannelTools): Promise<ShownState> {
  const [thread, service] = await Promise.all([tools.threads.read(account.id, threadKey), tools.threads.service(account.id)]);
  return present(account, threadKey, note, thread, service);
}

export function present(account: Account, threadKey: string, note: Note, thread: Thread, service: Service): ShownState {
  const shown = shownTo(threadKey, thread.messages);
  const messages = shown.map(
    (message): ShownMessage => ({
      id: message.direction === 'in' ? (message.platformId ?? '').slice(threadKey.length + 1) : message.id,
      isMine: message.direction === 'in',
      text: message.text,
      author: message.direction === 'in' ? '' : nameOf(message.author, account),
      at: message.at.toISOString(),
      files: message.files.map(({ id, filename, size, isReady }) => ({ id, name: filename, size, isReady })),
      isRead: message.direction === 'in' ? message.isReadByUs : message.isReadByThem,
    }),
  );
  const waits = messages.length > 0 && messages.at(-1)?.isMine === true;
  return {
    messages,
    wait: waits ? waitOf(service) : null,
    isStaffed: service.isStaffed,
    address: note.address ?? null,
    isOver: messages.length > 0 && !thread.isOpen,
  };
}

/** Full minutes, rounded up: nobody is told less than it took. */
export function waitOf({ firstAnswers }: Pick<Service, 'firstAnswers'>): Wait {
  if (!firstAnswers) return 'unknown';
  const minutes = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60));
  const from = minutes(firstAnswers.p50Seconds);
  return { from, to: Math.max(from, minutes(firstAnswers.p90Seconds)) };
}

export function lookOf(account: Account): Look {
  const { settings } = account;
  return {
    name: ourName(account),
    greeting: settings.greeting,
    choices: settings.choices,
    privacyUrl: settings.privacyUrl,
    files: settings.files ? visitorFiles : null,
    longestText,
  };
}

export const ourName = ({ name, settings }: Pick<Account, 'name' | 'settings'>): string => settings.senderName || name;

/** As much of an adviser's name as the company shows. */
function nameOf(author: string, account: Account): string {
  if (account.settings.adviserNames === 'none' || author === '') return ourName(account);
  return account.settings.adviserNames === 'first' ? (author.split(' ')[0] ?? author) : author;
}
