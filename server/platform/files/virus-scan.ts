import { spawn } from 'node:child_process';

/** A scanner that does not answer in this time is not there. */
const patienceMilliseconds = 120_000;

/**
 * Asks the scanner the installation names (`NAHBAR_VIRUS_SCAN`, e.g. `clamdscan --no-summary -`): it reads the file on its standard input and
 * exits with 0 for clean and 1 for infected, as ClamAV's do. Anything else, or silence, rejects: then the file stays unjudged and is asked about again.
 */
export function scanForViruses(command: string, content: Uint8Array): Promise<'clean' | 'infected'> {
  return new Promise((resolve, reject) => {
    const scanner = spawn(command, { shell: true, stdio: ['pipe', 'ignore', 'ignore'], timeout: patienceMilliseconds });
    scanner.on('error', reject);
    scanner.on('close', (code) => {
      if (code === 0) resolve('clean');
      else if (code === 1) resolve('infected');
      else reject(new Error(`The virus scanner ended with ${code ?? 'a signal'}`));
    });
    // A scanner may have seen enough before it has read everything.
    scanner.stdin.on('error', () => {});
    scanner.stdin.end(content);
  });
}
