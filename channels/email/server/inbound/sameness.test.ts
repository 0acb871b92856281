import { describe, expect, it } from 'vitest';
import { mailKey } from './sameness.ts';

const key = (mail: string) => mailKey(Buffer.from(mail.replaceAll('\n', '\r\n'))).sameness.toString('hex');

describe('two mails are the same', () => {
  it('whatever relays write above them', () => {
    const mail = 'From: a@b.example\nSubject: Paket\nMessage-ID: <1@b.example>\n\nWo?\n';
    expect(key(`Received: from x\nX-Spam: no\n${mail}`)).toBe(key(mail));
  });

  it('never because both lack headers, as what a machine sends with netcat does', () => {
    expect(key('Platte 1 ist voll\n')).not.toBe(key('Platte 2 ist voll\n'));
    expect(key('Status 1: gut\n')).not.toBe(key('Status 1: schlecht\n'));
    expect(key('')).not.toBe(key('Platte 1 ist voll\n'));
  });

  it('never because two people sent the same without a field that says who', () => {
    const by = (sender: string, mail: string) => mailKey(Buffer.from(mail), sender).sameness.toString('hex');
    for (const mail of ['', 'Bitte um Rückruf\n', 'Subject: Rückruf\n\n']) {
      expect(by('a@b.example', mail)).toBe(by('a@b.example', mail));
      expect(by('a@b.example', mail)).not.toBe(by('c@d.example', mail));
    }
    // With a From the way a mail came is no matter: by the door and out of a mailbox it is one.
    expect(by('srs0+x@relay.example', 'From: a@b.example\n\nWo?')).toBe(by('', 'From: a@b.example\n\nWo?'));
  });
});
