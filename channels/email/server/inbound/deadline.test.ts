import { describe, expect, test } from 'vitest';
import { idleMilliseconds } from '../../../../server/platform/database/database.ts';
import { pieceSize } from '../../../../server/platform/files/files.ts';
import { mailAccount, memoryTools } from '../../testing/memory-tools.ts';
import { parseMailSync } from '../parse.ts';
import { TookTooLong, withinTime } from './deadline.ts';
import { millisecondsFor, parseInbound } from './inbound.ts';

describe('work that does not end is ended', () => {
  test.each<[string, () => unknown]>([
    [
      'in a loop',
      () => {
        for (;;);
      },
    ],
    [
      'in a loop that swallows errors',
      () => {
        for (;;) {
          try {
            for (;;);
          } catch {}
        }
      },
    ],
    ['within a regular expression', () => /^(?:a+)+$/.test(`${'a'.repeat(60)}b`)],
    ['within a replacement', () => 'a'.repeat(500_000).replace(/(?:a*)*b/g, '')],
  ])('%s', (_name, work) => {
    const began = performance.now();
    expect(() => withinTime(100, work)).toThrow(TookTooLong);
    expect(performance.now() - began).toBeLessThan(5_000);
    // The process goes on as if nothing had been.
    expect(withinTime(100, () => 'well')).toBe('well');
  });

  test('what ends in time is handed back, errors of its own too', () => {
    expect(withinTime(1_000, () => ({ found: 7 }))).toEqual({ found: 7 });
    expect(() =>
      withinTime(1_000, () => {
        throw new RangeError('own');
      }),
    ).toThrow(RangeError);
  });

  test('a machine that stood still gets a second chance', () => {
    const asleep = new Int32Array(new SharedArrayBuffer(4));
    let times = 0;
    const work = () => {
      times += 1;
      // Waits without using the processor, as a process does that was stopped; ended only afterwards.
      if (times === 1) Atomics.wait(asleep, 0, 0, 400);
      for (let i = 0; times === 1 && i < 1e6; i++);
      return times;
    };
    expect(withinTime(200, work)).toBe(2);
  });
});

const account = mailAccount('service@shop.test');
const warned: unknown[] = [];
const quiet = memoryTools([account]);
const tools = { ...quiet, log: { ...quiet.log, warn: (facts: unknown) => void warned.push(facts) } };
const receivedAt = new Date('2026-11-22T10:00:00Z');
const intake = (mail: string) => ({
  id: 'raw',
  platformId: null,
  content: Buffer.from(mail),
  mediaType: 'message/rfc822',
  envelope: {},
  receivedAt,
});
const head =
  'From: =?utf-8?Q?J=C3=BCrgen?= Klein <klein@kunde.test>\nTo: service@shop.test\nSubject: Frage\nMessage-ID: <a@kunde.test>\nList-Post: <mailto:liste@kunde.test>\n';
const large = `${head}Content-Type: text/html; charset=utf-8\n\n${'<p>Hallo</p>'.repeat(1_000)}`;
/** A reader with a slow path: it never ends with the whole mail, and does with a few fields. */
const slow = (raw: Buffer | Uint8Array) => {
  if (raw.length > 2_000) for (;;);
  return parseMailSync(raw);
};

test('a mail that cannot be read in time is shown by its fields, unread, and answered by people only', async () => {
  const began = performance.now();
  const items = await parseInbound(intake(large), account, tools, slow, 200);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(items).toMatchObject([
    {
      kind: 'message',
      platformId: 'a@kunde.test',
      from: { value: 'klein@kunde.test', name: 'Jürgen Klein' },
      to: [{ address: 'service@shop.test' }],
      listAddresses: ['liste@kunde.test'],
      subject: 'Frage',
      text: '',
      html: null,
      attachments: [],
      facts: ['not_read'],
      neverAnswer: true,
    },
  ]);
  expect(warned).toMatchObject([{ intakeId: 'raw', bytes: large.length }]);
  // Whenever it is read with the slow path gone, it is the same message, whole.
  expect(await parseInbound(intake(large), account, tools)).toMatchObject([
    { platformId: 'a@kunde.test', html: expect.stringContaining('<p>Hallo</p>'), facts: [] },
  ]);
});

test('what is read within one silence of its transaction is stopped before that ends it', () => {
  expect(millisecondsFor(pieceSize)).toBeLessThan(idleMilliseconds - 500);
});

test.each<[string, string]>([
  ['without fields', `${'x'.repeat(20_000)}\n`],
  ['with fields only', `From: a@kunde.test\nX: ${'x'.repeat(200_000)}`],
  [
    'with long and doubled fields',
    `From: ${'a'.repeat(90_000)}@kunde.test\r\nFrom: b@kunde.test\r\nTo: ${'a@b.test, '.repeat(9_000)}\r\n\r\nx`,
  ],
])('a mail %s is shown too', async (_name, mail) => {
  expect(await parseInbound(intake(mail), account, tools, slow, 200)).toMatchObject([{ kind: 'message', text: '', facts: ['not_read'] }]);
});

test('an error of a reader is no matter of time', async () => {
  const broken = () => {
    throw new RangeError('broken');
  };
  await expect(parseInbound(intake(large), account, tools, broken)).rejects.toThrow(RangeError);
});
