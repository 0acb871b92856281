// One short report of our own making in the form of each mail system, for the tests.

export interface Example {
  /** Name of the format that must read it. */
  format: string;
  headers: string;
  body: string;
  /** Address, reason, dead or not. */
  expected: [string, string, boolean][];
}

const original = 'Received: from shop.test\nMessage-ID: <first@shop.test>\nTo: klein@kunde.test\nSubject: Hallo\n';
const dead: [string, string, boolean][] = [['klein@kunde.test', 'userunknown', true]];
/** A multipart report with the fields given. */
const withFields = (text: string, fields: string) =>
  `--b\nContent-Type: text/plain\n\n${text}\n--b\nContent-Type: message/delivery-status\n\n${fields}\n\n--b\nContent-Type: message/rfc822\n\n${original}\n--b--\n`;
const report = 'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n';
const fields = (diagnosis: string, status = '5.0.0', action = 'failed') =>
  `Reporting-MTA: dns; mail.shop.test\n\nFinal-Recipient: rfc822; klein@kunde.test\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; ${diagnosis}`;

export const serverExamples: Example[] = [
  {
    format: 'Postfix',
    headers: `From: MAILER-DAEMON@mail.shop.test (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\n${report}`,
    body: withFields(
      'This is the mail system at host mail.shop.test.\n\n<klein@kunde.test>: host mx.kunde.test[192.0.2.1] said: 550 5.1.1 <klein@kunde.test>: Recipient address\n    rejected: User unknown (in reply to RCPT TO command)\n',
      fields('550 5.1.1 <klein@kunde.test>: Recipient address rejected: User unknown', '5.1.1'),
    ),
    expected: dead,
  },
  {
    format: 'Postfix',
    headers: 'From: MAILER-DAEMON@mail.shop.test\nSubject: Postfix SMTP server: errors from mx.kunde.test[192.0.2.1]\n',
    body: 'Transcript of session follows.\n\n Out: 220 mail.shop.test ESMTP\n In:  EHLO mx\n Out: 250 mail.shop.test\n In:  MAIL FROM:<a@shop.test>\n Out: 250 2.1.0 Ok\n In:  RCPT TO:<klein@kunde.test>\n Out: 550 5.1.1 <klein@kunde.test>: Recipient address rejected: User unknown\n In:  QUIT\n',
    expected: dead,
  },
  {
    format: 'Exim',
    headers:
      'From: Mail Delivery System <Mailer-Daemon@mail.shop.test>\nSubject: Mail delivery failed: returning message to sender\nMessage-Id: <E1abcd1-0001Ab-CD@mail.shop.test>\nX-Failed-Recipients: klein@kunde.test\n',
    body: `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  klein@kunde.test\n    SMTP error from remote mail server after RCPT TO:<klein@kunde.test>:\n    host mx.kunde.test [192.0.2.1]: 550 5.1.1 no such user here\n\n------ This is a copy of the message, including all the headers. ------\n\n${original}`,
    expected: dead,
  },
  {
    format: 'Exim',
    headers:
      'From: Mail Delivery System <Mailer-Daemon@mail.shop.test>\nSubject: Warning: message 1abcd1-0001Ab-CD delayed 24 hours\nMessage-Id: <E1abcd1-0001Ab-CD@mail.shop.test>\n',
    body: 'This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours.\n\nThe address to which the message has not yet been delivered is:\n\n  klein@kunde.test\n    Delay reason: sorry\n\nNo action is required on your part.\n',
    expected: [['klein@kunde.test', 'expired', false]],
  },
  {
    format: 'Exim',
    headers: 'From: Mail Delivery System <Mailer-Daemon@mx.test>\nSubject: Mail delivery failed\nX-MX-Bounce: mta/src/queue/bounce\n',
    body: `This message was created automatically by mail delivery software.\n\nThe following address failed:\n\n  <klein@kunde.test>: Unrouteable address\n\nIncluded is a copy of the message header:\n-----------------------------------------\n${original}`,
    expected: [['klein@kunde.test', 'hostunknown', true]],
  },
  {
    format: 'Sendmail',
    headers: `From: Mail Delivery Subsystem <MAILER-DAEMON@mail.shop.test>\nSubject: Returned mail: see transcript for details\n${report}`,
    body: withFields(
      '   ----- The following addresses had permanent fatal errors -----\n<klein@kunde.test>\n    (reason: 550 5.1.1 klein... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.kunde.test.:\n>>> DATA\n<<< 552 5.2.2 Mailbox full\n554 5.0.0 Service unavailable\n',
      fields('552 5.2.2 Mailbox full', '5.2.2'),
    ),
    expected: [['klein@kunde.test', 'mailboxfull', false]],
  },
  {
    format: 'Sendmail 5',
    headers: 'From: Mail Delivery Subsystem <MAILER-DAEMON@old.shop.test>\nSubject: Returned mail: User unknown\n',
    body: `   ----- Transcript of session follows -----\nWhile talking to mx.kunde.test:\n>>> RCPT To:<klein@kunde.test>\n<<< 550 <klein@kunde.test>... User unknown\n550 <klein@kunde.test>... User unknown\n\n   ----- Unsent message follows -----\n${original}`,
    expected: dead,
  },
  {
    format: 'qmail',
    headers: 'From: MAILER-DAEMON@mail.shop.test\nSubject: failure notice\nReceived: (qmail 123 invoked for bounce); 1 Jan 2026\n',
    body: `Hi. This is the qmail-send program at mail.shop.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<klein@kunde.test>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 no such user\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\n${original}`,
    expected: dead,
  },
  {
    format: 'qmail',
    headers: 'From: MAILER-DAEMON@mail.shop.test\nSubject: failure notice\n',
    body: `Hi. This is the qmail-send program at mail.shop.test.\n\n<klein@kunde.test>:\nI'm not going to try again; this message has been in the queue too long.\n\n--- Below this line is a copy of the message.\n\n${original}`,
    expected: [['klein@kunde.test', 'expired', false]],
  },
  {
    format: 'qmail',
    headers: 'From: MAILER-DAEMON@yahoo.example\nSubject: Failure Notice\nX-YMailISG: abc\n',
    body: `Sorry, we were unable to deliver your message to the following address.\n\n<klein@kunde.test>:\nRemote host said: 550 5.1.1 <klein@kunde.test> No such user [RCPT_TO]\n\n--- Below this line is a copy of the message.\n\n${original}`,
    expected: dead,
  },
  {
    format: 'Courier',
    headers: `From: "Courier mail server at mail.shop.test" <@>\nSubject: NOTICE: mail delivery status.\n${report}`,
    body: withFields(
      '                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<klein@kunde.test>:\n    mx.kunde.test [192.0.2.1]:\n>>> RCPT TO:<klein@kunde.test>\n<<< 550 User Unknown\n',
      fields('550 User Unknown'),
    ),
    expected: dead,
  },
  {
    format: 'OpenSMTPD',
    headers: 'From: Mailer Daemon <MAILER-DAEMON@mail.shop.test>\nSubject: Delivery status notification: error\n',
    body: `    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred:\n\nklein@kunde.test: No MX found for destination\n\n    Below is a copy of the original message:\n\n${original}`,
    expected: [['klein@kunde.test', 'notaccept', true]],
  },
  {
    format: 'DragonFly Mail Agent',
    headers:
      'From: <>\nReceived: from MAILER-DAEMON\n\tid e070f by shop.test (DragonFly Mail Agent v0.13);\nSubject: Mail delivery failed\n',
    body: `This is the DragonFly Mail Agent v0.13 at shop.test.\n\nThere was an error delivering your mail to <klein@kunde.test>.\n\nmx.kunde.test [192.0.2.1] did not like our RCPT TO:\n550 5.1.1 <klein@kunde.test> User Unknown\n\nMessage headers follow.\n\n${original}`,
    expected: dead,
  },
  {
    format: 'Apache James',
    headers: 'From: postmaster@shop.test\nSubject: [BOUNCE]\nMessage-ID: <1.2.JavaMail.root@shop.test>\n',
    body: 'Hi. This is the James mail server. The mail could not be delivered:\n\n550 - 550 5.1.1 <klein@kunde.test>... User Unknown\n\nMessage details:\n  Subject: Hallo\n  MAIL FROM: a@shop.test\n  RCPT TO: klein@kunde.test\n  From: a@shop.test\n',
    expected: [['klein@kunde.test', 'userunknown', true]],
  },
  {
    format: 'Oracle Messaging Server',
    headers: 'From: postmaster@mail.shop.test\nSubject: Delivery Notification: Delivery has failed\n',
    body: 'This report relates to a message you sent with the following header fields:\n\n  Message-id: <first@shop.test>\n\nYour message cannot be delivered to the following recipients:\n\n  Recipient address: klein@kunde.test\n  Reason: Remote SMTP server has rejected address\n  Diagnostic code: smtp;550 5.1.1 <klein@kunde.test>... User Unknown\n  Remote system: dns;mx.kunde.test (TCP|1|2|3|4) (mx)\n',
    expected: dead,
  },
  // PMDF, its forerunner: both addresses of one recipient, and what VMS said.
  {
    format: 'Oracle Messaging Server',
    headers: 'From: PMDF e-Mail Interconnect <postmaster@mail.shop.test>\nSubject: Delivery Notification: Delivery has failed\n',
    body: 'This report relates to a message you sent with the following header fields:\n\n  Message-id: <first@shop.test>\n\nYour message cannot be delivered to the following recipients:\n\n  Recipient address: KLEINM@node.kunde.test\n  Original address: klein@kunde.test\n%MAIL-E-OPENOUT, error opening !AS as output\n-SYSTEM-F-EXDISKQUOTA, disk quota exceeded\n\n  Recipient address: gross@kunde.test\n  Reason: Illegal host/domain name found\n',
    expected: [
      ['klein@kunde.test', 'mailboxfull', false],
      ['gross@kunde.test', 'hostunknown', true],
    ],
  },
  {
    format: 'Exchange 2003',
    headers: 'From: System Administrator <postmaster@shop.test>\nSubject: Undeliverable: Hallo\nX-Mailer: Internet Mail Service (5.5)\n',
    body: 'Your message\n\n  To:      klein@kunde.test\n  Subject: Hallo\n  Sent:    Thu, 1 Jan 2026 10:00:00 +0100\n\ndid not reach the following recipient(s):\n\nklein@kunde.test on Thu, 1 Jan 2026 10:00:01 +0100\n    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=de;a= ;p=shop\n    MSEXCH:IMS:shop:mail 0 (000C05A6) Unknown Recipient\n',
    expected: dead,
  },
  {
    format: 'Exchange 2007 and later, Microsoft 365',
    headers: 'From: postmaster@shop.test\nSubject: Unzustellbar: Hallo\nContent-Language: de-DE\n',
    body: 'Fehler bei der Nachrichtenzustellung.\n\nDiagnoseinformationen für Administratoren:\n\nGenerierender Server: mail.shop.test\n\nklein@kunde.test\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\nUrsprüngliche Nachrichtenkopfzeilen:\n\nReceived: from x\n',
    expected: dead,
  },
  {
    format: 'Microsoft 365',
    headers:
      'From: postmaster@shop.test\nSubject: Undeliverable: Hallo\nContent-Language: en\nMessage-ID: <1@AM0.eurprd01.prod.outlook.com>\nX-MS-Exchange-Message-Is-Ndr:\n',
    body: "Delivery has failed to these recipients or groups:\n\nDiagnostic information for administrators:\n\nGenerating server: AM0.eurprd01.prod.outlook.com\n\nklein@kunde.test\nRemote Server returned '550 5.7.606 Access denied, banned sending IP [192.0.2.1]'\n\nOriginal message headers:\n\nReceived: from x\n",
    expected: [['klein@kunde.test', 'blocked', false]],
  },
  {
    format: 'Microsoft 365',
    headers:
      'From: postmaster@shop.test\nSubject: Onbestelbaar: Hallo\nContent-Language: nl\nMessage-ID: <1@AM0.eurprd01.prod.outlook.com>\n',
    body: "Uw bericht kan niet worden bezorgd bij de volgende geadresseerden of groepen:\n\nDiagnostische gegevens voor beheerders:\n\nBronserver: AM0.eurprd01.prod.outlook.com\n\nklein@kunde.test\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'\n\nOorspronkelijke berichtkoppen:\n\nReceived: from x\n",
    expected: dead,
  },
  {
    format: 'Domino',
    headers: 'From: postmaster@shop.test\nSubject: DELIVERY FAILURE: User klein not listed\n',
    body: 'Your message\n\n  Subject: Hallo\n\nwas not delivered to:\n\n  klein@kunde.test\n\nbecause:\n\n  User klein (klein@kunde.test) not listed in Domino Directory\n',
    expected: dead,
  },
  {
    format: 'Notes',
    headers: 'From: postmaster@shop.test\nSubject: Undeliverable message\n',
    body: `------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nklein@kunde.test\n\n------- Returned Message --------\n${original}`,
    expected: dead,
  },
  {
    format: 'RFC 3464',
    headers: `From: postmaster@shop.test\nSubject: Delivery report\n${report}`,
    body: withFields('Sorry.', fields('550 5.1.1 no such user', '5.1.1')),
    expected: dead,
  },
  // X.400 has a code for "unknown"; the reason stands in the text.
  {
    format: 'RFC 3464',
    headers: `From: postmaster@mail.shop.test\nSubject: Report\n${report}`,
    body: withFields(
      "Information MTA '192.0.2.1' gives error message 5.7.1 Unable to relay for klein@kunde.test",
      'Reporting-MTA: x400; mta a in /C=WW/\n\nFinal-Recipient: rfc822; klein@kunde.test\nAction: failed\nDiagnostic-Code: Reason 1 (Unable-To-Transfer); Diagnostic -1 (Unknown)\nStatus: 5.0.0',
    ),
    expected: [['klein@kunde.test', 'norelaying', false]],
  },
];
