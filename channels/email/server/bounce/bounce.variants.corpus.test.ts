import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { describeCorpus, listFiles, readBytes, Score } from '../testing/corpus.ts';
import { readBounce } from './bounce.ts';

const isMultipart = (head: string) => /^content-type:\s*multipart/im.test(head);
const isBase64 = (head: string) => /^content-transfer-encoding:\s*base64/im.test(head);

/** Header and body as latin1 text; null leaves a mail out. */
type Change = (head: string, body: string) => [string, string] | null;

// What mailboxes, gateways and other senders make of the same report.
const changes: Record<string, Change> = {
  'other line ends': (head, body) =>
    head.includes('\r\n')
      ? [head.replaceAll('\r\n', '\n'), body.replaceAll('\r\n', '\n')]
      : [head.replaceAll('\n', '\r\n'), body.replaceAll('\n', '\r\n')],
  'trace fields of our own mailbox': (head, body) => [
    `Return-Path: <>\nDelivered-To: anna@firma.test\nReceived: from mout.mail.test ([192.0.2.130]) by mx.firma.test with ESMTPS id 1M; Tue, 1 Jan 2019 10:00:00 +0100\nAuthentication-Results: mx.firma.test; spf=none\nX-Spam-Status: No, score=-1.0\n${head}`,
    body,
  ],
  'a mark for mail from outside': (head, body) => [head.replace(/^Subject: (?!=\?)/im, 'Subject: [EXTERN] '), body],
  'a warning above the text': (head, body) => {
    const warning = 'ACHTUNG: Externe E-Mail. Bitte nicht auf Links klicken.\n\n';
    if (!isMultipart(head)) return isBase64(head) ? null : [head, warning + body];
    const first = /^content-type: ?text\/plain[^]{0,300}?\r?\n\r?\n/im.exec(body)?.[0] ?? '';
    return first === '' || /base64/i.test(first) ? null : [head, body.replace(first, first + warning)];
  },
  'a footer below the text': (head, body) =>
    isMultipart(head) || isBase64(head) ? null : [head, `${body}\n-- \nFirma GmbH\nDiese E-Mail wurde geprüft.\n`],
  base64: (head, body) =>
    isMultipart(head) || /^content-transfer-encoding:/im.test(head)
      ? null
      : [`${head}\nContent-Transfer-Encoding: base64`, Buffer.from(body, 'latin1').toString('base64').replace(/.{76}/g, '$&\n')],
  'other names': (head, body) => {
    const renamed = (text: string) => text.replaceAll('kijitora@', 'anna.meier+abc@').replaceAll('mikeneko@', 'max_muster@');
    return [renamed(head), renamed(body)];
  },
  'field names in small letters': (head, body) => [head.replace(/^[A-Za-z][\w-]*:/gm, (name) => name.toLowerCase()), body],
  'folded fields': (head, body) => [head.replace(/^(Subject|From|To): (.{20,60}?) (\S)/gm, '$1: $2\n $3'), body],
};

const key = (mail: string) =>
  (readBounce(parseMailSync(Buffer.from(mail, 'latin1'))) ?? [])
    .map((b) => `${b.reason}/${b.isHard ? 'hard' : 'soft'}`)
    .sort()
    .join(' ');

describeCorpus('mail-bounce', (folder) => {
  const mails = listFiles(`${folder}/eml`, '.eml').map((name) => {
    const raw = readBytes(folder, 'eml', name).toString('latin1');
    const gap = /\r?\n\r?\n/.exec(raw);
    return { name, raw, head: raw.slice(0, gap?.index), body: gap ? raw.slice(gap.index + gap[0].length) : '' };
  });

  test.each(Object.entries(changes))('%s change no reason', (name, change) => {
    const score = new Score();
    for (const mail of mails) {
      const changed = change(mail.head, mail.body);
      if (changed === null) continue;
      const [before, after] = [key(mail.raw), key(changed.join(changed[0].includes('\r\n') ? '\r\n\r\n' : '\n\n'))];
      score.check(mail.name, after, before);
    }
    expect(score.total).toBeGreaterThan(50);
    expect(score.against({}, `mail-bounce with ${name}`)).toEqual([]);
  });
});
