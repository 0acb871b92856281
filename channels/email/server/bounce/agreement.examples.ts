// One and the same answer of a server, as the common mail systems pass it on.

export type Command = 'RCPT' | 'DATA' | 'MAIL';

const recipient = 'klein@kunde.test';
const server = 'mx.kunde.test';
const sender = 'anna@shop.test';
const original = `Received: from [192.0.2.9] by mail.shop.test; Thu, 1 Jan 2015 00:00:00 +0100\nFrom: ${sender}\nTo: ${recipient}\nSubject: Hallo\nMessage-ID: <first@shop.test>\n\nHallo\n`;
const asReport = 'multipart/report; report-type=delivery-status; boundary=b';

const statusIn = (reply: string) => /(?<![\d.])[245]\.\d\.\d{1,3}(?![\d.])/.exec(reply)?.[0] ?? '5.0.0';

function head(from: string, subject: string, type = 'text/plain', more = ''): string {
  return `Return-Path: <>\nFrom: ${from}\nTo: ${sender}\nSubject: ${subject}\n${more}MIME-Version: 1.0\nContent-Type: ${type}\n`;
}

const fields = (reply: string) =>
  `Reporting-MTA: dns; mail.shop.test\n\nFinal-Recipient: rfc822; ${recipient}\nAction: failed\nStatus: ${statusIn(reply)}\nRemote-MTA: dns; ${server}\nDiagnostic-Code: smtp; ${reply}`;

function report(from: string, subject: string, text: string, told: string, more = ''): string {
  return `${head(from, subject, asReport, more)}\n--b\nContent-Type: text/plain\n\n${text}\n\n--b\nContent-Type: message/delivery-status\n\n${told}\n\n--b\nContent-Type: message/rfc822\n\n${original}\n--b--\n`;
}

/** Breaks a reply into lines of seventy letters, as most systems do. */
function broken(text: string, indent: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > 70) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines.join(`\n${indent}`);
}

const sent = { RCPT: `RCPT TO:<${recipient}>`, DATA: 'DATA', MAIL: `MAIL FROM:<${sender}>` };
const inReply = { RCPT: 'RCPT TO command', DATA: 'end of DATA command', MAIL: 'MAIL FROM command' };
const eximStep = { RCPT: `RCPT TO:<${recipient}>`, DATA: 'end of data', MAIL: `MAIL FROM:<${sender}>` };
const failed = 'Mail delivery failed: returning message to sender';
const eximOpening = `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ${recipient}\n`;
const eximFrom = 'Mail Delivery System <Mailer-Daemon@mail.shop.test>';
const eximId = 'Message-Id: <E1Y6abC-0002Ab-3x@mail.shop.test>\n';

export const carriers: Record<string, (reply: string, command: Command) => string> = {
  Postfix: (reply, command) =>
    report(
      'MAILER-DAEMON@mail.shop.test (Mail Delivery System)',
      'Undelivered Mail Returned to Sender',
      `This is the mail system at host mail.shop.test.\n\n<${recipient}>: ${broken(`host ${server}[192.0.2.22] said: ${reply} (in reply to ${inReply[command]})`, '    ')}`,
      fields(reply),
    ),
  Sendmail: (reply, command) =>
    report(
      'Mail Delivery Subsystem <MAILER-DAEMON@mail.shop.test>',
      'Returned mail: see transcript for details',
      `The original message was received at Thu, 1 Jan 2015\nfrom localhost\n\n   ----- The following addresses had permanent fatal errors -----\n<${recipient}>\n    (reason: ${reply.slice(0, 60)})\n\n   ----- Transcript of session follows -----\n... while talking to ${server}.:\n>>> ${sent[command]}\n<<< ${reply}\n554 5.0.0 Service unavailable`,
      fields(reply),
    ),
  'Exim, text': (reply, command) =>
    `${head(eximFrom, failed, 'text/plain', `X-Failed-Recipients: ${recipient}\n${eximId}`)}\n${eximOpening}    SMTP error from remote mail server after ${eximStep[command]}:\n    host ${server} [192.0.2.22]: ${broken(reply, '    ')}\n\n------ This is a copy of the message, including all the headers. ------\n\n${original}`,
  'Exim, report': (reply, command) =>
    report(
      eximFrom,
      failed,
      `${eximOpening}    host ${server} [192.0.2.22]\n    SMTP error from remote mail server after ${eximStep[command]}:\n    ${broken(reply, '    ')}`,
      `Reporting-MTA: dns; mail.shop.test\n\nAction: failed\nFinal-Recipient: rfc822;${recipient}\nStatus: 5.0.0\nRemote-MTA: dns; ${server}\nDiagnostic-Code: smtp; ${reply}`,
      eximId,
    ),
  Courier: (reply, command) =>
    report(
      '"Courier mail server at mail.shop.test" <@>',
      'NOTICE: mail delivery status.',
      `This is a delivery status notification from mail.shop.test,\nrunning the Courier mail server, version 1.0.\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<${recipient}>:\n    ${server} [192.0.2.22]:\n>>> ${sent[command]}\n<<< ${reply}\n`,
      fields(reply),
    ),
  'RFC 3464': (reply, command) =>
    report(
      'Postmaster <postmaster@mail.shop.test>',
      'Your mail was not delivered',
      'Your mail could not be delivered.',
      fields(`${reply} (in reply to ${inReply[command]})`),
    ),
  DragonFly: (reply, command) =>
    `${head('Mail Delivery System <MAILER-DAEMON>', 'Mail delivery failed', 'text/plain', 'Received: from MAILER-DAEMON\n id abc\n by mail.shop.test (DragonFly Mail Agent v0.9);\n')}\nThis is the DragonFly Mail Agent v0.9 at mail.shop.test.\n\nThere was an error delivering your mail to <${recipient}>.\n\n${server} [192.0.2.22] did not like our ${{ RCPT: 'RCPT TO', DATA: 'final DATA', MAIL: 'MAIL FROM' }[command]}:\n${reply}\n\nOriginal message follows.\n\n${original}`,
};

/** These do not tell which command was refused, or stand for RCPT. */
export const tacitCarriers: Record<string, (reply: string) => string> = {
  qmail: (reply) =>
    `${head('MAILER-DAEMON@mail.shop.test', 'failure notice')}\nHi. This is the qmail-send program at mail.shop.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<${recipient}>:\n192.0.2.22 does not like recipient.\nRemote host said: ${reply}\nGiving up on 192.0.2.22.\n\n--- Below this line is a copy of the message.\n\n${original}`,
  'a server nobody knows': (reply) =>
    `${head('Mail service <mailer-daemon@mail.shop.test>', 'Delivery failure')}\nYour message could not be delivered to the following address:\n\n<${recipient}>\n\nIts server said: ${reply}\n`,
};
