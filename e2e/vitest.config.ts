import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Seconds of processor, roughly, of the files that need most of it; any other is taken for fifteen. */
const dear: Record<string, number> = {
  'every-page': 90,
  accessibility: 85,
  'day-replayed': 70,
  landing: 60,
  composer: 60,
  keyboard: 50,
  'desk-moves': 45,
  'mail-content': 40,
  'self-service': 40,
  'data-requests': 40,
};
const costOf = ({ moduleId }: TestSpecification): number => dear[path.basename(moduleId, '.test.ts')] ?? 15;

/** Halves that take equally long, where vitest would count files. */
class Halves extends BaseSequencer {
  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard ?? { index: 1, count: 1 };
    const sums = Array.from({ length: count }, () => 0);
    const byCost = files.toSorted((a, b) => costOf(b) - costOf(a) || (a.moduleId < b.moduleId ? -1 : 1));
    return byCost.filter((file) => {
      const least = sums.indexOf(Math.min(...sums));
      sums[least] = (sums[least] ?? 0) + costOf(file);
      return least === index - 1;
    });
  }
}

// One real server for the whole run; the journeys go through it one after another, each with customers of its own.
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/global-setup.ts'],
    sequence: { sequencer: Halves },
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // For what never comes; a loaded machine may take its time.
    expect: { poll: { timeout: 15_000 } },
  },
});
