import { provideSample } from '../modules/workspace/index.ts';
import type { House } from '../platform/house/house.ts';
import type { Module } from '../platform/module.ts';
import { signInsOf } from './sign-ins.ts';
import { isSampleUnfinished } from './trial.ts';

/** Lets the first page of a running house offer the sample company. While it is played, the house rests: the past has another clock. */
export function offerSample(house: House, secret: string, modules: readonly Module[]): void {
  const { config, log, database } = house.platform;
  const isUnfinished = () => isSampleUnfinished(database);
  // Other processes would go on working by today's clock.
  if (config.process !== 'all') return provideSample(undefined);
  provideSample(async () => {
    // A hundred files of texts that a house which is set up never needs.
    const { loadSample } = await import('./load.ts');
    const goOn = await house.pause();
    try {
      await loadSample({ config, log, secret, database, modules });
    } finally {
      await goOn();
      house.platform.poke();
    }
    return signInsOf(secret);
  }, isUnfinished);
}
