import { describe, expect, test } from 'vitest';
import { sanitizeHtml } from '../../../server/platform/html/index.ts';
import { mailAccount, memoryTools } from '../testing/memory-tools.ts';
import { htmlFromText, textFromHtml } from './html-text.ts';
import { parseInbound } from './inbound/inbound.ts';
import { parseMailSync } from './parse.ts';
import { lines, longLines, places, repeated, units } from './testing/hostile.ts';

const account = mailAccount('service@shop.test', { trustedAuthserv: 'mx.shop.test' });
const tools = memoryTools([account]);
const receivedAt = new Date('2026-11-22T10:00:00Z');

/** Everything that looks at a mail: the parsing, and the sanitiser when somebody opens it. */
async function read(mail: string): Promise<void> {
  const raw = { id: 'raw', platformId: null, content: Buffer.from(mail), mediaType: 'message/rfc822', envelope: {}, receivedAt };
  for (const item of await parseInbound(raw, account, tools)) {
    if (item.kind === 'message' && item.html !== null) show(item.html);
  }
}

const show = (html: string) => sanitizeHtml(html, { allowRemoteImages: false, cidUrl: () => null, plainText: '' });

/** Milliseconds of the processor, which other work on the machine does not lengthen as it does those of the clock. */
async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return process.cpuUsage(before).user / 1_000;
}

/** The least of some: what the collector of garbage took is no property of the mail. */
async function leastCost(work: () => unknown, times = 4): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) least = Math.min(least, await cost(work));
  return least;
}

// A reader that is linear takes some milliseconds for 64 KB; one with a square in it takes seconds.
const small = 16 * 1024;
const large = 64 * 1024;
const unsuspicious = 25;
const allowed = 200;

describe('a hostile mail costs no more than another of its size', () => {
  test.each(places.map((place) => [place.name, place] as const))(
    'in %s',
    async (_, place) => {
      const everything = [...units, ...(place.hasLines ? lines : []), ...(place.hasLongLines ? longLines : [])];
      const faults: string[] = [];
      for (const unit of everything) {
        const little = place.mail(repeated(unit, small));
        if ((await cost(() => read(little))) < unsuspicious) continue;
        const much = place.mail(repeated(unit, large));
        const once = await cost(() => read(much));
        if (once <= allowed) continue;
        const one = await leastCost(() => read(little));
        const isTooMuch = (four: number) => four > 1_000 || (four > allowed && four > 10 * one);
        // It costs no more than it did once.
        if (!isTooMuch(once)) continue;
        const four = await leastCost(() => read(much));
        if (isTooMuch(four)) faults.push(`${JSON.stringify(unit[0].slice(0, 40))}: ${one} ms, ${four} ms`);
      }
      expect(faults).toEqual([]);
    },
    120_000,
  );

  // What a review of 2026-11 found, in its own sizes: each took from six to more than thirty seconds.
  test.each<[string, string]>([
    ['parentheses that never close', `From: a@b.de\nAuto-Submitted: ${'('.repeat(60_000)}\n\nx\n`],
    ['parentheses in the encoding', `From: a@b.de\nContent-Transfer-Encoding: ${'('.repeat(60_000)}\n\nx\n`],
    ['brackets in a list name', `From: a@b.de\nList-Id: ${'<'.repeat(65_536)}\n\nx\n`],
    ['blanks in quoted-printable', `From: a@b.de\nContent-Transfer-Encoding: quoted-printable\n\n${' '.repeat(200_000)}x\n`],
    ['signatures', `From: a@b.de\n\n${'-- \n'.repeat(32_768)}`],
    ['signatures with a word each', `From: a@b.de\n\n${'-- \nx\n'.repeat(32_768)}`],
    ['an address of the original author', `From: service@shop.test\nX-Original-From: ${'a@'.repeat(30_000)} x\n\nx\n`],
    ['an address above a colon', `From: a@b.de\n\n${'a@'.repeat(30_000)}\nx schrieb:\n`],
    ['base64 blocks that never end', `From: a@b.de\n\n${'begin-base64 644 a\n'.repeat(60_000)}`],
    ['blanks in a parameter', `From: a@b.de\nContent-Type: text/plain; a=b${' '.repeat(60_000)}x\n\nx\n`],
    ['conditional comments', `From: a@b.de\nContent-Type: text/html\n\n${'<!['.repeat(600_000)}>`],
    ['instructions', `From: a@b.de\nContent-Type: text/html\n\n${'<?'.repeat(900_000)}`],
    ['brackets before a tag ends', `From: a@b.de\nContent-Type: text/html\n\n${'<'.repeat(1_000_000)}>`],
    ['links within links', `From: a@b.de\nContent-Type: text/html\n\n${'<a href=http://x.de>x'.repeat(20_000)}${'</a>'.repeat(20_000)}`],
  ])('%s', async (_, mail) => {
    // More than the steps need by far, and a tenth of what they took.
    expect(await leastCost(() => read(mail), 2)).toBeLessThan(mail.length > 500_000 ? 3_000 : 600);
  });

  test('quotes around every line make no gigabyte', () => {
    const text = textFromHtml(`${'<blockquote>'.repeat(50)}<pre>${'x\n'.repeat(400_000)}`);
    expect(text.length).toBeLessThan(50_000_000);
    expect(htmlFromText('a\n\n\n').endsWith('<p>a</p>')).toBe(true);
  });

  test('a long header value is cut for those who look at it and stays whole beside', () => {
    const mail = parseMailSync(Buffer.from(`From: a@b.de\nSubject: ${'x'.repeat(5_000)}\n\nx\n`));
    expect(mail.subject).toBe('x'.repeat(2_000));
    expect(mail.headers[1]?.raw).toHaveLength(5_000);
  });
});
