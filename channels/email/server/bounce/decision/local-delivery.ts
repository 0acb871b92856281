import type { BounceReason } from '../reasons.ts';
import { holds, reasonIn } from '../words.ts';

// Programs that put a mail into a mailbox or a pipe, how they name themselves and what they say.
const programs: [string[], Partial<Record<BounceReason, readonly string[]>>][] = [
  [
    // Dovecot
    ['your message to <', '> was automatically rejected:'],
    { mailboxfull: ['not enough disk space', 'quota exceeded'], userunknown: ["mailbox doesn't exist: "] },
  ],
  [
    ['mail.local: '],
    {
      mailboxfull: ['disc quota exceeded', 'mailbox full or quota exceeded'],
      systemerror: ['temporary file write error'],
      userunknown: [': invalid mailbox path', ': unknown user:', ': user missing home directory', ': user unknown'],
    },
  ],
  [
    ['procmail: ', '/procmail '],
    {
      mailboxfull: ['quota exceeded while writing', 'user over quota'],
      systemerror: ['service unavailable'],
      systemfull: ['no space left to finish writing'],
    },
  ],
  [['maildrop: '], { userunknown: ['cannot find system user', 'invalid user specified.'], mailboxfull: ['maildir over quota.'] }],
  [
    // vpopmail
    ['vdelivermail: '],
    {
      filtered: ['user does not exist, but will deliver to '],
      mailboxfull: ['domain is over quota', 'user is over quota'],
      suspend: ['account is locked email bounced'],
      userunknown: ['sorry, no mailbox here by that name.'],
    },
  ],
  [
    // vmailmgr
    ['vdeliver: '],
    {
      mailboxfull: ['delivery failed due to system quota violation'],
      userunknown: [
        'invalid or unknown base user or domain',
        'invalid or unknown virtual user',
        'user name does not refer to a virtual user',
      ],
    },
  ],
];

/** The reason a local delivery program gives; '' if none speaks, or if an earlier SMTP command was refused. */
export function reasonOfLocalDelivery(text: string, command: string): BounceReason | '' {
  if (command !== '' && command !== 'DATA') return '';
  const program = programs.find(([names]) => names.some((name) => holds(text, name)));
  return program === undefined ? '' : reasonIn(text, program[1]) || 'mailererror';
}
