import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Scripts for the pages of others, at `/embed`: any page may load them, and asks after some minutes whether they are still the newest. */
export async function installEmbeds(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: folder,
      prefix: '/embed/',
      decorateReply: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply) {
        void reply
          .header('cache-control', 'public, max-age=300')
          .header('cross-origin-resource-policy', 'cross-origin')
          .header('access-control-allow-origin', '*');
      },
    });
  });
}
