import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { layOut } from '../server/platform/database/embedded/postgres-files.ts';
import { stopServer } from '../server/platform/database/embedded/postgres-process.ts';

/** Stops the database of a data folder and keeps it from being started, until the returned function is called. */
export async function databaseAway(data: string): Promise<() => void> {
  const layout = layOut(data);
  const aside = `${layout.cluster}.away`;
  const stopped = stopServer(layout);
  fs.renameSync(layout.cluster, aside);
  await stopped;
  return () => {
    // The watch may have made an empty one of its own.
    fs.rmSync(layout.cluster, { recursive: true, force: true });
    fs.renameSync(aside, layout.cluster);
  };
}

/** A small disk of its own; needs the right to mount. */
export function smallDisk(megabytes: number) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-e2e-disk-'));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`No disk could be mounted: ${stderr}`);
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    /** Takes every byte that is left. */
    fill(): void {
      const file = fs.openSync(ballast, 'a');
      for (let chunk = Buffer.alloc(1024 * 1024); chunk.length > 0; ) {
        const wrote = writes(file, chunk);
        if (wrote < chunk.length) chunk = chunk.subarray(0, Math.floor(chunk.length / 2));
      }
      fs.closeSync(file);
    },
    free: () => fs.rmSync(ballast, { force: true }),
    async remove(): Promise<void> {
      fs.rmSync(ballast, { force: true });
      await stopServer(layOut(folder));
      spawnSync('umount', [folder]);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writes(file: number, chunk: Uint8Array): number {
  try {
    return fs.writeSync(file, chunk);
  } catch {
    return 0;
  }
}
