import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../server/platform/database/sql.ts';
import { type ChatHouse, chatHouse } from './testing/house.ts';
import { type Page, page } from './testing/visitor.ts';
import { bareEnv } from '../../server/testing/bare-env.ts';

let house: ChatHouse;
let visitor: Page;
beforeAll(async () => {
  house = await chatHouse();
  visitor = page(house.base, house.chat);
});
afterAll(() => house.h.close());

describe('what visitors say counts once', () => {
  it('however often, however mixed, and at whatever the same moment the page repeats it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 14 }),
        fc.boolean(),
        async (sayings, atOnce) => {
          const secrets = await Promise.all([0, 1, 2].map(async () => (await visitor.start()).secret));
          const say = ([who, what]: [number, number]) => visitor.say(secrets[who] ?? '', `Satz ${what}`, { id: `sentence-${what}` });
          if (atOnce) await Promise.all(sayings.map(say));
          else for (const one of sayings) expect((await say(one)).status).toBe(200);
          await house.settle();
          for (const [who, secret] of secrets.entries()) {
            const shown = (await visitor.look(secret)).messages.map(({ id }) => id);
            const said = [...new Set(sayings.filter(([one]) => one === who).map(([, what]) => `sentence-${what}`))];
            expect(shown.toSorted()).toEqual(said.toSorted());
            if (!atOnce) expect(shown).toEqual(said);
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 90_000);

  it('also when the text under an id is another the second time: the first one stands', async () => {
    const { secret } = await visitor.start();
    await visitor.say(secret, 'zuerst', { id: 'one-and-only' });
    await visitor.say(secret, 'danach', { id: 'one-and-only' });
    await house.settle();
    expect((await visitor.look(secret)).messages.map(({ text }) => text)).toEqual(['zuerst']);
  });
});

describe('what cannot be', () => {
  it.each([
    ['no JSON', '{"secret"'],
    ['a list', '[]'],
    ['nothing', ''],
    ['zero bytes and halves of characters', JSON.stringify({ text: '\u0000\ud800' })],
  ])('%s is refused, and nothing is stored', async (_what, body) => {
    const before = await stored();
    const response = await fetch(`${house.base}/api/v1/channels/accounts/${house.chat}/entrance/say`, {
      method: 'POST',
      headers: { origin: 'https://www.shop.example' },
      body,
    });
    expect(response.status).toBe(400);
    expect(await stored()).toBe(before);
  });

  it('whatever comes, the server answers with less than 500', async () => {
    const { secret } = await visitor.start();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('start', 'look', 'say', 'read', 'file', 'transcript', 'unknown'),
        fc.dictionary(
          fc.constantFrom('id', 'text', 'name', 'language', 'address', 'files', 'token', 'timeZone', '__proto__'),
          fc.jsonValue(),
        ),
        async (name, body) => (await visitor.call(name, { secret, ...body })).status < 500,
      ),
      { numRuns: 150 },
    );
    await house.settle();
  });

  it.each([
    ['more than a message holds', { text: 'x'.repeat(4_001) }],
    ['six files', { files: Array.from({ length: 6 }, () => ({ name: 'a', type: 'text/plain', base64: '' })) }],
    ['a program', { files: [{ name: 'a.html', type: 'text/html', base64: '' }] }],
    ['what is no base64', { files: [{ name: 'a', type: 'text/plain', base64: '<script>' }] }],
    ['a short id', { id: 'x' }],
    ['nothing at all', { text: '  ' }],
  ])('%s is refused', async (_what, more) => {
    const { secret } = await visitor.start();
    expect((await visitor.say(secret, 'x', more)).status).toBe(400);
  });

  it('nine megabytes of files are too large, eight are taken and come back as they were', async () => {
    const { secret } = await visitor.start();
    const file = (bytes: number) => ({ name: 'bild.png', type: 'image/png', base64: Buffer.alloc(bytes, 7).toString('base64') });
    const half = 4 * 1024 * 1024 + 1;
    expect((await visitor.say(secret, '', { files: [file(half), file(half)] })).reason).toBe('files_too_large');
    expect((await visitor.say(secret, '', { id: 'large-file', files: [file(2 * half - 2)] })).status).toBe(200);
    await house.settle();
    const [shown] = (await visitor.look(secret)).messages;
    const { bytes } = await visitor.call('file', { secret, id: shown?.files[0]?.id });
    expect(bytes.length).toBe(2 * half - 2);
  });

  it('more than thirty messages a minute are too many; the next minute takes more', async () => {
    const { secret } = await visitor.start();
    const statuses = [];
    for (let n = 0; n < 32; n += 1) statuses.push((await visitor.say(secret, `${n}`)).status);
    expect(statuses.filter((status) => status === 200).length).toBe(30);
    expect(statuses.at(-1)).toBe(429);
    house.h.clock.advance(61_000);
    expect((await visitor.say(secret, 'later')).status).toBe(200);
    await house.settle();
  });
});

/** A server process of its own on the same database, killed while visitors write; they repeat what was not confirmed, as their pages do. */
it('a server that is killed again and again loses nothing that it confirmed and doubles nothing', async () => {
  const said = new Map<string, string[]>();
  const start = async (): Promise<{ base: string; kill(): Promise<void> }> => {
    const child = spawn(process.execPath, [new URL('../../server/testing/web-process.ts', import.meta.url).pathname], {
      env: {
        ...bareEnv,
        DATABASE_URL: house.h.house.platform.database.url,
        DATABASE_CONNECTIONS: '6',
        NAHBAR_DATA: '/nonexistent',
        NAHBAR_RATE_LIMIT: '0',
        NAHBAR_PROCESS: 'web',
        PORT: '0',
        LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const [address] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    return {
      base: address.toString().trim(),
      async kill() {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      },
    };
  };
  const secrets = await Promise.all(Array.from({ length: 4 }, async () => (await visitor.start()).secret));
  for (let round = 0; round < 3; round += 1) {
    const server = await start();
    const there = page(server.base, house.chat);
    const writers = secrets.map(async (secret, who) => {
      for (let n = 0; n < 6; n += 1) {
        const id = `round-${round}-${n}`;
        said.set(secret, [...(said.get(secret) ?? []), id]);
        // As the page: again until somebody confirms it, here by the process that goes on living.
        const done = await there.say(secret, `${who} ${id}`, { id }).then(
          ({ status }) => status === 200,
          () => false,
        );
        if (!done) expect((await visitor.say(secret, `${who} ${id}`, { id })).status).toBe(200);
      }
    });
    // Some answers are on their way when it dies.
    await new Promise((resolve) => setTimeout(resolve, 20 + 30 * round));
    await server.kill();
    await Promise.all(writers);
  }
  await house.settle();
  for (const secret of secrets) {
    const shown = (await visitor.look(secret)).messages.map(({ id }) => id);
    // The two processes have clocks of their own here, days apart: what is asked is that each is there, once.
    expect(shown.toSorted()).toEqual(said.get(secret)?.toSorted());
  }
}, 120_000);

const stored = async (): Promise<number> => (await house.h.db.one<{ n: number }>(sql`select count(*)::int as n from intake`)).n;
