import { findCommand, findStatus } from '../decision/codes.ts';
import { reasonOfStatus } from '../decision/status-codes.ts';
import type { Letter } from '../letter.ts';
import type { BounceReason, Finding } from '../reasons.ts';
import { reasonIn } from '../words.ts';
import type { Format } from './collector.ts';
import { standard } from './standard.ts';

// Systems that send the fields of RFC 3464 and mean something of their own by them.

type Sayings = Partial<Record<BounceReason, readonly string[]>>;

/** A house style: whose mail it is, and what its words stand for where the standard leaves it open. */
function house(name: string, isFrom: (letter: Letter) => boolean, refine: (finding: Finding) => void): Format {
  return {
    name,
    isFrom: (letter) => isFrom(letter) && standard.isFrom(letter),
    read(letter) {
      const findings = standard.read(letter);
      for (const finding of findings) refine(finding);
      return findings;
    },
  };
}

const says =
  (sayings: Sayings) =>
  (finding: Finding): void => {
    finding.reason ||= reasonIn(finding.diagnosis, sayings);
  };

export const mcAfee = house(
  'McAfee',
  (letter) => letter.header('x-nai-header').startsWith('Modified by McAfee'),
  (finding) => {
    if (/ User \(.+@.+\) unknown\. |550 Unknown user \S+@|550 <.+@.+>\.+ User not exist|No such user/.test(finding.diagnosis))
      finding.reason = 'userunknown';
  },
);

const receivingSayings: Sayings = {
  filtered: ['Mailbox does not exist'],
  mesgtoobig: ['Message too large'],
  mailboxfull: ['Mailbox full'],
  contenterror: ['Message content rejected'],
};

/** Rules of a customer of Amazon's receiving service: the mailbox was never asked. */
export const amazonReceiving = house(
  'Amazon SES, receiving',
  (letter) => letter.header('x-ses-outgoing') !== '' && letter.body.slice(0, 1000).includes('This message could not be delivered.'),
  (finding) => {
    if (/^[45]\.[01]\.0$/.test(finding.status)) finding.status = findStatus(finding.diagnosis) || finding.status;
    finding.reason = reasonIn(finding.diagnosis, receivingSayings) || reasonOfStatus(finding.status);
  },
);

export const amavis = house(
  'amavisd-new',
  (letter) => letter.from.startsWith('"Content-filter at '),
  says({
    spamdetected: [' - spam'],
    virusdetected: [' - infected'],
    contenterror: [' - bad header:'],
    exceedlimit: [' - message size exceeds recipient'],
    systemerror: [' - relaying failure', ' - temporary MTA failure on relaying', ' - permanent MTA failure on relaying'],
  }),
);

export const aol = house(
  'AOL',
  (letter) => letter.header('x-aol-ip') !== '',
  says({
    hostunknown: ['Host or domain name not found'],
    notaccept: ['type=MX: Malformed or unexpected name server reply'],
  }),
);

export const messageLabs = house(
  'MessageLabs',
  (letter) => letter.from.startsWith('MAILER-DAEMON@messagelabs.com') || letter.header('x-msg-ref') !== '',
  (finding) => {
    if (/542 .+ Rejected|No such user/.test(finding.diagnosis)) finding.reason = 'userunknown';
    else if (finding.diagnosis.includes('Please turn on SMTP Authentication in your mail client')) finding.reason = 'securityerror';
  },
);

export const sendGrid = house(
  'SendGrid',
  (letter) => letter.header('return-path') === '<apps@sendgrid.net>' && letter.subject === 'Undelivered Mail Returned to Sender',
  (finding) => {
    if (finding.action === 'delayed') {
      finding.reason = 'expired';
      if (finding.status === '' || /^[45]\.[01]\.0$/.test(finding.status)) finding.status = '5.4.7';
    }
    finding.command = findCommand(finding.diagnosis);
  },
);

const outlookSayings: Sayings = {
  hostunknown: ['The mail could not be delivered to the recipient because the domain is not reachable'],
  userunknown: ['Requested action not taken: mailbox unavailable'],
};

export const outlook = house(
  'Outlook.com',
  (letter) =>
    letter.subject.startsWith('Delivery Status Notification') &&
    (letter.header('x-message-delivery') !== '' ||
      letter.header('x-message-info') !== '' ||
      letter.received.some((field) => field.includes('.hotmail.com'))),
  says(outlookSayings),
);

export const amazonSes = house(
  'Amazon SES',
  (letter) => (letter.header('x-ses-outgoing') || letter.header('x-aws-outgoing')) !== '',
  (finding) => {
    // "smtp; 5.1.0 - Unknown address error 550-'5.7.1 …'": the code in quotes is the server's own.
    const quoted = /["'](\d\.\d\.\d.+)['"]/.exec(finding.diagnosis.slice(0, 2000))?.[1];
    if (/^[45]\.[01]\.0/.test(finding.status)) finding.status = findStatus(quoted ?? finding.diagnosis) || finding.status;
    if (finding.diagnosis.includes('Delivery expired')) finding.reason = 'expired';
  },
);
