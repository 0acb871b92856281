import { readFileSync } from 'node:fs';
import type { ChannelSuite, SuiteRaw, SuiteService } from '../../contract/channel-suite.ts';
import { scriptedSmtp } from './testing/scripted-smtp.ts';

const fixture = (name: string): SuiteRaw => ({
  // As mail travels: lines end with CR LF, whatever the checkout made of them.
  content: Buffer.from(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8').replace(/\r?\n/g, '\r\n')),
  mediaType: 'message/rfc822',
});

export const suite: ChannelSuite = {
  account: { address: 'service@shop.test', settings: { user: 'service', password: 'geheim' } },
  fixtures: [
    {
      name: 'a reply from Outlook',
      raw: fixture('2026-11-outlook-reply.eml'),
      becomes: [
        {
          kind: 'message',
          platformId: 'DB7PR01MB0001@kunde.test',
          from: { kind: 'mail', value: 'juergen.weiss@kunde.test', label: 'Juergen.Weiss@kunde.test', name: 'Jürgen Weiß' },
          subject: 'AW: Ihre Bestellung – Kühlschrank',
          text: expect('der Kühlschrank paßt leider nicht durch die Tür.'),
          quoted: expect('Wir liefern am Samstag.'),
          language: 'de-DE',
          automatic: null,
          threading: { platformIds: ['DB7PR01MB0001@kunde.test', 'bestellung-4711@shop.test', 'angebot-4710@shop.test'] },
        },
      ],
    },
    {
      name: 'a photograph',
      raw: fixture('2026-11-photo.eml'),
      becomes: [
        { kind: 'message', text: 'Anbei das Foto.', attachments: [{ filename: 'Türrahmen.png', mediaType: 'image/png', inline: false }] },
      ],
    },
    {
      name: 'an absence notice',
      raw: fixture('2026-11-absence.eml'),
      becomes: [{ kind: 'message', automatic: 'out_of_office', neverAnswer: true }],
    },
    {
      name: 'a bounce of a mail that is not ours',
      raw: fixture('2026-11-foreign-bounce.eml'),
      becomes: [{ kind: 'message', automatic: 'bounce', neverAnswer: true }],
    },
    {
      name: 'a newsletter',
      raw: fixture('2026-11-newsletter.eml'),
      becomes: [{ kind: 'message', automatic: 'bulk', neverAnswer: true, text: 'Unsere Angebote' }],
    },
  ],
  // Mail has no types of events, and what is broken is shown as it is.
  unknownEvent: null,
  unreadable: null,
  addresses: [
    ['Erna.Klein@Kunde.TEST', 'erna.klein@kunde.test'],
    [' <klein@kunde.test> ', 'klein@kunde.test'],
    ['klein+shop@kunde.test', 'klein+shop@kunde.test'],
    ['weiss@möbel.test', 'weiss@xn--mbel-5qa.test'],
    ['klein', null],
    ['klein@', null],
    ['@kunde.test', null],
    ['klein@kunde.test\r\nBcc: x@y.test', null],
    ['a b@kunde.test', null],
    ['', null],
  ],
  service,
};

/** A part of a longer text. */
function expect(part: string): unknown {
  return { asymmetricMatch: (text: unknown) => typeof text === 'string' && text.includes(part), toString: () => `text with "${part}"` };
}

/** A sending server that answers as arranged, once. */
async function service(): Promise<SuiteService> {
  let next: [said: RegExp, answer: string] | undefined;
  const server = await scriptedSmtp((said) => {
    if (!next?.[0].test(said)) return undefined;
    const [, answer] = next;
    next = undefined;
    return answer;
  });
  const failing = (name: string, permanence: SuiteService['failures'][number]['permanence'], said: RegExp, answer: string) => ({
    name,
    permanence,
    arrange() {
      next = [said, answer];
    },
  });
  return {
    settings: { smtpHost: '127.0.0.1', smtpPort: server.port, smtpSecurity: 'starttls' },
    taken: () => server.heard,
    failures: [
      failing('greylisting', 'temporary', /^RCPT/, '451 4.7.1 Come back later'),
      failing('a full mailbox', 'temporary', /^RCPT/, '452 4.2.2 Mailbox full'),
      failing('too busy', 'temporary', /^MAIL /, '421 4.3.2 Too busy'),
      failing('nobody of that name', 'permanent', /^RCPT/, '550 5.1.1 No such user'),
      failing('taken for spam', 'permanent', /^MAIL$/, '554 5.7.1 Spam'),
      failing('wants a sign-in', 'reauthorise', /^MAIL /, '530 5.7.57 Not authenticated'),
      failing('hung up after the last byte', 'unknown', /^MAIL$/, 'cut'),
    ],
    stop: () => server.stop(),
  };
}
