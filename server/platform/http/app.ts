import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import path from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import helmet from 'helmet';
import type { Actor } from '../actor.ts';
import type { Platform } from '../context.ts';
import { fail } from '../errors.ts';
import type { Module, Route } from '../module.ts';
import type { LineServer } from '../realtime/lines.ts';
import type { StreamServer } from '../realtime/stream.ts';
import { carriesBody, createBodies } from './bodies.ts';
import { createGuard } from './guard.ts';
import { installEmbeds } from './embeds.ts';
import { installHealth } from './health.ts';
import { problemOf, sendProblem } from './problem.ts';
import { installDocs } from './reference/docs.ts';
import { installRoute } from './routes.ts';
import { installWeb } from './web.ts';

/** What the platform asks of the room that knows people: who sends this request? Undefined when nobody signed in. */
export type Authenticate = (credentials: {
  cookies: Readonly<Record<string, string | undefined>>;
  authorization: string | undefined;
}) => Promise<Actor | undefined>;

export interface HttpOptions {
  platform: Platform;
  modules: readonly Module[];
  authenticate: Authenticate;
  stream: StreamServer;
  lines: LineServer;
  /** Folder of the built web application; without it only the API answers. */
  webFolder?: string;
  /** Folder of the built scripts for other people's pages. */
  embedFolder?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined;
    /** Signed in by cookie, so a foreign page could have sent it. */
    byCookie: boolean;
  }
}

/** The web server: API, live stream, reference page, health, metrics and the web application. Not yet listening. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { platform, modules, stream } = options;
  const app = fastify({
    logger: false,
    // One proxy: its own entry, the last one. Those before it are whatever the caller wrote.
    trustProxy: platform.config.trustProxy && ((_address: string, hop: number) => hop === 0),
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
    // Long enough for forty megabytes over a slow line, and an end for whoever sends a byte a minute.
    requestTimeout: 10 * 60_000,
    genReqId: () => `r-${Math.random().toString(36).slice(2, 12)}`,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { removeAdditional: false } },
  });
  // Inputs are validated by the contract's own schemas; fastify only serialises.
  app.setValidatorCompiler(() => () => true);
  app.decorateRequest('actor', undefined);
  app.decorateRequest('byCookie', false);

  await app.register(fastifyCookie);
  let secured: OutgoingHttpHeaders | undefined;
  app.addHook('onRequest', (_request, reply, next) => {
    void reply.headers((secured ??= securityHeaders(platform.config.publicUrl)));
    next();
  });
  const guard = await createGuard(app, platform, options.authenticate);
  // A body nobody waits for is not received.
  app.addHook('onRequest', (request, _reply, next) => next(request.is404 && carriesBody(request) ? fail('core.not_found') : undefined));
  app.setErrorHandler((error, request, reply) => sendProblem(reply, problemOf(error, request.id, platform.log)));
  app.setNotFoundHandler((request, reply) => sendProblem(reply, problemOf(fail('core.not_found'), request.id, platform.log)));

  const routes: Route[] = modules.flatMap((m) => m.routes ?? []);
  const bodies = createBodies();
  for (const route of routes) installRoute(app, platform, route, { guard, bodies });
  installHealth(app, platform, modules, guard);
  installDocs(app, platform, modules, routes, guard);
  if (options.embedFolder) await installEmbeds(app, path.resolve(options.embedFolder));
  if (options.webFolder) await installWeb(app, path.resolve(options.webFolder));

  app.server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    socket.on('error', () => {});
    // Anybody can send anything here, and nobody above catches: `//` is no address.
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    const below = url?.pathname.startsWith('/api/v1/') ? url.pathname.slice('/api/v1'.length) : '';
    if (options.lines.opens(below)) return options.lines.upgrade(request, socket, head, below);
    if (url?.pathname !== '/api/v1/stream') return refuse('404 Not Found');
    if (!sameOrigin(request.headers.origin, request.headers.host)) return refuse('403 Forbidden');
    options
      .authenticate({ cookies: app.parseCookie(request.headers.cookie ?? ''), authorization: request.headers.authorization })
      .then((actor) => {
        if (!actor) return request.headers.origin ? stream.turnAway(request, socket, head) : refuse('401 Unauthorized');
        stream.upgrade(request, socket, head, actor, url.searchParams.get('cursor') ?? undefined);
      })
      .catch((error: unknown) => {
        platform.log.warn({ err: error }, 'live stream refused');
        refuse('503 Service Unavailable');
      });
  });
  return app;
}

/** The same for every answer, so they are made once: with the first, when it is known where people find the server. */
function securityHeaders(publicUrl: string): OutgoingHttpHeaders {
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", socketsOf(publicUrl)],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: publicUrl.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  secure(request, response, (error) => {
    if (error) throw error;
  });
  return response.getHeaders();
}

/** `'self'` covers the live stream in current browsers; older ones want its address said. */
function socketsOf(publicUrl: string): string {
  const { protocol, host } = new URL(publicUrl);
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
}

/** Browsers name the page's origin; other programs name none and carry no foreign person's cookie. */
export function sameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (!origin) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
