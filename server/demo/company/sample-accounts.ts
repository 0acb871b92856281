import { existsSync, readdirSync } from 'node:fs';
import type { SampleAccount } from '../../../contract/channel.ts';

const folder = new URL('../../../channels/', import.meta.url);

/** Accounts that channels give to the sample company: `channels/<name>/sample.ts` exports `sample: SampleAccount`. */
export async function sampleAccounts(): Promise<(SampleAccount & { channel: string })[]> {
  const found: (SampleAccount & { channel: string })[] = [];
  for (const channel of readdirSync(folder).toSorted()) {
    const file = new URL(`${channel}/sample.ts`, folder);
    if (!existsSync(file)) continue;
    const { sample } = (await import(file.href)) as { sample: SampleAccount };
    found.push({ channel, ...sample });
  }
  return found;
}
