import { normaliseAddress, withoutTag } from '../address.ts';
import { parseAddresses } from '../mime/address.ts';
import { rawHeader } from '../mime/header-block.ts';
import type { MailAddress, ParsedMail } from '../parse.ts';

export interface Author {
  address: string;
  label: string;
  name: string;
  /** The mail bears one of our own addresses as sender. */
  isOwn: boolean;
}

/**
 * Who wrote. Contact forms and groups (Google Groups, mailing lists) send under our own address; the person then stands in
 * Reply-To or X-Original-From. A mail that names nobody is of whom the envelope names, as a server that hands it on would write. Null when nobody can be
 * told.
 */
export function readAuthor(mail: ParsedMail, isOwn: (address: string) => boolean, envelopeFrom = ''): Author | null {
  const written = [...mail.from, ...mail.sender].find((one) => one.address !== null && normaliseAddress(one.address) !== null);
  const own = written?.address !== undefined && written.address !== null && isOwn(withoutTag(normaliseAddress(written.address) ?? ''));
  if (written && !own) return author(written, false);
  const behind = [...originalAuthor(mail), ...mail.replyTo].find((one) => {
    const address = one.address === null ? null : normaliseAddress(one.address);
    return address !== null && !isOwn(withoutTag(address));
  });
  if (behind) return author(behind, false);
  if (written) return author(written, true);
  const handedIn = normaliseAddress(envelopeFrom);
  return handedIn === null || isOwn(withoutTag(handedIn)) ? null : author({ name: null, address: envelopeFrom }, false);
}

function author(one: MailAddress, isOwn: boolean): Author {
  const label = one.address ?? '';
  return { address: normaliseAddress(label) ?? label, label, name: cleanName(one.name), isOwn };
}

function originalAuthor(mail: ParsedMail): MailAddress[] {
  const from = rawHeader(mail.headers, 'x-original-from') ?? rawHeader(mail.headers, 'x-original-sender');
  return from === null ? [] : parseAddresses(from.slice(0, 2_000)).slice(0, 1);
}

/** Control and direction characters out: a name must not turn the line around it. */
function cleanName(name: string | null): string {
  return (name ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
