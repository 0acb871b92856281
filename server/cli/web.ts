import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CommandError } from './command.ts';
import { repositoryFolder } from './folders.ts';
import { runTool } from './run-tool.ts';

// Everything a line of which can end up in the browser's files.
const sources = [
  'web',
  'contract',
  'channels',
  'connectors',
  'server/cli/embeds.ts',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];
const stamp = path.join(repositoryFolder, 'dist', '.stamp');

/** Builds the web application when its sources differ from those of the last build. Answers whether it had to. */
export async function buildWeb(say: (line: string) => void): Promise<boolean> {
  if (!fs.existsSync(path.join(repositoryFolder, 'web', 'index.html'))) return false;
  const hash = hashSources();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return false;
  say('Building the web application (only after a change) …');
  fs.rmSync(stamp, { force: true });
  // In a process of its own: the bundler's quarter of a gigabyte goes with it.
  const { code } = await runTool('vite', ['build', '--logLevel', 'error']);
  if (code !== 0) throw new CommandError('The web application could not be built; the lines above say why.');
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  // Written last: an interrupted build has no stamp and is done again.
  fs.writeFileSync(stamp, hash);
  return true;
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((name) => filesIn(name)))
    hash.update(`${file}\0`).update(fs.readFileSync(path.join(repositoryFolder, file)));
  return hash.digest('hex');
}

function filesIn(name: string): string[] {
  const full = path.join(repositoryFolder, name);
  const stat = fs.statSync(full, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [name];
  return fs
    .readdirSync(full)
    .toSorted()
    .filter((entry) => !/^(server|fixtures)$|\.test\.tsx?$/.test(entry))
    .flatMap((entry) => filesIn(path.join(name, entry)));
}
