import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Config, ConfigError } from './config.ts';
import { makeDataFolder } from './data-folder.ts';

/** The installation's secret: NAHBAR_SECRET, or a file in the data folder that only its owner can read, made at first start. */
export async function loadSecret(config: Pick<Config, 'secret' | 'data'>): Promise<string> {
  if (config.secret) return config.secret;
  makeDataFolder(config.data);
  const file = path.join(config.data, 'secret');
  const secret = (await readIfPresent(file)) ?? (await make(file));
  if (secret.length < 32)
    throw new ConfigError([`The secret file ${file} is too short; restore it from the backup, or set NAHBAR_SECRET.`], ['NAHBAR_SECRET']);
  return secret;
}

/** Written aside and then linked: the file is whole or absent even after a power cut, and of two first starts both get the same. */
async function make(file: string): Promise<string> {
  const aside = `${file}.${process.pid}`;
  const handle = await open(aside, 'w', 0o600);
  await handle.writeFile(`${randomBytes(48).toString('base64url')}\n`);
  await handle.sync();
  await handle.close();
  await link(aside, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
  return (await readIfPresent(file)) ?? '';
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
