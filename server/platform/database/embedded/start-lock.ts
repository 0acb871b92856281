import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DatabaseUnfit } from '../unfit.ts';

/**
 * Runs `fn` while no other process on this machine runs one for the same folder.
 * The lock is a listening socket the system itself takes back when its owner dies, however it dies:
 * nothing stale can remain, which no lock file offers. Throws when it is not had within `patience` milliseconds.
 */
export async function withStartLock<T>(folder: string, fn: () => Promise<T>, patience = 120_000): Promise<T> {
  const release = await acquire(addressFor(folder), Date.now() + patience, folder);
  try {
    return await fn();
  } finally {
    await release();
  }
}

async function acquire(address: string, until: number, folder: string): Promise<() => Promise<void>> {
  for (;;) {
    const release = await tryListen(address);
    if (release) return release;
    if (Date.now() > until)
      throw new DatabaseUnfit(`Another process has been starting or stopping the database in ${folder} for too long.`);
    if (isFile(address)) await removeIfDead(address);
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 30));
  }
}

function tryListen(address: string): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(address, () => resolve(() => new Promise((done) => server.close(() => done()))));
  });
}

/** By device and inode, so that two paths to one folder are one lock. */
function addressFor(folder: string): string {
  const { dev, ino } = fs.statSync(folder, { bigint: true });
  const key = createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24);
  if (process.platform === 'linux') return `\0nahbar-${key}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\nahbar-${key}`;
  return path.join(os.tmpdir(), `nahbar-${key}.lock`);
}

// macOS has no names outside the file system: there a killed owner leaves the file behind.
function isFile(address: string): boolean {
  return process.platform !== 'linux' && process.platform !== 'win32' && fs.existsSync(address);
}

async function removeIfDead(address: string): Promise<void> {
  const answered = await new Promise<boolean>((resolve) => {
    const probe = net.connect(address, () => resolve(true));
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
    probe.once('close', () => probe.destroy());
  });
  if (answered) return;
  // Moved aside first: of two processes that found it dead, only one moves it.
  const aside = `${address}.${randomUUID()}`;
  try {
    fs.renameSync(address, aside);
    fs.rmSync(aside, { force: true });
  } catch {
    // The other one was quicker.
  }
}
