import fs from 'node:fs';
import path from 'node:path';
import { CommandError } from './command.ts';
import { repositoryFolder } from './folders.ts';
import { runProgram } from './run-tool.ts';

/** `nahbar bench [NAME]`: runs `bench/NAME.bench.ts`, or all of them one after the other, each in a process of its own. */
export async function bench([wanted, ...args]: string[]): Promise<number> {
  const folder = path.join(repositoryFolder, 'bench');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? []) : [];
  const chosen = names.filter((name) => !wanted || name === wanted).toSorted();
  if (chosen.length === 0)
    throw new CommandError(wanted ? `There is no bench "${wanted}"; there are: ${names.join(', ') || 'none'}.` : 'There is no bench yet.');
  let worst = 0;
  for (const name of chosen) worst = Math.max(worst, (await runProgram(path.join(folder, `${name}.bench.ts`), args)).code);
  return worst;
}
