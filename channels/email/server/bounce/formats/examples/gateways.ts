import type { Example } from './formats.ts';

// The same for providers, filters and carriers.

const original = 'Received: from shop.test\nMessage-ID: <first@shop.test>\nTo: klein@kunde.test\nSubject: Hallo\n';
const dead: Example['expected'] = [['klein@kunde.test', 'userunknown', true]];
const soft = (reason: string): Example['expected'] => [['klein@kunde.test', reason, false]];
const report = 'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n';
const told = (diagnosis: string, status: string, text = 'Sorry.', action = 'failed') =>
  `--b\nContent-Type: text/plain\n\n${text}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.shop.test\n\nFinal-Recipient: rfc822; klein@kunde.test\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; ${diagnosis}\n\n--b\nContent-Type: message/rfc822\n\n${original}\n--b--\n`;

export const gatewayExamples: Example[] = [
  {
    format: 'McAfee',
    headers: `From: <MAILER-DAEMON@shop.test>\nSubject: Delivery Status\nX-NAI-Header: Modified by McAfee Email Gateway\n${report}`,
    body: told('550 Unknown user klein@kunde.test', '5.0.0', '    --- The following addresses had delivery problems ---'),
    expected: dead,
  },
  ...(
    [
      ['550 5.1.1 Mailbox does not exist', '5.1.1', 'filtered'],
      ['552 5.2.2 Mailbox full', '5.2.2', 'mailboxfull'],
      ['552 5.3.4 Message too large', '5.3.4', 'mesgtoobig'],
      ['500 5.6.1 Message content rejected', '5.6.1', 'contenterror'],
    ] as const
  ).map(([diagnosis, status, reason]) => ({
    format: 'Amazon SES, receiving',
    headers: `From: postmaster@kunde.test\nSubject: Delivery Status Notification (Failure)\nX-SES-Outgoing: 2026.01.01-192.0.2.1\n${report}`,
    body: told(diagnosis, status, 'This message could not be delivered.'),
    expected: soft(reason),
  })),
  {
    format: 'Amazon SES',
    headers: `From: MAILER-DAEMON@email-bounces.amazonses.com\nSubject: Delivery Status Notification (Failure)\nX-SES-Outgoing: 2026.01.01-192.0.2.1\n${report}`,
    body: told(
      '550 4.4.7 Delivery expired',
      '4.4.7',
      'An error occurred while trying to deliver the mail to the following recipients:\nklein@kunde.test',
    ),
    expected: soft('expired'),
  },
  ...(
    [
      ['554 5.7.0 Reject, id=1-1 - spam', 'spamdetected'],
      ['554 5.7.0 Reject, id=1-1 - infected', 'virusdetected'],
    ] as const
  ).map(([diagnosis, reason]) => ({
    format: 'amavisd-new',
    headers: `From: "Content-filter at mail.shop.test" <postmaster@shop.test>\nSubject: Undeliverable mail\n${report}`,
    body: told(diagnosis, '5.7.0'),
    expected: soft(reason),
  })),
  {
    format: 'AOL',
    headers: `From: MAILER-DAEMON@aol.example\nSubject: Undelivered Mail Returned to Sender\nX-AOL-IP: 192.0.2.1\n${report}`,
    body: told('Host or domain name not found. Name service error for name=kunde.test type=A: Host not found', '5.4.4'),
    expected: [['klein@kunde.test', 'hostunknown', true]],
  },
  {
    format: 'MessageLabs',
    headers: `From: MAILER-DAEMON@messagelabs.com\nSubject: Mail Delivery Failure\nX-Msg-Ref: server-1\n${report}`,
    body: told('542 klein@kunde.test Rejected', '5.0.0'),
    expected: dead,
  },
  {
    format: 'SendGrid',
    headers: `Return-Path: <apps@sendgrid.net>\nFrom: MAILER-DAEMON@shop.test\nSubject: Undelivered Mail Returned to Sender\n${report}`,
    body: told('sorry, not reached', '4.0.0', 'Hello, this is an automatically generated message from SendGrid.', 'expired'),
    expected: soft('expired'),
  },
  {
    format: 'GMX and Web.de',
    headers: 'From: GMX Mailer Daemon <mailer-daemon@gmx.de>\nSubject: Mail delivery failed: returning message to sender\n',
    body: `This message was created automatically by mail delivery software.\n\nThe following address failed:\n\n"klein@kunde.test":\ndelivery retry timeout exceeded\n\n--- The header of the original message is following. ---\n\n${original}`,
    expected: soft('expired'),
  },
  {
    format: '1&1',
    headers:
      'From: "Mail Delivery System" <mailer-daemon@kundenserver.example>\nSubject: Mail delivery failed: returning message to sender\n',
    body: `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to\none or more of its recipients. The following addresses failed:\n\nklein@kunde.test:\n\nFor the following reason:\n\nMail size limit exceeded.\n\n--- The header of the original message is following. ---\n\n${original}`,
    expected: soft('mesgtoobig'),
  },
  {
    format: 'T-Online',
    headers: 'From: Mail Delivery System <MAILER-DAEMON@mailin.t-online.de>\nSubject: mail failed, returning to sender\n',
    body: `|------------------------- Message log follows: -------------------------|\n no valid recipients were found for this message\n|------------------------- Failed addresses follow: ---------------------|\n <klein@kunde.test> ... unknown user\n|------------------------- Message text follows: ------------------------|\n${original}`,
    expected: dead,
  },
  {
    format: 'Gmail',
    headers: 'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\n',
    body: `Delivery to the following recipient failed permanently:\n\n     klein@kunde.test\n\nTechnical details of permanent failure:\nGoogle tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was: 550 sorry (state 14).\n\n----- Original message -----\n\n${original}`,
    expected: dead,
  },
  {
    format: 'Google Workspace',
    headers:
      'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\nX-Gm-Message-State: x\nContent-Type: multipart/report; boundary=b\n',
    body: `--b\nContent-Type: text/plain\n\n** Address not found **\n\nYour message wasn't delivered to klein@kunde.test because the address couldn't be found. Check for typos or unnecessary spaces and try again.\n\n--b\nContent-Type: message/rfc822\n\n${original}\n--b--\n`,
    expected: dead,
  },
  {
    format: 'Google Groups',
    headers:
      'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: klein@kunde.test\nX-Google-Smtp-Source: x\n',
    body: `Hello klein@kunde.test,\n\nWe're writing to let you know that the group you tried to contact may not exist. Google Groups says:\n\n * You might have spelled it wrong.\n * The owner may have removed it.\n * You may have to join.\n * It may not be open to posting.\n\n----- Original message -----\n\n${original}`,
    expected: soft('rejected'),
  },
  {
    format: 'au EZweb',
    headers: 'From: Postmaster@ezweb.ne.jp\nSubject: Mail System Error - Returned Mail\n',
    body: `The user(s) account is temporarily over quota.\n\n<klein@ezweb.ne.jp>\n\n--------------------------------------------------\n\n${original}`,
    expected: [['klein@ezweb.ne.jp', 'mailboxfull', false]],
  },
  {
    format: 'au by KDDI',
    headers: 'From: <no-reply@mta.dion.ne.jp>\nSubject: Mail\nReply-To: no-reply@app.auone-net.jp\n',
    body: 'Your mail sent on: Thu, 1 Jan 2026 10:00:00 +0900\n     Could not be delivered to: <klein@dion.ne.jp>\n     As their mailbox is full.\n',
    expected: [['klein@dion.ne.jp', 'mailboxfull', false]],
  },
  {
    format: 'Biglobe',
    headers: 'From: postmaster@biglobe.ne.jp\nSubject: Returned mail: could not be delivered\n',
    body: "   ----- The following addresses had delivery problems -----\nklein@biglobe.ne.jp\n\n   ----- Non-delivered information -----\nThe number of messages in recipient's mailbox exceeded the local limit.\n",
    expected: [['klein@biglobe.ne.jp', 'mailboxfull', false]],
  },
  {
    format: 'm-FILTER',
    headers: 'From: MAILER-DAEMON@shop.test\nSubject: failure notice\nX-Mailer: m-FILTER\n',
    body: `Unable to deliver\n\nklein@kunde.test\n\n-------server message\n550 5.1.1 unknown user <klein@kunde.test>\n\n-------SMTP command\nRCPT TO\n\n-------original message\n${original}`,
    expected: dead,
  },
  {
    format: 'Active!hunter',
    headers: 'From: MAILER-DAEMON@shop.test\nSubject: FAILURE NOTICE :\nX-AHMAILID: 1\n',
    body: '  ----- The following addresses had permanent fatal errors -----\n\n>>> klein@kunde.test <klein@kunde.test>\n\n  ----- Transcript of session follows -----\n552 5.2.2 mailbox full\n',
    expected: soft('mailboxfull'),
  },
  {
    format: 'Trend Micro InterScan',
    headers: 'From: "InterScan MSS" <postmaster@shop.test>\nSubject: Mail could not be delivered\n',
    body: 'Sent <<< RCPT TO:<klein@kunde.test>\nReceived >>> 550 5.1.1 <klein@kunde.test>... user unknown\n',
    expected: dead,
  },
  {
    format: 'MailFoundry',
    headers:
      'From: MAILER-DAEMON@shop.test\nSubject: Message delivery has failed\nReceived: from x by y (MAILFOUNDRY) id abc; 1 Jan 2026\n',
    body: 'This is the mail system\n\nUnable to deliver message to: <klein@kunde.test>\nDelivery failed for the following reason:\nServer mx.kunde.test[192.0.2.1] failed with: 552 5.2.2 mailbox full\n',
    expected: soft('mailboxfull'),
  },
  {
    format: 'MailMarshal (Trustwave)',
    headers: 'From: postmaster@shop.test\nSubject: Undeliverable Mail: "Hallo"\n',
    body: `Your message:\n   From:    a@shop.test\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected: \n    klein@kunde.test\n\n+++++++++++++++++++++++++++++++++++++++++++++++\n${original}`,
    expected: dead,
  },
  {
    format: 'Mimecast',
    headers: 'From: postmaster@shop.test\nSubject: Email Delivery Failure\nMessage-ID: <1-2@us-mta-1.us.mimecast.lan>\n',
    body: 'An email that you attempted to send to the following address could not be delivered:\n\n-- klein@kunde.test\n\nThe problem appears to be :\n-- Recipient email address is possibly incorrect\n\nAdditional information follows :\n-- 552 5.2.2 mailbox full\n',
    expected: soft('mailboxfull'),
  },
  {
    format: 'SurfControl',
    headers: 'From: postmaster@shop.test\nSubject: Message could not be sent\nX-Mailer: SurfControl E-mail Filter\n',
    body: 'Your message could not be sent.\nA transcript of the attempts to send the message follows.\nThe number of attempts made: 1\nAddressed To: klein@kunde.test\n\nThu 1 Jan 2026 10:00:00 +0100\nFailed to send to identified host,\nklein@kunde.test: [192.0.2.1], 550 kunde.test User unknown\n',
    expected: soft('filtered'),
  },
  {
    format: 'IMail',
    headers: 'From: postmaster@shop.test\nSubject: Undeliverable Mail \nX-Mailer: <SMTP32 v8.22>\n',
    body: `Unknown user: klein@kunde.test\n\n\nOriginal message follows.\n${original}`,
    expected: dead,
  },
  {
    format: 'Verizon',
    headers: 'From: post_master@vtext.com\nSubject: Undeliverable Message\n',
    body: 'Error:  550 - Requested action not taken: no such user here\nMessage details:\n  Subject: Hallo\n  RCPT TO: 5550000@vtext.com\n',
    expected: [['5550000@vtext.com', 'userunknown', true]],
  },
  {
    format: 'Zoho',
    headers: 'From: mailer-daemon@mail.zoho.example\nSubject: Undelivered Mail Returned to Sender\nX-ZohoMail: x\n',
    body: `This message was created automatically by mail delivery software.\nA message that you sent could not be delivered to one or more of its recipients. \n\nklein@kunde.test Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1, user unknown\n\n\nReceived:from mail.zoho.example\n${original}`,
    expected: dead,
  },
  {
    format: 'fml',
    headers:
      'From: ml-admin@shop.test\nSubject: NOT MEMBER article from klein\nX-MLServer: fml [fml 4.0]\nMessage-ID: <2026.FML1@shop.test>\n',
    body: `You <klein@kunde.test> are not member.\n\nOriginal mail as follows:\n${original}`,
    expected: soft('rejected'),
  },
  {
    format: '"Mail Deliver System"',
    headers: 'From: "Mail Deliver System" <mailer-daemon@shop.test>\nSubject: Returned Mail: Hallo\n',
    body: `The original message was received at Thu, 1 Jan 2026 10:00:00\n---The following addresses had delivery errors---\nklein@kunde.test [User unknown]\n\n${original}`,
    expected: soft('filtered'),
  },
  {
    format: '"Unable to deliver message to the following address(es)"',
    headers: 'From: MAILER-DAEMON@shop.test\nSubject: Delivery failure\n',
    body: `Unable to deliver message to the following address(es).\n\n<klein@kunde.test>:\n552 5.2.2 mailbox full\n\n--- Original message follows.\n${original}`,
    expected: soft('mailboxfull'),
  },
  {
    format: '"Technical details"',
    headers: 'From: Mail Delivery System <x@shop.test>\nSubject: Delivery status notification\n',
    body: '                  This is an automatically generated Delivery Status Notification.\n\nDelivery to the following recipients was aborted after 8 second(s):\n\n  * klein@kunde.test\n\nSMTP:RCPT host 192.0.2.1: 550 5.1.1 user unknown\n',
    expected: dead,
  },
  {
    format: '"We had trouble delivering your message"',
    headers: 'From: postmaster@shop.test\nSubject: There was an error sending your mail\n',
    body: 'We had trouble delivering your message. Full details follow:\n\nSubject: Hallo\n\nSMTP Server <mx.kunde.test> rejected recipient <klein@kunde.test> (Error following RCPT command). It responded as follows: [550 5.1.1 user unknown]\n\nThe attachment contains the original mail headers',
    expected: dead,
  },
  {
    format: 'Outlook.com',
    headers: `From: postmaster@hotmail.example\nSubject: Delivery Status Notification (Failure)\nX-Message-Info: x\n${report}`,
    body: told('550 Requested action not taken: mailbox unavailable', '5.5.0'),
    expected: dead,
  },
];
