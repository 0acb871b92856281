// `npm start` in a copy of the repository whose packages are installed: the first start builds the web application and the database, later ones do not.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { output } from './database.ts';
import { busyBetween, family, machineBusy, median, pause, postgresOf, pssOf } from './measure.ts';
import { loadNow, report } from './report.ts';
import { repeated } from './running.ts';

const root = path.join(import.meta.dirname, '..');
const copy = path.join(output, 'start');

const loadBefore = loadNow();
fs.rmSync(copy, { recursive: true, force: true });
for (const file of execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)) {
  if (!fs.existsSync(path.join(root, file))) continue;
  fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  fs.copyFileSync(path.join(root, file), path.join(copy, file));
}
fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));

const before = machineBusy();
const first = await repeated(async () => {
  fs.rmSync(path.join(copy, 'data'), { recursive: true, force: true });
  fs.rmSync(path.join(copy, 'dist'), { recursive: true, force: true });
  return start();
});
const later = await repeated(() => start());
report({
  bench: 'start',
  database: '18, embedded',
  busy: busyBetween(before, machineBusy()),
  loadBefore,
  figures: [
    { what: 'first, after the packages are installed', unit: 's', value: median(first.map((f) => f.seconds)), goal: { atMost: 15 } },
    { what: 'later', unit: 's', value: median(later.map((f) => f.seconds)), goal: { atMost: 3 } },
    { what: 'memory of the server and PostgreSQL then', unit: 'MiB', value: median(later.map((f) => f.memory)) },
    { what: 'memory of npm and its shell beside them', unit: 'MiB', value: median(later.map((f) => f.beside)) },
  ],
});
fs.rmSync(copy, { recursive: true, force: true });

async function start(): Promise<{ seconds: number; memory: number; beside: number }> {
  const begun = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: copy,
    env: { ...process.env, PORT: '0', SMTP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Nahbar is ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`npm start ended: ${said}`)));
  });
  const seconds = (performance.now() - begun) / 1_000;
  await pause(3_000);
  const all = family(child.pid ?? 0);
  const isServer = (pid: number) => /^[^\0]*node\0.*server\/bootstrap/.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  const server = all.filter(isServer);
  const memory = pssOf([...server, ...postgresOf(path.join(copy, 'data', 'pg18'))]);
  const beside = pssOf(all.filter((pid) => !server.includes(pid)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (const pid of server) process.kill(pid, 'SIGTERM');
  await ended;
  return { seconds, memory, beside };
}
