import { expect, test } from 'vitest';
import { decide } from '../decision/decide.ts';
import { type BounceReason, newFinding } from '../reasons.ts';
import { phraseTable, reasonInOtherWords } from './index.ts';

// Words of two reasons: the question asked earlier wins.
const earlier: Record<string, BounceReason> = {
  'userunknown: this address no longer accepts mail': 'suspend',
  'blocked: domain does not exist:': 'hostunknown',
  "blocked: sorry, that domain isn't in my list of allowed rcpthosts": 'norelaying',
  'blocked: temporarily deferred due to unexpected volume or user complaints': 'badreputation',
  'toomanyconn: throttling failure: daily message quota exceeded': 'mailboxfull',
  'spamdetected: message filtered': 'filtered',
  'contenterror: duplicate header': 'notcompliantrfc',
  'securityerror: insecure mail relay': 'norelaying',
  'securityerror: recipient address rejected: access denied': 'filtered',
  'systemfull: requested mail action aborted: exceeded storage allocation': 'mailboxfull',
};
const commands: Partial<Record<BounceReason, string>> = { userunknown: 'RCPT', rejected: 'MAIL' };

const phrases = (Object.entries(phraseTable) as [BounceReason, string[]][]).flatMap(([reason, list]) =>
  list.map((phrase) => [reason, phrase] as const),
);

test.each(phrases)('%s: "%s"', (reason, phrase) => {
  const answer = `mx.kunde.test said: ${phrase.replaceAll('*', ' x ')} (sorry)`;
  // Spam is believed only with a code.
  const status = reason === 'spamdetected' ? '5.0.0' : '';
  const { reason: found } = decide(
    newFinding({ recipient: 'a@kunde.test', diagnosis: answer, command: commands[reason] ?? 'DATA', type: 'SMTP', status }),
  );
  expect(found).toBe(earlier[`${reason}: ${phrase}`] ?? reason);
});

const judgeUnknown = (command: string) => decide(newFinding({ diagnosis: 'no such user here', command, type: 'SMTP' }));

test('"no such user" means an unknown user after RCPT, a filter after DATA', () => {
  expect(judgeUnknown('RCPT')).toMatchObject({ reason: 'userunknown', isHard: true });
  expect(judgeUnknown('DATA')).toMatchObject({ reason: 'filtered', isHard: false });
});

test.each<[BounceReason, string]>([
  ['mailboxfull', 'das postfach des empfängers ist voll'],
  ['userunknown', 'empfänger ist hier unbekannt'],
  ['userunknown', 'destinataire inconnu'],
  ['userunknown', 'cet utilisateur est inconnu'],
  ['userunknown', 'el usuario no existe'],
  ['userunknown', 'indirizzo inesistente'],
  ['userunknown', 'gebruiker bestaat niet'],
  ['userunknown', 'adres nie istnieje'],
  ['userunknown', 'endereço não existe'],
  ['userunknown', 'kullanıcı bulunamadı'],
  ['mailboxfull', 'posta kutusu dolu'],
  ['mailboxfull', 'skrzynka odbiorcy jest pełna'],
  ['mailboxfull', 'a caixa está cheia'],
  ['virusdetected', 'schadsoftware gefunden'],
  ['hostunknown', 'die domain kunde.test existiert nicht'],
  ['suspend', 'das konto wurde gesperrt'],
  ['mesgtoobig', 'die nachricht ist zu groß'],
  ['spamdetected', 'ihre e-mail wurde als spam eingestuft'],
  ['virusdetected', 'virus gefunden'],
  ['expired', 'die zustellung ist verzögert'],
  ['blocked', 'ihre ip-adresse ist bei uns gesperrt'],
])('%s in other tongues: "%s"', (reason, text) => {
  expect(reasonInOtherWords(text)).toBe(reason);
});
