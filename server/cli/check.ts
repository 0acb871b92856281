import { runTool } from './run-tool.ts';

/** What every change must pass before its tests are looked at. */
const checks = [
  { name: 'format', tool: 'biome', args: ['format', '.'], help: 'npm run format' },
  { name: 'lint', tool: 'oxlint', args: ['--type-aware', '--quiet'], help: 'see the rule in .oxlintrc.json' },
  { name: 'types', tool: 'tsc', args: ['--noEmit'], help: 'see tsconfig.json' },
];

/** `nahbar check`: format, lint, types; all of them, also when one fails. Answers the exit code. */
export async function check(): Promise<number> {
  return (await failedChecks()).length === 0 ? 0 : 1;
}

/** Runs the checks and names those that failed. */
export async function failedChecks(): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, tool, args, help } of checks) {
    const { code, seconds } = await runTool(tool, args);
    process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)${code === 0 ? '' : `: ${help}`}\n`);
    if (code !== 0) failed.push(name);
  }
  return failed;
}
