import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { buildEmbeds, builtEmbed } from './server/cli/embeds.ts';

const api = process.env.NAHBAR_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: 'web',
  plugins: [react(), tailwindcss(), endpointFacts(), packed(), embeds(), newsWorker()],
  // Beside the endpoints' facts the contract is schemas, which the browser does without: see `no-schemas.ts`.
  resolve: { alias: { zod: fileURLToPath(new URL('web/platform/api/no-schemas.ts', import.meta.url)) } },
  server: {
    port: 5173,
    proxy: { '/api': { target: api, ws: true } },
  },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // The application's content security policy allows no inline script or data: script; keep every asset a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      // The desk, and the customer's page, which shares nothing with it that a phone would have to load.
      input: { index: 'web/index.html', my: 'web/my.html' },
      treeshake: { manualPureFunctions: ['z'] },
      // The texts of a language travel together, what is first on screen apart from the rest: two requests, and what they have in common is packed once. So does
      // what the desk begins with, and what dialogs and menus stand on: left to themselves these are a hundred files, most shorter than the request for them.
      output: {
        codeSplitting: {
          groups: [
            { name: (id) => /\/(strings\.\w+)\.json$/.exec(id)?.[1] ?? null, test: /\/strings\.\w+\.json$/ },
            {
              name: (id) => /\/(?:pages|errors)(\.\w+)\.json$/.exec(id)?.[1]?.replace('.', 'texts.') ?? null,
              test: /\/(?:pages|errors)\.\w+\.json$/,
            },
            { name: beginning, tags: ['$initial'] },
            { name: 'icons', test: /\/lucide-react\//, minShareCount: 2 },
            { name: 'overlays', test: /\/@(base-ui|floating-ui)\//, minShareCount: 3, includeDependenciesRecursively: false },
          ],
        },
      },
    },
  },
});

type Graph = Parameters<Rolldown.CodeSplittingNameFunction>[1];

const needs = new WeakMap<Graph, { my: Set<string>; desk: Set<string> }>();

/** What the desk begins with, and apart from it what the customer's page needs of that. */
function beginning(id: string, graph: Graph): string | null {
  let all = needs.get(graph);
  if (!all) needs.set(graph, (all = { my: neededBy('web/my.html', graph), desk: neededBy('web/index.html', graph) }));
  if (!all.my.has(id)) return 'first';
  return all.desk.has(id) ? 'both' : null;
}

function neededBy(entry: string, graph: Graph): Set<string> {
  const found = new Set([fileURLToPath(new URL(entry, import.meta.url))]);
  // What is added while one goes through a set is gone through as well.
  for (const id of found) for (const other of graph.getModuleInfo(id)?.importedIds ?? []) found.add(other);
  return found;
}

/** The scripts for other people's pages are built with the application, into a folder of their own. */
function embeds(): Plugin {
  return { name: 'embeds', apply: 'build', closeBundle: () => buildEmbeds(fileURLToPath(new URL('dist/embed', import.meta.url))) };
}

/** The service worker stands at the root, whose pages it serves, under a name that stays; it is one script that loads nothing. */
function newsWorker(): Plugin {
  const name = 'news-worker.js';
  const built = () => builtEmbed(fileURLToPath(new URL('web/modules/workspace/news/service-worker.ts', import.meta.url)));
  return {
    name: 'news-worker',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source: await built() });
    },
    configureServer(server) {
      server.middlewares.use(`/${name}`, (_request, response, next) => {
        built().then((script) => response.setHeader('content-type', 'text/javascript').end(script), next);
      });
    },
  };
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** Leaves of each `endpoint({ … })` in the contract what the browser uses: method, path and whether it creates. The rest is a sixth of the first load. */
function endpointFacts(): Plugin {
  const used = new Set(['method', 'path', 'creates']);
  return {
    name: 'endpoint-facts',
    enforce: 'post',
    transform(code, id) {
      if (!/\/contract\/.*\.ts$/.test(id) || !code.includes('endpoint(')) return null;
      const cuts: Node[] = [];
      const visit = (node: unknown): void => {
        if (Array.isArray(node)) return node.forEach(visit);
        if (typeof node !== 'object' || node === null || !('type' in node)) return;
        const here = node as Node;
        if (here.type === 'CallExpression' && (here.callee as Node & { name?: string }).name === 'endpoint') {
          const facts = (here.arguments as (Node & { properties?: (Node & { key?: { name?: string }; value?: Node })[] })[])[0];
          for (const { key, value } of facts?.properties ?? []) if (key?.name && value && !used.has(key.name)) cuts.push(value);
          return;
        }
        Object.values(here).forEach(visit);
      };
      visit(this.parse(code));
      let text = code;
      for (const { start, end } of cuts.toSorted((a, b) => b.start - a.start)) text = `${text.slice(0, start)}0${text.slice(end)}`;
      return { code: text, map: null };
    },
  };
}

/** Lays beside each file of text what travels in its place (`preCompressed` in `server/platform/http/web.ts`). */
function packed(): Plugin {
  const ways = [
    { end: '.gz', pack: (text: Uint8Array) => promisify(gzip)(text, { level: 9 }) },
    { end: '.br', pack: (text: Uint8Array) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) },
  ];
  return {
    name: 'packed',
    apply: 'build',
    async writeBundle({ dir = '' }, files) {
      const names = Object.keys(files).filter((name) => /\.(js|css|svg)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const text = await fs.readFile(path.join(dir, name));
          for (const { end, pack } of ways) await fs.writeFile(path.join(dir, `${name}${end}`), await pack(text));
        }),
      );
    },
  };
}
