import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ZodType, z } from 'zod';
import type { Endpoint } from '../../../contract/core.ts';
import { type Actor, mayAtAll, nobody } from '../actor.ts';
import { type Platform, reading, transaction } from '../context.ts';
import { fail, invalidInput } from '../errors.ts';
import type { Download, RequestFacts, Route } from '../module.ts';
import { sameOrigin } from './app.ts';
import { type Bodies, carriesBody, hurry } from './bodies.ts';
import { fieldProblems } from './field-problems.ts';
import type { Guard } from './guard.ts';
import { type Keyed, keyed, once } from './idempotency.ts';
import { write } from './write.ts';
import { Written } from './written.ts';

interface Doors {
  guard: Guard;
  bodies: Bodies;
}

/** Hangs one contract endpoint into the server: who, may they, is the input right, unit of work, reply. */
export function installRoute(app: FastifyInstance, platform: Platform, route: Route, doors: Doors): void {
  const { upload, rawBody } = route.endpoint;
  if (!upload && !rawBody) return addRoute(app, platform, route, doors);
  // In a scope of its own, where bodies stay bytes: of every media type for callers who sign them, of files else.
  void app.register(async (scope) => {
    if (rawBody) scope.removeAllContentTypeParsers();
    const read = (request: FastifyRequest, body: IncomingMessage) => doors.bodies.read(request, body);
    scope.addContentTypeParser(rawBody ? '*' : 'application/octet-stream', read);
    addRoute(scope, platform, route, doors);
  });
}

const defaultBody = 1024 * 1024;
/** Of a stranger less is believed: the longest thing one can send is an answer of a passkey. */
const publicBody = 64 * 1024;

function addRoute(app: FastifyInstance, platform: Platform, route: Route, { guard, bodies }: Doors): void {
  const { endpoint } = route;
  const input = endpoint.input as ZodType;
  const checkOutput = process.env['NODE_ENV'] === 'test' && !endpoint.download;
  const isPublic = endpoint.access === 'public';
  const isLarge = endpoint.upload === true || endpoint.rawBody === true;
  const isWaitedFor = isPublic && endpoint.method !== 'GET' && !isLarge;
  const enter = guard(endpoint.ratePerMinute);
  app.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path}`,
    bodyLimit: endpoint.bodyLimit ?? (isPublic ? publicBody : defaultBody),
    // Bodies are held in memory: a stranger, or whoever may not send one, is refused before it comes.
    onRequest: async function (request, reply) {
      await enter.call(this, request, reply);
      if (!request.actor && !isPublic) throw fail('core.not_signed_in');
      if (isWaitedFor && carriesBody(request)) hurry(request);
      if (!isLarge) return;
      admit(route, request);
      await route.knock?.(platform, request.params as Record<string, string | undefined>, {
        headers: request.headers as Readonly<Record<string, string | undefined>>,
        setHeader: (name, value) => void reply.header(name, value),
      });
      bodies.expect(request, reply);
    },
    ...(endpoint.download
      ? {}
      : { schema: { response: { '2xx': {} } }, serializerCompiler: () => (reply) => write(endpoint.output, reply) }),
    handler: async (request, reply) => {
      const actor = admit(route, request);
      const parsed = input.safeParse(gather(endpoint.upload === true || endpoint.rawBody === true, request));
      if (!parsed.success) throw invalidInput(fieldProblems(parsed.error.issues.slice(0, 20)));
      const log = () => platform.log.child({ requestId: request.id, actorId: actor.id });
      const handle = (ctx: Parameters<Route['handle']>[0]) => route.handle(ctx, parsed.data as never, facts);
      const key = keyOf(endpoint, request, actor, parsed.data as object);
      const facts = requestFacts(request, reply, platform.config.publicUrl, key);
      const success = endpoint.creates ? 201 : 200;
      let result: unknown;
      let status = success;
      if (endpoint.method === 'GET' || route.bare) result = await handle(reading(platform, actor, { causationId: request.id, log }));
      else if (key) {
        const answer = await transaction(
          platform,
          actor,
          (ctx) => once(ctx, key, async () => ({ status: success, reply: await handle(ctx) })),
          { causationId: request.id, log },
        );
        result = answer.reply;
        status = answer.status;
      } else result = await transaction(platform, actor, handle, { causationId: request.id, log });

      if (endpoint.download && isDownload(result)) return sendDownload(reply, result);
      const written = result instanceof Written ? result.json : undefined;
      if (checkOutput) (endpoint.output as ZodType).parse(z.json().parse(JSON.parse(written?.toString() ?? JSON.stringify(result))));
      void reply.code(status).header('cache-control', 'no-store');
      return written === undefined ? reply.send(result) : reply.type('application/json; charset=utf-8').send(written);
    },
  });
}

/** Denies by default: signed in, allowed at all, and not sent by a foreign page. */
function admit(route: Route, request: FastifyRequest): Actor {
  const { access, method, anyOrigin } = route.endpoint;
  if (method !== 'GET' && !anyOrigin && (request.byCookie || access === 'public')) {
    const marked = request.headers['x-nahbar'] === '1';
    if (!sameOrigin(request.headers.origin, request.headers.host) || (request.byCookie && !marked)) throw fail('core.csrf');
  }
  if (access === 'public') return request.actor ?? nobody;
  if (!request.actor) throw fail('core.not_signed_in');
  if (access !== 'signed_in' && !mayAtAll(request.actor, access)) throw fail('core.forbidden', { right: access });
  return request.actor;
}

/** The key of a request that is to be done once, however often it is sent. */
function keyOf({ method, path, creates, once }: Endpoint, request: FastifyRequest, actor: Actor, input: object): Keyed | undefined {
  const key = creates || once ? request.headers['idempotency-key'] : undefined;
  if (typeof key !== 'string' || key === '') return undefined;
  if (key.length > 200) throw invalidInput([{ path: 'Idempotency-Key', message: 'At most 200 characters.' }]);
  return keyed(actor.id ?? request.ip, key, { method, path, input });
}

function gather(upload: boolean, request: FastifyRequest): Record<string, unknown> {
  const body = request.body;
  if (upload) return { ...(request.query as object), ...(request.params as object), content: body ?? Buffer.alloc(0) };
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw invalidInput([{ path: '', message: 'A JSON object is expected.' }]);
  return { ...(request.query as object), ...(body as object | undefined), ...(request.params as object) };
}

function requestFacts(request: FastifyRequest, reply: FastifyReply, publicUrl: string, key: Keyed | undefined): RequestFacts {
  return {
    key,
    ip: request.ip,
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, 300),
    headers: request.headers as Readonly<Record<string, string | undefined>>,
    cookies: request.cookies,
    requestId: request.id,
    setHeader: (name, value) => void reply.header(name, value),
    setCookie(name, value, { maxAgeSeconds, httpOnly = true }) {
      // Behind a proxy the request itself may look plain; the address people use says what they use.
      const secure = request.protocol === 'https' || publicUrl.startsWith('https:');
      void reply.setCookie(name, value, {
        path: '/',
        httpOnly,
        sameSite: 'lax',
        secure,
        ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      });
    },
  };
}

const isDownload = (result: unknown): result is Download =>
  typeof result === 'object' && result !== null && 'content' in result && 'mediaType' in result;

/** What a customer sent must never run in our page: saved, not shown, unless the kind cannot run; and boxed in even then. */
function sendDownload(reply: FastifyReply, file: Download): FastifyReply {
  // Well-formed after the cut, which may have gone through the middle of a character.
  const name = file.filename
    .replace(/[\p{Cc}\p{Cf}"\\/]/gu, '_')
    .slice(0, 200)
    .toWellFormed();
  void reply
    .header('content-type', file.mediaType)
    .header(
      'content-disposition',
      `${file.inline ? 'inline' : 'attachment'}; filename="${name.replace(/[^ -~]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .header('content-security-policy', policyOf(file))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, max-age=300');
  if (file.headers) void reply.headers(file.headers);
  if (file.size !== undefined) void reply.header('content-length', String(file.size));
  return reply.send(file.content instanceof Uint8Array ? Buffer.from(file.content) : (file.content as Readable));
}

function policyOf({ page }: Download): string {
  if (!page) return "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox";
  const pictures = page.remoteImages ? "'self' data: blob: http: https:" : "'self' data: blob:";
  // Same origin, so that the mail's own pictures load with the reader's session; without allow-scripts nothing can use that.
  return `default-src 'none'; img-src ${pictures}; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox`;
}
