import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from './config.ts';

/** The installation's secret: NAHBAR_SECRET, or a file in the data folder that only its owner can read, made at first start. */
export async function loadSecret(config: Pick<Config, 'secret' | 'data'>): Promise<string> {
  if (config.secret) return config.secret;
  const file = path.join(config.data, 'secret');
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  try {
    // Exclusive, so that two first starts cannot each believe in a secret of their own.
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(randomBytes(48).toString('base64url'));
    await handle.sync();
    await handle.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32) throw new Error(`The secret file ${file} is too short; restore it from the backup, or set NAHBAR_SECRET.`);
  return secret;
}
