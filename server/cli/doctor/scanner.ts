import { scanForViruses } from '../../platform/files/virus-scan.ts';
import { type Checks, ok, reason, wrong } from './finding.ts';

/** Whether the virus scanner judges a harmless file to be clean. */
export const scannerChecks: Checks = async ({ virusScan }) => {
  if (!virusScan) return [];
  const todo = 'Run the command by hand with a file on its standard input; until it works attachments stay unjudged.';
  try {
    const judgement = await scanForViruses(virusScan, Buffer.from('A harmless line of the doctor.\n'));
    if (judgement === 'clean') return [ok('NAHBAR_VIRUS_SCAN: the scanner answers')];
    return [
      wrong('NAHBAR_VIRUS_SCAN calls a harmless file infected', 'Its command must exit with 0 for a clean file, 1 for an infected one.'),
    ];
  } catch (error) {
    return [wrong(`NAHBAR_VIRUS_SCAN: ${reason(error)}`, todo)];
  }
};
