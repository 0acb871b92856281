import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { repositoryFolder } from './folders.ts';

export type Outcome = { code: number; seconds: number };

/** Runs one of the tools in node_modules with this Node, its output going straight to the person. Answers when it ends. */
export function runTool(name: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return runProgram(toolPath(name), args, env);
}

/** The same for a script or program of any kind. */
export function runProgram(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const begun = performance.now();
  const isScript = /\.(ts|m?js)$/.test(program) || firstLine(program).includes('node');
  const [file, all] = isScript ? [process.execPath, [program, ...args]] : [program, args];
  return new Promise((resolve) => {
    const child = spawn(file, all, { cwd: repositoryFolder, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.on('error', (error) => {
      process.stderr.write(`${path.basename(program)} does not start: ${error.message}\n`);
      resolve({ code: 1, seconds: 0 });
    });
    child.on('exit', (code) => resolve({ code: code ?? 1, seconds: (performance.now() - begun) / 1000 }));
  });
}

function toolPath(tool: string): string {
  return fs.realpathSync(path.join(repositoryFolder, 'node_modules', '.bin', tool));
}

function firstLine(program: string): string {
  try {
    const file = fs.openSync(program, 'r');
    const start = Buffer.alloc(64);
    fs.readSync(file, start);
    fs.closeSync(file);
    return start.toString('latin1').startsWith('#!') ? (start.toString('latin1').split('\n')[0] ?? '') : '';
  } catch {
    return '';
  }
}
