import { normaliseAddress } from '../address.ts';
import { rawHeader } from '../mime/header-block.ts';
import type { ParsedMail } from '../parse.ts';

/** Fields of programs that leave List-Post out: Mailman, Majordomo, ezmlm and Google Groups. */
const fieldsOfPrograms = ['x-beenthere', 'x-mailing-list', 'mailing-list'];
export const listFields: readonly string[] = ['list-post', 'list-id', ...fieldsOfPrograms];

/**
 * Where the mailing list that brought a mail takes mail (RFC 2369, 3.4). A list that tells only its name (List-Id) is found among the receivers, for
 * lists are named after their address (RFC 2919); the sender is not looked at, since newsletters are named after theirs.
 */
export function listAddresses(mail: ParsedMail): string[] {
  const found = [...(mail.list?.post ?? '').slice(0, 2_000).matchAll(/mailto:([^>?,\s]+)/gi)].map(([, address = '']) => decoded(address));
  for (const field of fieldsOfPrograms) {
    const named = /[^\s<>;,:"]+@[^\s<>;,:"]+/.exec((rawHeader(mail.headers, field) ?? '').slice(0, 500));
    if (named) found.push(named[0]);
  }
  const name = mail.list?.id?.toLowerCase() ?? '';
  const isSender = (address: string) => mail.from.some((one) => one.address?.toLowerCase() === address.toLowerCase());
  for (const { address } of name === '' ? [] : [...mail.replyTo, ...mail.to, ...mail.cc])
    if (address !== null && address.toLowerCase().replace('@', '.') === name && !isSender(address)) found.push(address);
  return [...new Set(found.slice(0, 20).flatMap((address) => normaliseAddress(address) ?? []))];
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
