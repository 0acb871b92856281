import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { IdentityKind } from '../../../../contract/customers.ts';

/**
 * The one form by which an identity is compared; null when it is none of its kind. "+tag" stays: at many providers it is another mailbox.
 * Phone numbers without country code are German.
 */
export function normaliseIdentity(kind: IdentityKind, written: string): string | null {
  const text = written.normalize('NFC').trim();
  if (text === '' || text.length > 320 || /\p{Cc}/u.test(text)) return null;
  switch (kind) {
    case 'mail':
      return normaliseMail(text);
    case 'phone': {
      const number = parsePhoneNumberFromString(text, 'DE');
      return number?.isPossible() ? number.number : null;
    }
    case 'customer_number':
      return text.replace(/[\s./-]/g, '').toUpperCase() || null;
    case 'handle':
      return text.toLowerCase();
    case 'device':
      return text;
    case 'postal':
    default:
      return text.replace(/[\s,;]+/g, ' ').toLowerCase();
  }
}

function normaliseMail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at).toLowerCase();
  if (at < 1 || /[\s<>]/.test(local)) return null;
  const domain = text.slice(at + 1).replace(/\.$/, '');
  const ascii = /^[a-z0-9.-]+$/i.test(domain) ? domain.toLowerCase() : domainToASCII(domain);
  return /^[a-z0-9][a-z0-9.-]*$/.test(ascii) && !ascii.includes('..') ? `${local}@${ascii}` : null;
}

/** What the contract takes for the name of a customer. */
const longestName = 200;

/** A display name as a stranger wrote it: one line, no invisible or direction-changing characters, as long as a person may write one; '' when nothing is left. */
export function claimedName(written: string): string {
  const name = written
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim();
  // A name that is an address is no name; the identity says it better, and truly.
  if (name.includes('@')) return '';
  // Only what no name is gets shorter, and then by whole words.
  return name.length <= longestName
    ? name
    : (/^.*(?=\s)/su.exec(name.slice(0, longestName + 1))?.[0] ?? name.slice(0, longestName)).toWellFormed();
}
