import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Endpoint, endpoint } from '../../../contract/core.ts';
import { cleanDatabase } from '../../testing/database.ts';
import { sql } from '../database/sql.ts';
import { fail as core, defineErrors } from '../errors.ts';
import { route } from '../module.ts';
import { emptyHouse, madeUp } from '../testing.ts';

const fail = defineErrors({ 'things.broken': { status: 409, title: 'The thing is broken.', help: 'Mend it.' } });
const output = z.object({ ok: z.boolean(), n: z.number() });
const at = (facts: Partial<Endpoint> & Pick<Endpoint, 'method' | 'path'>, input: z.ZodType = z.object({})) =>
  endpoint({ summary: 'A test.', access: 'signed_in', ...facts, input, output });

const kim = crypto.randomUUID();
let made = 0;
const endpoints = {
  create: at({ method: 'POST', path: '/things', creates: true }, z.object({ name: z.string().min(1).max(100) })),
  crash: at({ method: 'GET', path: '/crash' }),
  broken: at({ method: 'POST', path: '/broken' }),
  leaky: at({ method: 'GET', path: '/leaky', access: 'public' }),
  search: at({ method: 'GET', path: '/things', access: 'public' }, z.object({ q: z.string() })),
  after: at({ method: 'GET', path: '/after' }, z.object({ cursor: z.string() })),
  file: at({ method: 'GET', path: '/file', download: true }, z.object({ name: z.string() })),
  upload: at({ method: 'POST', path: '/files', creates: true, upload: true }, z.object({ content: z.custom<Uint8Array>() })),
  wish: at({ method: 'POST', path: '/wish', access: 'public' }),
  door: at(
    { method: 'POST', path: '/doors/:name', access: 'public', rawBody: true, creates: true, bodyLimit: 8 * 1024 * 1024 },
    z.object({ name: z.string(), content: z.custom<Uint8Array>() }),
  ),
};
const routes = [
  route(endpoints.wish, async () => ({ ok: true, n: 1 })),
  route(endpoints.door, async (_ctx, input) => ({ ok: true, n: (input as { content: Uint8Array }).content.length }), {
    knock: async (_platform, { name }) => {
      if (name !== 'known') throw core('core.not_found');
    },
  }),
  route(endpoints.create, async (ctx) => {
    made += 1;
    await ctx.db.exec(sql`insert into made values (${made})`);
    ctx.emit(madeUp('things.made'), { thingId: 'x' } as never);
    return { ok: true, n: made };
  }),
  route(endpoints.crash, () => Promise.reject(new Error('secret words of the database'))),
  route(endpoints.broken, async (ctx) => {
    await ctx.db.exec(sql`insert into made values (99)`);
    throw fail('things.broken', { who: 'kim' });
  }),
  route(endpoints.leaky, async () => ({ ok: true, n: 1, password: 'never' }) as { ok: boolean; n: number }),
  route(endpoints.search, async (ctx) => ({ ok: true, n: (await ctx.db.query(sql`select ${'x'}::text as x`)).length })),
  route(endpoints.after, async (ctx, input) => {
    const [id, at] = (input as { cursor: string }).cursor.split(' ');
    return { ok: true, n: (await ctx.db.query(sql`select where ${id}::uuid is null or ${at}::timestamptz is null`)).length };
  }),
  route(
    endpoints.file,
    async (_ctx, input) => ({ filename: (input as { name: string }).name, mediaType: 'text/plain', content: Buffer.from('x') }) as never,
  ),
  route(endpoints.upload, async (_ctx, input) => ({ ok: true, n: (input as { content: Uint8Array }).content.length })),
];

/** What is answered to whoever announces a large body and sends none of it. */
const beginBody = (target: string) =>
  new Promise<string>((resolve) => {
    const { port } = house.http.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{`),
    );
    socket.on('error', () => {});
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data));
    });
  });

let house: Awaited<ReturnType<typeof emptyHouse>>;
beforeAll(async () => {
  const database = await cleanDatabase();
  await database.pool.query('create table made (n int)');
  house = await emptyHouse([{ name: 'things', routes, errors: fail.catalogue }], { database });
});
afterAll(() => house.close());

const call = (method: 'GET' | 'POST', url: string, payload?: unknown, headers: Record<string, string> = {}) =>
  house.http.inject({
    method,
    url: `/api/v1${url}`,
    ...(payload === undefined ? {} : { payload: payload as object }),
    headers: { authorization: `Test ${kim}`, ...headers },
  });
const rows = async () => (await house.platform.database.pool.query<{ n: number }>('select n from made order by n')).rows.map((r) => r.n);

describe('an answer', () => {
  it('to bad input names every wrong field and changes nothing', async () => {
    const reply = await call('POST', '/things', { name: '' });
    expect(reply.statusCode).toBe(400);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json()).toMatchObject({ code: 'core.invalid_input', status: 400, fields: [{ path: 'name' }], help: expect.any(String) });
  });

  it('to a field nobody knows names it and what is near, and changes nothing; so does one to a parameter of a query', async () => {
    const before = await rows();
    const reply = await call('POST', '/things', { name: 'a', nmae: 'b' });
    expect([reply.statusCode, reply.json().fields]).toEqual([
      400,
      [{ path: 'nmae', message: 'There is no field nmae. Near it: name.', code: 'core.unknown_field', data: { field: 'nmae' } }],
    ]);
    expect(await rows()).toEqual(before);
    const asked = await call('GET', '/things?q=x&utm_source=mail');
    expect([asked.statusCode, asked.json().code, asked.json().fields]).toMatchObject([
      400,
      'core.invalid_input',
      [{ path: 'utm_source', code: 'core.unknown_field', data: { field: 'utm_source' } }],
    ]);
    expect((await call('GET', '/things?q=x')).statusCode).toBe(200);
  });

  it.each([['[1,2]'], ['"text"'], ['{"name":'], ['null'], [`{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`]])(
    'to a body like %s is a clear refusal',
    async (payload) => {
      const reply = await house.http.inject({
        method: 'POST',
        url: '/api/v1/things',
        payload,
        headers: { authorization: `Test ${kim}`, 'content-type': 'application/json' },
      });
      expect(reply.statusCode).toBe(400);
      expect(reply.json().code).toBe('core.invalid_input');
    },
  );

  it('to a huge body is 413', async () => {
    const reply = await call('POST', '/things', { name: 'x'.repeat(2 * 1024 * 1024) });
    expect([reply.statusCode, reply.json().code]).toEqual([413, 'core.too_large']);
  });

  it('of a fault of ours tells nothing but a request id', async () => {
    const reply = await call('GET', '/crash');
    expect(reply.statusCode).toBe(500);
    expect(reply.payload).not.toContain('secret words');
    expect(reply.json()).toMatchObject({ code: 'core.internal', instance: expect.stringMatching(/^r-/) });
  });

  it('of a domain error carries its code and data, and its transaction is undone', async () => {
    const reply = await call('POST', '/broken', {});
    expect(reply.json()).toMatchObject({
      status: 409,
      code: 'things.broken',
      title: 'The thing is broken.',
      help: 'Mend it.',
      data: { who: 'kim' },
    });
    expect(await rows()).not.toContain(99);
  });

  it('drops whatever the contract does not name', async () => {
    const reply = await house.http.inject({ method: 'GET', url: '/api/v1/leaky' });
    expect(reply.json()).toEqual({ ok: true, n: 1 });
  });

  it('to text the database cannot hold is bad input, not a fault', async () => {
    const reply = await call('POST', '/things', { name: 'a\u0000b' });
    expect(reply.statusCode).toBeLessThan(500);
  });
});

describe('what somebody made by hand', () => {
  it.each([
    ['-'.repeat(36), '2026-01-01'],
    [crypto.randomUUID(), 'yesterdayish'],
    [crypto.randomUUID(), '999999-01-01'],
  ])('as a cursor, %s %s, is bad input and no fault of ours', async (id, at) => {
    const reply = await call('GET', `/after?cursor=${encodeURIComponent(`${id} ${at}`)}`);
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'core.invalid_input']);
  });

  it.each([
    ['breaks lines', 'a"\r\nset-cookie: x=1; .txt'],
    ['is cut within a character', `${'a'.repeat(199)}😀.pdf`],
    ['reads backwards', 'invoice\u202efdp.exe'],
  ])('as a file name that %s is sent harmless', async (_what, name) => {
    const reply = await call('GET', `/file?name=${encodeURIComponent(name)}`);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(decodeURIComponent(String(reply.headers['content-disposition']))).not.toMatch(/[\r\n\u202e]/);
  });

  it.each(['//', 'http://[', '/api/v1/stream', '*'])('as an upgrade of %s does not end the process', async (target) => {
    const { port } = house.http.server.address() as { port: number };
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
      );
      socket.on('data', (data) => (text += String(data))).on('error', () => {});
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`${house.origin}/health/live`)).status).toBe(200);
  });
});

describe('a request that creates', () => {
  it('with the same key is done once and answered twice the same, at the same time too', async () => {
    const before = (await rows()).length;
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/things', { name: 'one' }, { 'idempotency-key': 'k1' })),
    );
    expect(replies.map((r) => r.statusCode)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(replies.map((r) => r.payload)).size).toBe(1);
    expect(await rows()).toHaveLength(before + 1);
  });

  it('with the same key and another body is refused', async () => {
    await call('POST', '/things', { name: 'one' }, { 'idempotency-key': 'k2' });
    const reply = await call('POST', '/things', { name: 'two' }, { 'idempotency-key': 'k2' });
    expect([reply.statusCode, reply.json().code]).toEqual([422, 'core.idempotency_mismatch']);
  });

  it('by a file is told apart by its bytes', async () => {
    const send = (payload: Buffer) =>
      house.http.inject({
        method: 'POST',
        url: '/api/v1/files',
        payload,
        headers: { authorization: `Test ${kim}`, 'content-type': 'application/octet-stream', 'idempotency-key': 'k3' },
      });
    expect((await send(Buffer.alloc(300_000, 1))).json()).toEqual({ ok: true, n: 300_000 });
    expect((await send(Buffer.alloc(300_000, 1))).json()).toEqual({ ok: true, n: 300_000 });
    expect((await send(Buffer.alloc(300_000, 2))).statusCode).toBe(422);
  });

  it('leaves its reply, which may show a secret once, to nobody who reads the table', async () => {
    await call('POST', '/things', { name: 'one' }, { 'idempotency-key': 'k4' });
    const { rows: stored } = await house.platform.database.pool.query('select reply::text from idempotency_keys');
    // The reply says { "ok": … }; sealed text may hold the letters by chance, but not with their quotation mark.
    expect(JSON.stringify(stored)).not.toMatch(/ok\\*"/);
  });
});

describe('the door', () => {
  it('lets nobody in unasked', async () => {
    const reply = await house.http.inject({ method: 'POST', url: '/api/v1/things', payload: { name: 'x' } });
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'core.not_signed_in']);
  });

  it('lets no stranger send a large file before saying so', async () => {
    const { port } = house.http.server.address() as { port: number };
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('POST /api/v1/files HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 900000\r\n\r\n'),
      );
      socket.on('error', () => {});
      socket.once('data', (data) => {
        socket.destroy();
        resolve(String(data));
      });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each([
    ['to an endpoint that needs a sign-in', '/api/v1/things', '401'],
    ['to an endpoint that needs a sign-in, its address written otherwise', '/%61pi/%761/things', '401'],
    ['to nothing that is there', '/api/v1/nothing', '404'],
    ['to a door that does not know them', '/api/v1/doors/unknown', '404'],
    ['larger than a stranger may', '/api/v1/wish', '413'],
  ])('receives no body of a stranger %s', async (_what, target, status) => {
    expect(await beginBody(target)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\r\nconnection: close\r\n`, 'i'));
  });

  it('holds no more of what strangers begin to send than their share, each network its own, and gives it back', async () => {
    const piece = Buffer.alloc(7 * 1024 * 1024);
    const send = (address: string, rest = 1) => {
      const body = new PassThrough();
      body.write(piece);
      const reply = house.http.inject({
        method: 'POST',
        url: '/api/v1/doors/known',
        remoteAddress: address,
        payload: body,
        headers: { 'content-type': 'text/plain', 'content-length': String(piece.length + rest) },
      });
      return { body, reply };
    };
    const waiting = [send('203.0.113.1'), send('203.0.113.1'), send('2a00::1'), send('2a00::2')];
    const areHeld = () => waiting.every(({ body }) => body.readableLength === 0);
    await expect.poll(areHeld).toBe(true);
    for (const address of ['203.0.113.1', '::ffff:203.0.113.1', '2a00::3']) {
      const refused = send(address);
      expect([(await refused.reply).statusCode, (await refused.reply).json().code]).toEqual([503, 'core.busy']);
    }
    waiting.push(send('203.0.113.2'), send('203.0.113.3'));
    await expect.poll(areHeld).toBe(true);
    expect((await send('203.0.113.4').reply).statusCode).toBe(503);
    for (const { body } of waiting) body.end('x');
    for (const { reply } of waiting) expect((await reply).json()).toEqual({ ok: true, n: piece.length + 1 });
    const after = send('203.0.113.4');
    after.body.end('x');
    expect((await after.reply).statusCode).toBe(201);
  });

  it('takes no change from a foreign page', async () => {
    const reply = await house.http.inject({
      method: 'POST',
      url: '/api/v1/broken',
      payload: {},
      headers: { authorization: `Test ${kim}`, origin: 'https://evil.example' },
    });
    // With a token the caller is a program, which a foreign page cannot make it; without one the cookie decides.
    expect(reply.statusCode).toBe(409);
    const bare = await house.http.inject({ method: 'GET', url: '/api/v1/leaky', headers: { origin: 'https://evil.example' } });
    expect(bare.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('sends headers that forbid script from elsewhere, framing and sniffing', async () => {
    const { headers } = await house.http.inject({ method: 'GET', url: '/api/v1/leaky' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const own = new URL(house.platform.config.publicUrl).host;
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://${own};`);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('describes itself: OpenAPI 3.1 with every route, and a page to read', async () => {
    const document = (await house.http.inject({ method: 'GET', url: '/api/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted()).toEqual(
      [...new Set(routes.map(({ endpoint: { path } }) => path.replace(/:(\w+)/, '{$1}')))].toSorted(),
    );
    const page = await house.http.inject({ method: 'GET', url: '/api/docs' });
    expect(page.payload).toContain('things.broken');
    // Our policy lets no page style itself, and backticks are for code.
    expect(page.payload).not.toMatch(/<style|style=|`/);
    const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page.payload) ?? [];
    const look = await house.http.inject({ method: 'GET', url: sheet });
    expect([look.statusCode, look.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
  });

  it('says whether it lives, is ready, and how it fares', async () => {
    expect((await house.http.inject('/health/live')).json()).toEqual({ live: true });
    expect((await house.http.inject('/health/ready')).json()).toEqual({ ready: true });
    expect((await house.http.inject('/metrics')).payload).toContain('nahbar_http_request_seconds');
    const stranger = await house.http.inject({ url: '/metrics', remoteAddress: '203.0.113.9' });
    expect(stranger.statusCode).toBe(403);
  });

  it('says soon that it is not ready when the database hangs', async () => {
    const { pool } = house.platform.database;
    const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
    const reply = await house.http.inject('/health/ready');
    for (const client of held) client.release();
    expect([reply.statusCode, reply.json()]).toEqual([503, { ready: false, reason: 'database' }]);
    expect((await house.http.inject('/health/ready')).statusCode).toBe(200);
  });

  it('believes the proxy in front of it, and not what the caller told the proxy', async () => {
    const behind = await emptyHouse([], { env: { NAHBAR_TRUST_PROXY: '1' } });
    const metrics = (chain: string) => behind.http.inject({ url: '/metrics', headers: { 'x-forwarded-for': chain } });
    expect((await metrics('127.0.0.1, 203.0.113.9')).statusCode).toBe(403);
    expect((await metrics('203.0.113.9, 127.0.0.1')).statusCode).toBe(200);
    await behind.close();
  });
});

describe('how often somebody may come', () => {
  let limited: typeof house;
  const limit = 6;
  beforeAll(async () => {
    limited = await emptyHouse([{ name: 'things', routes, errors: fail.catalogue }], { env: { NAHBAR_RATE_LIMIT: String(5 * limit) } });
  });
  afterAll(() => limited.close());
  let from = 0;
  beforeEach(() => (from += 1));
  const passed = async (times: number, request: (n: number) => object) => {
    const statuses: number[] = [];
    for (let n = 0; n < times; n += 1)
      statuses.push((await limited.http.inject({ remoteAddress: `203.0.113.${from}`, ...request(n) })).statusCode);
    return statuses.filter((status) => status !== 429).length;
  };

  it.each([
    ['/api/v1/leaky', { method: 'GET' }],
    ['/api/%761/leaky', { method: 'GET' }],
    ['/%61%70i/v1/leaky', { method: 'GET' }],
    ['/api/v1/leaky?x=%2fapi', { method: 'GET' }],
    ['/api/openapi.json', { method: 'GET' }],
    ['/api/v1/things', { method: 'POST' }],
    ['/api/v1/wish', { method: 'POST', payload: '{"broken":', headers: { 'content-type': 'application/json' } }],
    ['/api/v1/wish', { method: 'POST', payload: '<x/>', headers: { 'content-type': 'text/xml' } }],
  ])('counts a stranger at %s, however it is asked', async (url, request) => {
    expect(await passed(3 * limit, () => ({ url, ...request }))).toBe(limit);
  });

  it('counts the addresses of one IPv6 network together, and those of two apart', async () => {
    const url = '/api/v1/leaky';
    expect(await passed(3 * limit, (n) => ({ url, remoteAddress: `2a00:${from}::${n + 1}` }))).toBe(limit);
    expect(await passed(3 * limit, (n) => ({ url, remoteAddress: `2a00:${from}:${n + 1}::1` }))).toBe(3 * limit);
    expect(await passed(3 * limit, (n) => ({ url, remoteAddress: `${n % 2 ? '::ffff:' : ''}203.0.113.${from}` }))).toBe(limit);
  });

  it('counts who signed in by themselves, from wherever', async () => {
    const headers = { authorization: `Test ${kim}` };
    expect(await passed(5 * limit + 3, (n) => ({ url: '/api/v1/leaky', headers, remoteAddress: `203.0.114.${n}` }))).toBe(5 * limit);
  });
});
