import type { ChannelTools, ThreadMessage } from '../../../contract/channel.ts';
import { readNote } from './note.ts';
import { ourName } from './state.ts';
import { type Account, shownTo, type Visitor } from './visitor.ts';

/** Enough for whoever mistyped an address, and no use to somebody who wants to send mails to others. */
const mostADay = 3;
const day = 86_400_000;

interface Asked {
  id: string;
  address: string;
  language: 'de' | 'en';
  timeZone: string;
}

const words = {
  de: {
    subject: (name: string) => `Ihr Gespräch mit ${name}`,
    you: 'Sie',
    intro: 'Sie haben im Chat um diesen Verlauf gebeten.',
    files: 'Dateien',
  },
  en: {
    subject: (name: string) => `Your conversation with ${name}`,
    you: 'You',
    intro: 'You asked in the chat for this transcript.',
    files: 'Files',
  },
};

/** Sends the visitor what they see, to an address they name, by a mail account of the company. Null: it is on its way. */
export async function sendTranscript(asked: Asked, { threadKey }: Visitor, account: Account, tools: ChannelTools): Promise<string | null> {
  const messages = shownTo(threadKey, (await tools.threads.read(account.id, threadKey)).messages);
  // Nobody has said anything to the visitor: then it would be a letter of a stranger's words to anybody at all.
  if (!messages.some(({ direction }) => direction === 'out')) return 'nothing_answered';
  const now = tools.clock.now();
  const isAllowed = await tools.threads.keep(account.id, threadKey, (before) => {
    const note = readNote(before);
    const recent = (note.transcripts ?? []).filter((at) => now.getTime() - Date.parse(at) < day);
    return recent.length < mostADay ? { ...note, transcripts: [...recent, now.toISOString()] } : undefined;
  });
  if (!isAllowed) return 'too_many';
  const { subject, intro } = words[asked.language];
  const isSent = await tools.threads.writeTo(account.id, threadKey, {
    letterId: asked.id,
    kind: 'mail',
    to: { name: '', address: asked.address },
    subject: subject(ourName(account)),
    text: [intro, ...messages.map((message) => lineOf(message, asked, account))].join('\n\n'),
    language: asked.language,
  });
  return isSent ? null : 'no_mail_account';
}

function lineOf(message: ThreadMessage, { language, timeZone }: Asked, account: Account): string {
  const who = message.direction === 'in' ? words[language].you : ourName(account);
  const files = message.files.length > 0 ? [`(${words[language].files}: ${message.files.map(({ filename }) => filename).join(', ')})`] : [];
  return [`${who}, ${timeOf(message.at, language, timeZone)}:`, ...(message.text === '' ? [] : [message.text]), ...files].join('\n');
}

function timeOf(at: Date, language: string, timeZone: string): string {
  const format = (zone: string): string => at.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  try {
    return format(timeZone);
  } catch {
    // No zone that we know.
    return format('Europe/Berlin');
  }
}
