import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMessageId, createReplyAddress, createReplyToken, findReplyToken, readReplyToken } from './reply-token.ts';
import { normaliseSubject, readSubject } from './subject.ts';
import { decideThread, foldAddress, type ThreadLookup, type ThreadSignals, threadIndexRoot } from './thread.ts';

const anna = '0198a000-0000-7000-8000-00000000000a';
const boris = '0198a000-0000-7000-8000-00000000000b';
const key = { id: 1, secret: Buffer.from('a secret of at least sixteen bytes') };

const known: ThreadLookup = {
  token: (text) => findReplyToken(text, [key]),
  message: (id) =>
    ({
      'a1@shop': { conversationId: anna, from: 'service@shop.de' },
      'a2@mail': { conversationId: anna, from: 'anna@mail.de' },
      'b1@shop': { conversationId: boris, from: 'service@shop.de' },
    })[id] ?? null,
  threadIndex: (root) => (root.startsWith('01') ? [anna] : []),
  caseNumber: (number) => (number === '12345' ? [anna] : []),
  participants: (id) => (id === anna ? ['service@shop.de', 'anna@mail.de', 'mann@mail.de'] : ['boris@mail.de']),
};
const signals = (part: Partial<ThreadSignals>): ThreadSignals => ({
  messageId: 'new@mail',
  inReplyTo: [],
  references: [],
  threadIndexRoot: null,
  caseNumber: null,
  from: ['anna@mail.de'],
  tokenPlaces: [],
  ...part,
});

describe('decideThread', () => {
  test.each<[string, Partial<ThreadSignals>, object]>([
    ['nothing to go by', {}, { kind: 'new', reason: 'no_signal', relatedTo: null }],
    [
      'In-Reply-To of a participant',
      { inReplyTo: ['a1@shop'] },
      { kind: 'reply', conversationId: anna, reason: 'in_reply_to', parent: 'a1@shop' },
    ],
    ['In-Reply-To with several ids, one known', { inReplyTo: ['x@y', 'a1@shop'] }, { kind: 'reply', conversationId: anna }],
    [
      'References alone, nearest first',
      { references: ['b1@shop', 'a1@shop'] },
      { kind: 'reply', conversationId: anna, alsoRelated: [boris] },
    ],
    ['the spouse in Cc answers', { inReplyTo: ['a1@shop'], from: ['mann@mail.de'] }, { kind: 'reply', conversationId: anna }],
    ['an alias with a tag answers', { inReplyTo: ['a1@shop'], from: ['Anna+shop@mail.de'] }, { kind: 'reply', conversationId: anna }],
    [
      'a stranger with a known id',
      { inReplyTo: ['a1@shop'], from: ['fremd@mail.de'] },
      { kind: 'new', relatedTo: anna, reason: 'stranger', signal: 'in_reply_to' },
    ],
    [
      "another customer's number in the subject",
      { caseNumber: '12345', from: ['boris@mail.de'] },
      { kind: 'new', relatedTo: anna, reason: 'stranger', signal: 'case_number' },
    ],
    ['the own number in the subject', { caseNumber: '12345' }, { kind: 'reply', conversationId: anna, reason: 'case_number' }],
    [
      'a stranger with the signed token',
      { tokenPlaces: [`service+${createReplyToken(anna, key)}@shop.de`], from: ['fremd@mail.de'] },
      { kind: 'reply', conversationId: anna, reason: 'token', isStranger: true },
    ],
    [
      'a token with one letter changed',
      { tokenPlaces: [`service+${createReplyToken(anna, key).slice(0, -2)}aa@shop.de`], from: ['fremd@mail.de'] },
      { kind: 'new', reason: 'no_signal' },
    ],
    [
      'the token beats In-Reply-To',
      { tokenPlaces: [createReplyToken(boris, key)], inReplyTo: ['a1@shop'] },
      { kind: 'reply', conversationId: boris, reason: 'token', alsoRelated: [anna] },
    ],
    ['Outlook without ids', { threadIndexRoot: '01'.repeat(22) }, { kind: 'reply', conversationId: anna, reason: 'thread_index' }],
    ['the same mail twice', { messageId: 'a2@mail' }, { kind: 'duplicate', conversationId: anna }],
    ['a known id from somebody else is no duplicate', { messageId: 'a2@mail', from: ['fremd@mail.de'] }, { kind: 'new' }],
    ['an id that names itself', { messageId: 'x@mail', inReplyTo: ['x@mail'] }, { kind: 'new', reason: 'no_signal' }],
  ])('%s', (_name, part, expected) => {
    const decision = decideThread(signals(part), known);
    expect(decision).toMatchObject(expected);
    expect(decision.evidence.length > 0 || decision.kind === 'new').toBe(true);
  });

  test('never lets a stranger in without the token', () => {
    const ids = fc.subarray(['a1@shop', 'b1@shop', 'x@y']);
    fc.assert(
      fc.property(ids, ids, fc.boolean(), fc.boolean(), (inReplyTo, references, index, number) => {
        const decision = decideThread(
          signals({
            from: ['fremd@evil.example'],
            inReplyTo,
            references,
            threadIndexRoot: index ? '01'.repeat(22) : null,
            caseNumber: number ? '12345' : null,
          }),
          known,
        );
        expect(decision.kind).toBe('new');
      }),
    );
  });

  test('does not depend on the order of the sender addresses and token places', () => {
    const places = ['x@y.de', `service+${createReplyToken(anna, key)}@shop.de`, 'z@y.de'];
    fc.assert(
      fc.property(fc.shuffledSubarray(places, { minLength: 3 }), (shuffled) => {
        expect(decideThread(signals({ tokenPlaces: shuffled }), known)).toMatchObject({ conversationId: anna, reason: 'token' });
      }),
    );
  });
});

describe('reply tokens', () => {
  test('read back, survive folding to upper case, fit into an address', () => {
    const id = randomUUID();
    const token = createReplyToken(id, key);
    expect(readReplyToken(token, [key])).toBe(id);
    expect(readReplyToken(token.toUpperCase(), [key])).toBe(id);
    const address = createReplyAddress('kundenservice@shop.de', token);
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
    expect(findReplyToken(createMessageId(token, randomUUID(), 'shop.de'), [key])).toBe(id);
    expect(() => createReplyAddress('ein-sehr-langer-postfachname@shop.de', token)).toThrow(RangeError);
  });

  test('are void under another key, and with any letter changed', () => {
    const token = createReplyToken(anna, key);
    expect(readReplyToken(token, [{ id: 1, secret: Buffer.alloc(32, 1) }])).toBeNull();
    expect(readReplyToken(token, [{ id: 2, secret: key.secret }])).toBeNull();
    fc.assert(
      fc.property(fc.nat(43), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), (at, letter) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        expect(readReplyToken(changed, [key])).toBe(changed === token ? anna : null);
      }),
    );
  });
});

describe('subjects', () => {
  test.each([
    ['AW: Re[2]: WG: Frage', 'Frage', true, true],
    ['Antw: Frage', 'Frage', true, false],
    ['Antwort: Frage', 'Frage', true, false],
    ['RE(3): Frage', 'Frage', true, false],
    ['Rép : Question', 'Question', true, false],
    ['TR: Question', 'Question', false, true],
    ['İlt: Soru', 'Soru', false, true],
    ['Ynt: Soru', 'Soru', true, false],
    ['SV: Spørgsmål', 'Spørgsmål', true, false],
    ['[Liste] Re: [Liste] Frage', 'Frage', true, false],
    ['[Fwd: Frage]', 'Frage', false, true],
    ['回复：问题', '问题', true, false],
    ['Regal: kaputt', 'Regal: kaputt', false, false],
    ['Wir: fragen', 'Wir: fragen', false, false],
    ['[Rechnung 4711]', '[Rechnung 4711]', false, false],
  ])('%s', (subject, base, isReply, isForward) => {
    expect(readSubject(subject)).toMatchObject({ base, isReply, isForward });
  });

  test('find our case number and nothing else', () => {
    expect(readSubject('AW: [#12345] Frage').caseNumber).toBe('12345');
    expect(readSubject('Re: [Fall NB-12345]').caseNumber).toBe('NB-12345');
    expect(readSubject('Bestellung 4711').caseNumber).toBeNull();
    expect(normaliseSubject('AW: Frage ')).toBe(normaliseSubject('FRAGE'));
  });
});

test('addresses of one mailbox fold to one', () => {
  expect(foldAddress('Max.Muster+x@GoogleMail.com')).toBe(foldAddress('maxmuster@gmail.com'));
  expect(foldAddress('max.muster@web.de')).not.toBe(foldAddress('maxmuster@web.de'));
});

test('replies share the root of the Thread-Index', () => {
  const root = Buffer.from('01d9a1b2c3d4e5f60718293a4b5c6d7e8f9001020304', 'hex');
  expect(threadIndexRoot(root.toString('base64'))).toBe(root.toString('hex'));
  expect(threadIndexRoot(Buffer.concat([root, Buffer.alloc(5)]).toString('base64'))).toBe(root.toString('hex'));
  expect(threadIndexRoot('AAAA')).toBeNull();
});
