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

/** What we make of something, and what the corpus expects. */
interface Difference {
  ours: string;
  theirs: string;
}

/** Where we remain different, by name: ours is kept for the reason given, or it is a fault of ours that we know. */
export type Differences = Record<string, Difference & ({ kept: string } | { fault: string })>;

/** Counts expectations and keeps the ones not met. */
export class Score {
  met = 0;
  readonly differences: Record<string, Difference> = {};

  check(name: string, ours: string, theirs: string, isMet: boolean = ours === theirs): void {
    if (isMet) this.met++;
    else if (name in this.differences) throw new Error(`${name} is checked twice`);
    else this.differences[name] = { ours, theirs };
  }

  get total(): number {
    return this.met + Object.keys(this.differences).length;
  }

  get share(): number {
    return this.total === 0 ? 0 : this.met / this.total;
  }

  /** Prints one line, then each difference with its reason. Gives what the table leaves out, tells otherwise or without a sentence, and what is no difference any more. */
  against(explained: Differences, label: string): string[] {
    process.stdout.write(`score ${label}: ${this.met}/${this.total} = ${(this.share * 100).toFixed(2)} %\n`);
    const wrong: string[] = [];
    for (const [name, { ours, theirs }] of Object.entries(this.differences)) {
      const entry = explained[name];
      process.stdout.write(`  ${name}: ${ours} instead of ${theirs}: ${entry ? reasonOf(entry) : 'NOT EXPLAINED'}\n`);
      if (entry?.ours !== ours || entry.theirs !== theirs) wrong.push(`${name}: ${ours} instead of ${theirs} is not explained`);
    }
    for (const [name, entry] of Object.entries(explained)) {
      if (!(name in this.differences)) wrong.push(`${name} is explained, and no difference any more`);
      if (reasonOf(entry).split(' ').length < 5) wrong.push(`${name} has no sentence`);
    }
    return wrong;
  }
}

function reasonOf(entry: Differences[string]): string {
  return 'kept' in entry ? entry.kept : entry.fault;
}
