import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Seconds, roughly, of the files that take longest; any other is taken for fifteen. */
const long: Record<string, number> = {
  'every-page': 145,
  composer: 140,
  accessibility: 115,
  outage: 105,
  'mail-content': 95,
  'sample-company': 90,
  'day-replayed': 85,
  chat: 80,
  'self-service': 75,
  landing: 60,
  notifications: 60,
  keyboard: 60,
  'desk-moves': 60,
  presence: 55,
  uploads: 55,
  'two-advisers': 50,
  administration: 45,
  openness: 45,
  'three-people': 45,
  'storage-faults': 75,
  'same-frame': 40,
  'desk-at-a-glance': 40,
  'for-everyone': 40,
  'new-message': 35,
  queues: 35,
  stranger: 30,
  'first-run': 30,
  'customer-page': 30,
  'case-moves': 30,
  'data-requests': 30,
  'start-demo': 35,
  'room-on-screen': 30,
  waking: 30,
  'keyboard-desk': 25,
  'topics-and-consents': 25,
  customers: 25,
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
    // For what never comes; a loaded machine may take its time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
