import { guestId } from '../../../../../contract/channel/guest.ts';
import type { Ctx } from '../../../../platform/context.ts';
import { dateFormat } from '../../../../platform/date-format.ts';
import { summaries } from '../../../customers/index.ts';
import { type CompanySettings, companySettings } from '../../../workspace/index.ts';
import type { MessageRow } from '../../rows.ts';

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
    guest: 'Gast',
  },
  en: {
    wrote: (day: string, who: string) => `On ${day}, ${who} wrote:`,
    forwarded: 'Forwarded message',
    from: 'From',
    at: 'Sent',
    to: 'To',
    cc: 'Cc',
    subject: 'Subject',
    guest: 'Guest',
  },
} as const;

const dayAndTime = (language: Language, at: Date): string =>
  dateFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);

/** The language a customer reads, else the company's: of a third party nothing is known. */
export async function languageFor(ctx: Pick<Ctx, 'db'>, customerId: string | null): Promise<Language> {
  const known = customerId === null ? undefined : (await summaries(ctx.db, [customerId])).get(customerId)?.locale?.slice(0, 2);
  if (known === 'de' || known === 'en') return known;
  // Whoever reads neither is more likely to make something of English.
  return known ? 'en' : (await companySettings(ctx.db)).locale;
}

/** The short id of a guest is for our own eyes. */
const called = (written: string, language: Language): string => (guestId(written) ? words[language].guest : written);

export interface Quotation {
  /** Who wrote it, and when. */
  intro: string;
  text: string;
}

/** What an answer quotes below itself. */
export function quotationOf(message: MessageRow, language: Language): Quotation {
  const who = message.envelope.from?.name || called(message.envelope.from?.address || message.authorName, language);
  return { intro: words[language].wrote(dayAndTime(language, message.at), who), text: message.text };
}

/** The same as plain text. An empty line is a mark alone: with a blank behind it readers join it to the next (RFC 3676, 4.5). */
export function quoteBelow({ intro, text }: Quotation): string {
  const lines = text.split('\n').map((line) => `>${line === '' || line.startsWith('>') ? '' : ' '}${line}`);
  return `\n\n${intro}\n${lines.join('\n')}`;
}

/** A message as a third party reads it: who wrote what to whom and when, all of its text, with what was quoted in it. */
export function forwardedText(message: MessageRow, language: Language): string {
  const say = words[language];
  const { from, to, cc } = message.envelope;
  const people = (list: readonly { name: string; address: string }[]): string =>
    list.map(({ name, address }) => (name && name !== address ? `${name} <${address}>` : called(address, language))).join(', ');
  const lines = [
    [say.from, from ? people([from]) : called(message.authorName, language)],
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
