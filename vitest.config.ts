import { defineConfig } from 'vitest/config';

// isolate: false keeps modules loaded between files; every file must therefore leave no global state behind.
export default defineConfig({
  test: {
    include: ['{contract,server,web,channels,connectors,tests,bench,torture}/**/*.test.{ts,tsx}'],
    // A benchmark of the start keeps a copy of the whole repository there.
    exclude: ['**/node_modules/**', 'bench/output/**'],
    isolate: false,
    pool: 'forks',
    // Some tests wait for what takes its time, as an outage: more of them at once than most machines of CI have cores.
    maxWorkers: 4,
    globalSetup: ['server/testing/global-setup.ts'],
    // For what never comes; a loaded machine may take its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
