import { withoutComments } from '../mime/scan.ts';
import type { ParsedMail } from '../parse.ts';

/**
 * What the account's own mail server found out about the sender (RFC 8601). Anybody can write such a header, so only the
 * topmost one that bears the name of the trusted server counts, and a server that does this takes forged ones away.
 */
export function readAuthenticity(mail: ParsedMail, authserv: string): 'pass' | 'fail' | 'unknown' {
  if (authserv === '') return 'unknown';
  const header = mail.headers.find((h) => h.key === 'authentication-results' && serverOf(h.raw) === authserv.toLowerCase());
  if (!header) return 'unknown';
  // Comments and quoted words repeat what the sender said; a result written there is none of the server's.
  const text = withoutComments(header.raw.slice(0, 10_000), ' ')
    .replace(/"[^"]*"/g, ' ')
    .toLowerCase();
  const dmarc = /\bdmarc\s*=\s*(\w+)/.exec(text)?.[1];
  if (dmarc === 'pass') return 'pass';
  if (dmarc === 'fail') return 'fail';
  // Without a DMARC policy only a signature of the sender's own domain says something.
  const domain = mail.from[0]?.address?.split('@')[1]?.toLowerCase() ?? '';
  for (const [, result, rest = ''] of text.matchAll(/\bdkim\s*=\s*(\w+)([^;]*)/g)) {
    const signer = /header\.(?:d|i)\s*=\s*@?([\w.-]+)/.exec(rest)?.[1] ?? '';
    if (result === 'pass' && signer !== '' && (domain === signer || domain.endsWith(`.${signer}`))) return 'pass';
  }
  return 'unknown';
}

function serverOf(raw: string): string {
  return (/^\s*([^\s;]+)/.exec(raw)?.[1] ?? '').toLowerCase();
}
