import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Seconds, roughly, of the files that take longest; any other is taken for fifteen. */
const long: Record<string, number> = {
  composer: 105,
  'day-replayed': 80,
  outage: 75,
  'sample-company': 75,
  'mail-content': 65,
  chat: 60,
  'self-service': 60,
  'every-page': 60,
  accessibility: 55,
  landing: 50,
  notifications: 50,
  'desk-moves': 45,
  'two-advisers': 45,
  uploads: 40,
  keyboard: 40,
  openness: 35,
  administration: 35,
  'same-frame': 30,
  stranger: 30,
  'desk-at-a-glance': 30,
  'three-people': 30,
  waking: 25,
  'new-message': 25,
  'customer-page': 25,
  'for-everyone': 25,
};
const lengthOf = ({ moduleId }: TestSpecification): number => long[path.basename(moduleId, '.test.ts')] ?? 15;

/** Parts that take equally long, where vitest would count files. */
class Parts extends BaseSequencer {
  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard ?? { index: 1, count: 1 };
    const sums = Array.from({ length: count }, () => 0);
    const byLength = files.toSorted((a, b) => lengthOf(b) - lengthOf(a) || (a.moduleId < b.moduleId ? -1 : 1));
    return byLength.filter((file) => {
      const least = sums.indexOf(Math.min(...sums));
      sums[least] = (sums[least] ?? 0) + lengthOf(file);
      return least === index - 1;
    });
  }
}

// One real server for the whole run; the journeys go through it one after another, each with customers of its own.
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/global-setup.ts'],
    sequence: { sequencer: Parts },
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // For what never comes; a loaded machine may take its time.
    expect: { poll: { timeout: 15_000 } },
  },
});
