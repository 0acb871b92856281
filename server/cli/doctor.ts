import { type CommandContext } from './command.ts';
import { databaseChecks } from './doctor/database.ts';
import type { Finding } from './doctor/finding.ts';
import { machineChecks } from './doctor/machine.ts';
import { networkChecks } from './doctor/network.ts';
import { scannerChecks } from './doctor/scanner.ts';
import { settingsChecks } from './doctor/settings.ts';

/** `nahbar doctor`: looks at everything once and says what is wrong and what to do. Exit code 1 when something is wrong. */
export async function doctor({ config, say }: CommandContext): Promise<number> {
  const findings: Finding[] = [];
  for (const look of [settingsChecks, machineChecks, databaseChecks, networkChecks, scannerChecks]) {
    for (const finding of await look(config)) {
      findings.push(finding);
      say(
        `${{ ok: 'ok   ', note: 'note ', wrong: 'WRONG' }[finding.verdict]}  ${finding.what}${finding.todo ? `\n       ${finding.todo}` : ''}`,
      );
    }
  }
  const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length;
  say(wrong === 0 ? 'Nothing is wrong.' : `${wrong === 1 ? 'One thing is' : `${wrong} things are`} wrong.`);
  return wrong === 0 ? 0 : 1;
}
