import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const prefix = 'nahbar-mail-';

/** A folder for one run's mail servers, named after the process that owns it. Clears what killed runs left behind. */
export function makeServerFolder(): string {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const owner = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? 0);
    if (owner > 0 && !isRunning(owner)) removeServerFolder(path.join(os.tmpdir(), name));
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  fs.chmodSync(folder, 0o755);
  return folder;
}

/** Ends the servers whose process numbers lie in the folder, then removes it. */
export function removeServerFolder(folder: string): void {
  for (const name of fs.readdirSync(folder).filter((entry) => entry.endsWith('.pid'))) {
    const pid = Number(fs.readFileSync(path.join(folder, name), 'utf8'));
    // The number may belong to somebody else by now.
    if (pid > 1 && commandLine(pid).includes(folder)) kill(pid, 'SIGKILL');
  }
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A server that runs until `stop`, with its output kept for the case that it does not start. */
export interface ServerProcess {
  output(): string;
  stop(): Promise<void>;
}

export function startProcess(folder: string, name: string, program: string, args: string[], env: NodeJS.ProcessEnv = {}): ServerProcess {
  const log = path.join(folder, `${name}.out`);
  const fd = fs.openSync(log, 'a');
  const child = spawn(program, args, { stdio: ['ignore', fd, fd], env: { ...process.env, ...env } });
  fs.closeSync(fd);
  if (child.pid) fs.writeFileSync(path.join(folder, `${name}.pid`), String(child.pid));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    output: () => fs.readFileSync(log, 'utf8').slice(-2_000),
    async stop() {
      end(child, 'SIGTERM');
      const patience = setTimeout(() => end(child, 'SIGKILL'), 5_000);
      await ended;
      clearTimeout(patience);
      fs.rmSync(path.join(folder, `${name}.pid`), { force: true });
    },
  };
}

/** A self-signed certificate for localhost and 127.0.0.1, as files `<name>.crt` and `<name>.key`. */
export function makeCertificate(folder: string, name: string, host = 'localhost'): { certificate: string; key: string } {
  const certificate = path.join(folder, `${name}.crt`);
  const key = path.join(folder, `${name}.key`);
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}${host === 'localhost' ? ',IP:127.0.0.1' : ''}`];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      ...subject,
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'pipe' },
  );
  fs.chmodSync(key, 0o644);
  return { certificate, key };
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandLine(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
