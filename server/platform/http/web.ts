import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * The built web application. Its hashed assets never change; a page beside the main one answers at its name; every other path that is not the API gets the
 * main page, whose router does the rest.
 */
export async function installWeb(app: FastifyInstance, folder: string): Promise<void> {
  const page = await readFile(path.join(folder, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, file) {
      const hashed = file.includes(`${path.sep}assets${path.sep}`);
      void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const others = (await readdir(folder)).flatMap((file) => /^(?!index\.)([a-z-]+)\.html$/.exec(file)?.[1] ?? []);
  for (const name of others) {
    const beside = await readFile(path.join(folder, `${name}.html`), 'utf8');
    app.get(`/${name}`, (_request, reply) => reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(beside));
  }
  app.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
}
