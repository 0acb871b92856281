import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { isRunning } from './platform/database/embedded/holders.ts';

// A Node that says it is older than it is: the bootstrap then hands over to the one among the packages.
const claim = (version: string) => [
  '--import',
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`,
];
const fakeNpm = `
  import fs from 'node:fs';
  if (process.env.NPM_FAILS) { console.error('npm error code ENOTFOUND'); process.exit(7); }
  fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
  fs.mkdirSync('node_modules/.bin', { recursive: true });
  fs.rmSync('node_modules/.bin/node', { force: true });
  fs.symlinkSync(process.env.REAL_NODE, 'node_modules/.bin/node');`;
const fakeCli = `
  const [word, value]: string[] = process.argv.slice(2);
  if (word === 'exit') process.exit(Number(value));
  if (word === 'wait') {
    process.on('SIGTERM', () => { console.log('asked to end'); process.exit(3); });
    if (process.channel) { process.on('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel.unref(); }
    setInterval(() => {}, 1000);
  }
  console.log('cli', process.pid, word, process.env['NODE_COMPILE_CACHE'] !== undefined);`;

describe.skipIf(process.platform === 'win32')('the bootstrap', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-bootstrap-'));
  const file = (name: string) => path.join(folder, name);
  const env = { ...process.env, npm_execpath: file('npm-cli.mjs'), npm_node_execpath: process.execPath, REAL_NODE: process.execPath };
  const command = (version: string, args: string[]) => [...claim(version), file('server/bootstrap.mjs'), ...args];
  const run = (version: string, args: string[], more: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, command(version, args), { cwd: os.tmpdir(), encoding: 'utf8', env: { ...env, ...more } });
  const calls = () => fs.readFileSync(file('npm-calls'), 'utf8').trim().split('\n').length;

  beforeEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(file('server'), { recursive: true });
    fs.copyFileSync(new URL('./bootstrap.mjs', import.meta.url), file('server/bootstrap.mjs'));
    fs.writeFileSync(file('server/cli.ts'), fakeCli);
    fs.writeFileSync(file('package.json'), '{"type":"module"}');
    fs.writeFileSync(file('package-lock.json'), '{"packages":{"":{},"node_modules/a":{"version":"1.0.0"}}}');
    fs.writeFileSync(file('npm-cli.mjs'), fakeNpm);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('installs the packages once, and again when the lock file has changed', () => {
    const first = run('20.0.0', ['hello']);
    expect(first.stderr).toMatch(/^Installing the packages .*\nPackages installed in \d+ s\.\n$/);
    expect(first.stdout).toMatch(/^cli \d+ hello true\n$/);
    expect(run('20.0.0', ['hello']).stderr).toBe('');
    expect(calls()).toBe(1);
    fs.writeFileSync(file('package-lock.json'), '{"packages":{}}');
    run('20.0.0', ['hello']);
    expect(calls()).toBe(2);
  });

  it('believes packages that npm itself installed from this lock file', () => {
    fs.mkdirSync(file('node_modules'));
    fs.writeFileSync(file('node_modules/.package-lock.json'), '{"packages":{"node_modules/a":{"version":"1.0.0"}}}');
    expect(run('24.0.0', ['hello']).stdout).toMatch(/^cli \d+ hello/);
    expect(fs.existsSync(file('npm-calls'))).toBe(false);
    fs.rmSync(file('node_modules/.nahbar-lock'));
    fs.writeFileSync(file('node_modules/.package-lock.json'), '{"packages":{"node_modules/a":{"version":"0.9.0"}}}');
    run('24.0.0', ['hello']);
    expect(calls()).toBe(1);
  });

  it('says what npm said when it fails, and tries again next time', () => {
    const failed = run('20.0.0', ['hello'], { NPM_FAILS: '1' });
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('"npm ci" ended with 7. It said:\n\nnpm error code ENOTFOUND');
    expect(run('20.0.0', ['hello']).status).toBe(0);
  });

  it('refuses a Node that is too old, in one sentence', () => {
    const { status, stderr } = run('18.20.4', ['hello']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Nahbar needs Node\.js 20 or newer to start; this is 18\.20\.4 \(.*\)\.\n$/);
  });

  it('passes the exit code on, from another Node and from this one', () => {
    expect(run('20.0.0', ['exit', '5']).status).toBe(5);
    expect(run('24.0.0', ['exit', '6']).status).toBe(6);
  });

  it('passes a request to end on, and takes the program with it when it is killed', async () => {
    run('20.0.0', ['hello']);
    const asked = await startWaiting();
    asked.child.kill('SIGTERM');
    expect(await asked.ended).toBe(3);
    const killed = await startWaiting();
    killed.child.kill('SIGKILL');
    await killed.ended;
    await gone(killed.pid);
  });

  it('ends when the shell that npm started it in is ended, which passes nothing on', async () => {
    run('24.0.0', ['hello']);
    const line = ['node', ...command('24.0.0', ['wait'])].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const shell = spawn('sh', ['-c', `${line}; true`], {
      env: { ...env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number((await firstLine(shell.stdout)).split(' ')[1]);
    shell.kill('SIGTERM');
    await gone(pid);
  });

  async function startWaiting(): Promise<{ child: ChildProcess; pid: number; ended: Promise<number | null> }> {
    const child = spawn(process.execPath, command('20.0.0', ['wait']), { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
    return { child, pid: Number((await firstLine(child.stdout)).split(' ')[1]), ended };
  }
});

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => stream.once('data', (text: Buffer) => resolve(text.toString())));
}

async function gone(pid: number): Promise<void> {
  for (let waited = 0; isRunning(pid) && waited < 5_000; waited += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isRunning(pid)).toBe(false);
}
