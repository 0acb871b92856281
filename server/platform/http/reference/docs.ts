import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../context.ts';
import { fail } from '../../errors.ts';
import type { Module, Route } from '../../module.ts';
import type { Guard } from '../guard.ts';
import { openApi } from './openapi.ts';
import { referencePage } from './reference-page.ts';
import { style } from './style.ts';

/** `/api/openapi.json` and the reference page made from it. Both are public: they tell nothing about the company. */
export function installDocs(
  app: FastifyInstance,
  platform: Platform,
  modules: readonly Module[],
  routes: readonly Route[],
  guard: Guard,
): void {
  const errors = Object.assign({}, fail.catalogue, ...modules.map((m) => m.errors ?? {}));
  let made: ReturnType<typeof openApi> | undefined;
  const document = () => (made ??= openApi(routes, errors, platform.config.publicUrl));
  app.get('/api/openapi.json', { onRequest: guard() }, async () => document());
  app.get('/api/docs', { onRequest: guard() }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(referencePage(document())),
  );
  app.get('/api/docs.css', { onRequest: guard() }, async (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
}
