import { type SpawnOptions, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What to start, and how. */
export type Command = { program: string; args: string[]; options: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> };

/** `data` is entered, `own` are PostgreSQL's own folders in it. All of them exist. */
export type Folders = { data: string; own: string[] };

/**
 * PostgreSQL refuses to run as root. A data folder of somebody else's is served as that account. Otherwise PostgreSQL gets a user
 * namespace, where it is nobody: no account is needed, and the files stay root's. Where the system forbids that, it runs
 * as `postgres` or `nobody`, who are given the folders.
 */
export function asOrdinaryUser(program: string, args: string[], { data, own }: Folders): Command {
  if (process.getuid?.() !== 0) return { program, args, options: {} };
  const owner = fs.statSync(data);
  if (owner.uid === 0 && namespacesWork()) {
    return { program: 'unshare', args: ['--user', '--map-user=65534', '--map-group=65534', '--', program, ...args], options: {} };
  }
  const account = owner.uid === 0 ? ordinaryAccount() : { uid: owner.uid, gid: owner.gid };
  fs.chownSync(data, account.uid, account.gid);
  for (const folder of own) giveTo(folder, account);
  return { program, args, options: { ...account, cwd: data } };
}

let works: boolean | undefined;

function namespacesWork(): boolean {
  works ??= spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return works;
}

function ordinaryAccount(): { uid: number; gid: number } {
  const lines = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (!account) {
    throw new Error(
      'PostgreSQL does not run as root, and there is no other account. Start Nahbar as an ordinary user or set DATABASE_URL.',
    );
  }
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

function giveTo(folder: string, account: { uid: number; gid: number }): void {
  if (fs.statSync(folder).uid === account.uid) return;
  for (const entry of ['.', ...fs.readdirSync(folder, { recursive: true })]) {
    fs.lchownSync(path.join(folder, String(entry)), account.uid, account.gid);
  }
}
