import { type SpawnOptions, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What to start, and how. */
export type Command = { program: string; args: string[]; options: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> };

/**
 * PostgreSQL refuses to run as root. As root it is started in a user namespace, where it is nobody: no account is made, and the
 * files stay root's. Where the system forbids that, it runs as the owner of the data folder or as `postgres` or `nobody`,
 * to whom `folders` are given.
 */
export function asOrdinaryUser(program: string, args: string[], folders: string[]): Command {
  if (process.getuid?.() !== 0) return { program, args, options: {} };
  if (namespacesWork())
    return { program: 'unshare', args: ['--user', '--map-user=65534', '--map-group=65534', '--', program, ...args], options: {} };
  const user = ordinaryUser(folders[0] ?? '.');
  for (const folder of folders) giveTo(folder, user);
  return { program, args, options: { ...user, cwd: '/' } };
}

let works: boolean | undefined;

function namespacesWork(): boolean {
  works ??= spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return works;
}

function ordinaryUser(folder: string): { uid: number; gid: number } {
  const { uid, gid } = fs.statSync(folder);
  if (uid !== 0) return { uid, gid };
  const lines = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (!account)
    throw new Error(
      'PostgreSQL does not run as root, and there is no other account. Start Nahbar as an ordinary user or set DATABASE_URL.',
    );
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

function giveTo(folder: string, user: { uid: number; gid: number }): void {
  fs.chownSync(folder, user.uid, user.gid);
  for (const entry of fs.readdirSync(folder, { recursive: true })) fs.lchownSync(path.join(folder, String(entry)), user.uid, user.gid);
}
