import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.NAHBAR_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: 'web',
  plugins: [react(), tailwindcss()],
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
  },
});
