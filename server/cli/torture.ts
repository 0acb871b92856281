import path from 'node:path';
import { repositoryFolder } from './folders.ts';
import { runProgram } from './run-tool.ts';

/** `nahbar torture`: kills, halts, cuts off and fills up an installation of its own while people work in it, and has it checked. */
export async function torture(args: string[]): Promise<number> {
  return (await runProgram(path.join(repositoryFolder, 'torture', 'main.ts'), args)).code;
}
