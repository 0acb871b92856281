import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

const files = () =>
  sourceFiles(['contract', 'server', 'web', 'channels', 'connectors', 'torture']).filter((f) => !/\.test\.tsx?$|\/fixtures\//.test(f));
const lines = (file: string) => readFileSync(path.join(root, file), 'utf8').split('\n').length;

describe('the shape of the code', () => {
  it('stays readable: no file over 400 lines', () => {
    const sizes = files()
      .map((file) => ({ file, lines: lines(file) }))
      .sort((a, b) => a.lines - b.lines);
    const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * share))]?.lines ?? 0;
    console.info(
      `${sizes.length} source files; lines: median ${at(0.5)}, p90 ${at(0.9)}, longest ${sizes.at(-1)?.lines} (${sizes.at(-1)?.file})`,
    );
    // A contract is read whole, so a domain's stays in one file; it may be longer.
    expect(sizes.filter((s) => s.lines > (s.file.startsWith('contract/') ? 700 : 400))).toEqual([]);
  });

  it('is found at a glance: no folder of more than twenty files', () => {
    // One line of history, in the order in which it is applied.
    const exempt = ['server/migrations'];
    const folders = Map.groupBy(
      sourceFiles(['contract', 'server', 'web', 'channels', 'connectors', 'torture'], /./).filter((file) => !/\/fixtures\//.test(file)),
      (file) => path.posix.dirname(file),
    );
    expect(folders.size).toBeGreaterThan(50);
    const sizes = [...folders].map(([folder, { length }]) => ({ folder, files: length }));
    expect(sizes.filter(({ folder, files }) => files > 20 && !exempt.includes(folder))).toEqual([]);
  });

  it('has no room without its page', () => {
    const rooms = readdirSync(path.join(root, 'server/modules'), { withFileTypes: true }).filter((e) => e.isDirectory());
    const missing = rooms
      .filter((room) => !readdirSync(path.join(root, 'server/modules', room.name)).includes('README.md'))
      .map((r) => r.name);
    expect(missing).toEqual([]);
  });

  it('uses no name that says nothing', () => {
    const empty = /(^|\/)(utils?|helpers?|common|lib|services?|misc|core)(\/|\.tsx?$)/;
    // `contract/core.ts` is the core of the contract, not a drawer.
    expect(files().filter((file) => empty.test(file) && file !== 'contract/core.ts')).toEqual([]);
  });
});
