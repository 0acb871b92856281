import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { canMount } from '../server/cli/suites.ts';
import { type Layout, layOut, readPidFile } from '../server/platform/database/embedded/postgres-files.ts';
import { createCluster, ensureRunning, stopServer } from '../server/platform/database/embedded/postgres-process.ts';

const megabyte = 1024 * 1024;
const diskMegabytes = 900;

/** A real PostgreSQL with its own, safe settings, which can be killed, and whose disk can be filled where this machine lets us mount one. */
export interface TorturedDatabase {
  port: number;
  url: string;
  /** Its own folder, by which its processes are known. */
  cluster: string;
  /** PostgreSQL listens there, and takes connections from there without a password. */
  start(hosts: readonly string[], trusted: string): Promise<void>;
  /** As `kill -9` of its main process. */
  kill(): void;
  restart(): Promise<void>;
  /** Takes every byte that is left, and gives them back; undefined where no disk could be mounted. */
  disk: { fill(): void; free(): void } | undefined;
  close(): Promise<void>;
}

/** `ownDisk`: a small one that can be filled, in memory; whoever measures takes the machine's. */
export async function makeDatabase({ ownDisk }: { ownDisk: boolean }): Promise<TorturedDatabase> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-torture-'));
  const isMounted =
    ownDisk && canMount() && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m,mode=700`, 'tmpfs', folder]).status === 0;
  const port = await freePort();
  const layout: Layout = { ...layOut(folder), port };
  const ballast = path.join(folder, 'ballast');
  let hosts: readonly string[] = [];
  const run = () => ensureRunning(layout, { listen_addresses: hosts.join(','), max_connections: 100 });
  return {
    port,
    url: `postgresql://nahbar@127.0.0.1:${port}/postgres`,
    cluster: layout.cluster,
    async start(given, trusted) {
      hosts = given;
      createCluster(layout);
      fs.appendFileSync(path.join(layout.cluster, 'pg_hba.conf'), `host all all ${trusted} trust\n`);
      await run();
    },
    kill() {
      const pid = readPidFile(layout)?.pid;
      if (pid) process.kill(pid, 'SIGKILL');
    },
    restart: async () => void (await run()),
    disk: isMounted ? { fill: () => fill(ballast), free: () => fs.rmSync(ballast, { force: true }) } : undefined,
    async close() {
      fs.rmSync(ballast, { force: true });
      await stopServer(layout);
      if (isMounted) spawnSync('umount', [folder]);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fill(ballast: string): void {
  const file = fs.openSync(ballast, 'a');
  try {
    for (let chunk = Buffer.alloc(megabyte); chunk.length >= 1; ) {
      try {
        if (fs.writeSync(file, chunk) < chunk.length) chunk = chunk.subarray(0, Math.floor(chunk.length / 2));
      } catch {
        chunk = chunk.subarray(0, Math.floor(chunk.length / 2));
      }
    }
  } finally {
    fs.closeSync(file);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
