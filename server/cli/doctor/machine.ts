import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Checks, type Finding, note, ok, reason, wrong } from './finding.ts';

const gigabyte = 1024 ** 3;

/** Node, and the data folder: rights and room. */
export const machineChecks: Checks = async (config) => {
  const findings: Finding[] = [
    ok(
      `Node ${process.versions.node} on ${process.platform}-${process.arch}, ${os.availableParallelism()} cores, ${(os.totalmem() / gigabyte).toFixed(0)} GB`,
    ),
  ];
  const folder = nearestExisting(config.data);
  try {
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    findings.push(ok(`data folder ${config.data}${folder === config.data ? '' : ' (made at the first start)'} can be written`));
  } catch (error) {
    findings.push(
      wrong(
        `data folder: ${folder} can not be written (${reason(error)})`,
        'Give it to the account that runs Nahbar, or choose another one with NAHBAR_DATA.',
      ),
    );
  }
  findings.push(...rights(config.data));
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = (bavail * bsize) / gigabyte;
  const room = `${free.toFixed(1)} GB free for the data folder`;
  if (free < 0.5) findings.push(wrong(room, 'PostgreSQL stops when the disk is full. Make room.'));
  else findings.push(free < 2 ? note(room, 'That will not last long.') : ok(room));
  return findings;
};

function rights(folder: string): Finding[] {
  if (process.platform === 'win32') return [];
  const open = [folder, path.join(folder, 'secret')].filter((file) => fs.existsSync(file) && (fs.statSync(file).mode & 0o077) !== 0);
  return open.map((file) => wrong(`${file} can be read by other accounts of this machine`, `chmod go-rwx ${file}`));
}

function nearestExisting(folder: string): string {
  return fs.existsSync(folder) || folder === path.dirname(folder) ? folder : nearestExisting(path.dirname(folder));
}
