import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findSystemPostgres } from '../testing/system-postgres.ts';
import { repositoryFolder } from './folders.ts';

/** Something outside the repository that some tests need. */
export type Suite = { key: string; name: string; how: string; present(): boolean };

const unpackedExim = path.join(repositoryFolder, 'node_modules/.cache/mail-servers/usr/sbin/exim4');

const suites: readonly Suite[] = [
  {
    key: 'chromium',
    name: 'journeys in a real browser (no Chromium)',
    how: 'Install Chromium (Debian: apt-get install chromium-headless-shell) or name its program in CHROMIUM_PATH.',
    present: () => findChromium() !== undefined,
  },
  {
    key: 'notifications',
    name: 'notifications of the browser (no Chromium with windows)',
    how: 'Debian: apt-get install chromium; the one without windows shows none.',
    present: () => findWindowedChromium() !== undefined,
  },
  {
    key: 'dovecot',
    name: 'mail from a real mailbox (no Dovecot)',
    how: 'Debian: apt-get install dovecot-imapd dovecot-lmtpd.',
    present: () => findProgram(['dovecot']) !== undefined,
  },
  {
    key: 'mta',
    name: 'mail through a real mail server (no Exim)',
    how: 'Debian, as root: channels/email/testing/install.sh unpacks one without installing it.',
    present: () => fs.existsSync(unpackedExim) || findProgram(['exim4', 'exim']) !== undefined,
  },
  {
    key: 'postgres',
    name: "the server's tests on an external PostgreSQL",
    how: 'Set NAHBAR_TEST_DATABASE_URL to an empty server of version 15 or newer; with CI=1 an installed one (Debian: postgresql-15) is started for it.',
    present: () => Boolean(process.env['NAHBAR_TEST_DATABASE_URL']) || (Boolean(process.env['CI']) && findSystemPostgres() !== undefined),
  },
  {
    key: 'replica',
    name: 'reports of a streaming replica, and the way back to any instant (no PostgreSQL of the system)',
    how: 'Debian: apt-get install postgresql-15; the embedded one has no pg_basebackup.',
    present: () => findSystemPostgres() !== undefined,
  },
  {
    key: 'full-disk',
    name: 'a full disk (no right to mount one)',
    how: 'Linux, as root: the suite mounts a small disk in memory and fills it.',
    present: canMount,
  },
  {
    key: 'data',
    name: 'tests against recorded mail of others (NAHBAR_TEST_DATA is not set)',
    how: 'Set NAHBAR_TEST_DATA to the folder that holds the corpora; docs/operations.md lists them.',
    present: () => fs.existsSync(process.env['NAHBAR_TEST_DATA'] || '/nowhere'),
  },
  {
    key: 'history',
    name: 'how-to pages held to the commits they name (a shallow clone)',
    how: 'git fetch --unshallow brings the rest of the history.',
    present: () => historyOf(repositoryFolder) !== 'shallow',
  },
];

/** The suites this machine can't run. */
export function leftOut(): Suite[] {
  return suites.filter((suite) => !suite.present());
}

/** How much of a project's history is here; `none` in an archive, which has nowhere to fetch it from. */
export function historyOf(folder: string): 'whole' | 'shallow' | 'none' {
  try {
    const said = execFileSync('git', ['rev-parse', '--is-shallow-repository'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    return said.toString().trim() === 'true' ? 'shallow' : 'whole';
  } catch {
    return 'none';
  }
}

let mounts: boolean | undefined;

/** Whether this process may mount a disk in memory: root may, but not in every container. */
export function canMount(): boolean {
  mounts ??= process.platform === 'linux' && process.getuid?.() === 0 && mountsOne();
  return mounts;
}

function mountsOne(): boolean {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-mount-'));
  try {
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' }).status !== 0) return false;
    return spawnSync('umount', [folder], { stdio: 'ignore' }).status === 0;
  } finally {
    fs.rmdirSync(folder);
  }
}

/** The browser for end-to-end tests. */
export function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  return given && fs.existsSync(given) ? given : findProgram(['chromium-headless-shell', ...windowed]);
}

const windowed = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** One that shows notifications, which the one without windows does not. */
export const findWindowedChromium = (): string | undefined => findProgram(windowed);

/** The first of the programs that is installed. Servers lie in sbin, which is not on everybody's path. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => fs.existsSync(file));
}
