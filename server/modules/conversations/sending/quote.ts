import type { Ctx } from '../../../platform/context.ts';
import { summaries } from '../../customers/index.ts';
import { type CompanySettings, companySettings } from '../../workspace/index.ts';
import type { MessageRow } from '../rows.ts';

type Language = CompanySettings['locale'];

/** The company's clock: what people outside read is told by it, wherever the server stands. */
const timeZone = 'Europe/Berlin';

/** What stands around the words of others, in the language of whoever reads it. */
const words = {
  de: {
    wrote: (day: string, who: string) => `Am ${day} schrieb ${who}:`,
    forwarded: 'Weitergeleitete Nachricht',
    from: 'Von',
    at: 'Gesendet',
    to: 'An',
    cc: 'Kopie',
    subject: 'Betreff',
  },
  en: {
    wrote: (day: string, who: string) => `On ${day}, ${who} wrote:`,
    forwarded: 'Forwarded message',
    from: 'From',
    at: 'Sent',
    to: 'To',
    cc: 'Cc',
    subject: 'Subject',
  },
} as const;

const dayAndTime = (language: Language, at: Date): string =>
  new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);

/** The language a customer reads, else the company's: of a third party nothing is known. */
export async function languageFor(ctx: Pick<Ctx, 'db'>, customerId: string | null): Promise<Language> {
  const known = customerId === null ? undefined : (await summaries(ctx.db, [customerId])).get(customerId)?.locale?.slice(0, 2);
  if (known === 'de' || known === 'en') return known;
  // Whoever reads neither is more likely to make something of English.
  return known ? 'en' : (await companySettings(ctx.db)).locale;
}

/** What an answer quotes below itself. An empty line is a mark alone: with a blank behind it readers join it to the next (RFC 3676, 4.5). */
export function quoteBelow(message: MessageRow, language: Language): string {
  const who = message.envelope.from?.name || message.envelope.from?.address || message.authorName;
  const lines = message.text.split('\n').map((line) => `>${line === '' || line.startsWith('>') ? '' : ' '}${line}`);
  return `\n\n${words[language].wrote(dayAndTime(language, message.at), who)}\n${lines.join('\n')}`;
}

/** A message as a third party reads it: who wrote what to whom and when, all of its text, with what was quoted in it. */
export function forwardedText(message: MessageRow, language: Language): string {
  const say = words[language];
  const { from, to, cc } = message.envelope;
  const people = (list: readonly { name: string; address: string }[]): string =>
    list.map(({ name, address }) => (name && name !== address ? `${name} <${address}>` : address)).join(', ');
  const lines = [
    [say.from, from ? people([from]) : message.authorName],
    [say.at, dayAndTime(language, message.at)],
    [say.to, people(to)],
    [say.cc, people(cc)],
    [say.subject, message.subject ?? ''],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  const parts = [message.text, message.signature, message.quoted].flatMap((part) =>
    part?.trim() ? [part.replace(/^\n+/, '').trimEnd()] : [],
  );
  return [`---------- ${say.forwarded} ----------`, ...lines, '', parts.join('\n\n')].join('\n');
}
