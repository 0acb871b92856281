import { defineConfig } from 'vitest/config';

// One real server for the whole run; the journeys go through it one after another, each with customers of its own.
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/global-setup.ts'],
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // For what never comes; a loaded machine may take its time.
    expect: { poll: { timeout: 15_000 } },
  },
});
