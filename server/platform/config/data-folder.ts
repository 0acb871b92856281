import fs from 'node:fs';
import path from 'node:path';
import { ConfigError } from './config.ts';

/** Makes the data folder, readable by its owner only, when it is not there. Throws ConfigError when it can't be made or written. */
export function makeDataFolder(folder: string): void {
  try {
    makeLevels(folder);
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no reason given';
    const what = fs.existsSync(folder) ? 'that folder can not be written' : 'no folder can be made there';
    throw new ConfigError(
      [
        `NAHBAR_DATA is ${JSON.stringify(folder)}, but ${what} (${code}). Give it to the account that runs Nahbar, or choose another one with NAHBAR_DATA.`,
      ],
      ['NAHBAR_DATA'],
    );
  }
}

/** Level by level: Node's own `recursive` tries for ever where the system answers a mkdir with "no such file", as it does below /proc. */
function makeLevels(folder: string): void {
  if (fs.existsSync(folder)) return;
  if (path.dirname(folder) !== folder) makeLevels(path.dirname(folder));
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Of two first starts at once, one makes it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
