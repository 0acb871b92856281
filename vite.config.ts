import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const api = process.env.NAHBAR_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: 'web',
  plugins: [react(), tailwindcss(), endpointFacts()],
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
    rolldownOptions: { treeshake: { manualPureFunctions: ['z'] } },
  },
});

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
