import type { MailAddress, ParsedMail } from '../parse.ts';
import { foldAddress } from '../thread/thread.ts';

export interface Recipient {
  name: string | null;
  address: string;
}

export interface ReplyRecipients {
  to: Recipient[];
  cc: Recipient[];
}

type Source = Pick<ParsedMail, 'from' | 'sender' | 'replyTo' | 'to' | 'cc' | 'list'>;

/**
 * Who gets a reply and a reply to all. Own addresses never do; Reply-To counts where the sender set it, but one that only
 * repeats a mailing list's address does not lead a private reply into the list. People in Bcc are never named to others.
 * `isOwn` gets an address with its "+tag" taken off.
 */
export function replyRecipients(mail: Source, isOwn: (address: string) => boolean): { reply: ReplyRecipients; replyAll: ReplyRecipients } {
  const own = (address: string) => isOwn(foldAddress(address)) || isOwn(address.toLowerCase());
  const author = usable(mail.from.length > 0 ? mail.from : mail.sender);
  const wanted = usable(mail.replyTo);
  const listAddress = /mailto:([^>?\s]+)/i.exec(mail.list?.post ?? '')?.[1] ?? null;
  const isList = (r: Recipient) => listAddress !== null && foldAddress(r.address) === foldAddress(listAddress);
  const answerTo = wanted.length > 0 && !wanted.every(isList) ? wanted.filter((r) => !isList(r)) : author;
  const others = [...usable(mail.to), ...usable(mail.cc)];
  // Our own mail answered once more (an agent follows up): it goes to those it went to.
  const isOurs = author.length > 0 && author.every((r) => own(r.address));
  const to = isOurs ? unique(usable(mail.to), own, []) : unique(answerTo, own, []);
  const cc = unique(isOurs ? usable(mail.cc) : [...(wanted.length > 0 && wanted.every(isList) ? wanted : []), ...others], own, to);
  return { reply: { to, cc: [] }, replyAll: { to, cc } };
}

function usable(list: MailAddress[]): Recipient[] {
  return list.flatMap(({ name, address }) => (address !== null && /^[^\s@]+@[^\s@]+$/.test(address) ? [{ name, address }] : []));
}

/** Without own addresses, without repeats; "+tag" variants stay as written, since they may lead to another person's filter. */
function unique(list: Recipient[], own: (address: string) => boolean, taken: Recipient[]): Recipient[] {
  const seen = new Set(taken.map((r) => r.address.toLowerCase()));
  return list.filter((r) => {
    const key = r.address.toLowerCase();
    if (seen.has(key) || own(r.address)) return false;
    seen.add(key);
    return true;
  });
}

/** Line above a quote: "Am 3. Februar 2026 um 15:35 schrieb Max Muster <max@example.org>:". The zone is an IANA name. */
export function quoteIntroduction(language: 'de' | 'en', from: Recipient, date: Date, timeZone: string): string {
  const who = from.name ? `${from.name} <${from.address}>` : from.address;
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(date);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(date);
  return language === 'de' ? `Am ${day} um ${time} schrieb ${who}:` : `On ${day} at ${time}, ${who} wrote:`;
}

/** The text with "> " before every line, one level deeper where it is a quote already (RFC 3676, 4.5). */
export function quoteText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`))
    .join('\n');
}
