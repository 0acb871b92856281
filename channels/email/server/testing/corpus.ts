import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Declares a suite over one data set of the folder NAHBAR_TEST_DATA. The data are never in the repository: without the
 * variable the suite is skipped by name, and in CI it fails, so that nobody takes a skipped score for a passed one.
 */
export function describeCorpus(set: string, define: (folder: string) => void): void {
  const base = process.env['NAHBAR_TEST_DATA'];
  const folder = base ? join(base, set) : '';
  if (base && existsSync(folder)) {
    describe(`${set} (data set)`, () => define(folder));
    return;
  }
  describe(`${set} (data set)`, () => {
    if (process.env['CI']) test('is there', () => expect.fail(`${set} is missing: set NAHBAR_TEST_DATA`));
    else test.skip(`skipped: NAHBAR_TEST_DATA does not hold ${set}`, () => {});
  });
}

/** Files below a folder with that ending, sorted, as paths relative to it. */
export function listFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

export function readText(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

export function readBytes(...path: string[]): Buffer {
  return readFileSync(join(...path));
}

/** Counts expectations and remembers the ones not met. */
export class Score {
  met = 0;
  missed: string[] = [];

  check(isMet: boolean, name: string): void {
    if (isMet) this.met++;
    else this.missed.push(name);
  }

  get total(): number {
    return this.met + this.missed.length;
  }

  get share(): number {
    return this.total === 0 ? 0 : this.met / this.total;
  }

  /** Prints one line, then what was missed. */
  report(label: string): void {
    process.stdout.write(`score ${label}: ${this.met}/${this.total} = ${(this.share * 100).toFixed(2)} %\n`);
    for (const name of this.missed) process.stdout.write(`  missed: ${name}\n`);
  }
}
