import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { offerSample } from './demo/provide.ts';
import { loadModules } from './modules/order.ts';
import { authenticate, authenticateAgain } from './modules/workspace/index.ts';
import type { Config } from './platform/config/config.ts';
import { loadSecret } from './platform/config/secret-file.ts';
import { startHouse } from './platform/house/house.ts';
import { checkPlaces } from './platform/house/listening.ts';
import { createLog } from './platform/log.ts';

// The heap may grow by half of what is alive before it is swept; left alone it grows fourfold on a large machine, to no use but a few sweeps less.
setFlagsFromString('--heap-growing-percent=50');

/** Starts one process of the installation: web, worker or both, as the settings say. Its settings afterwards name the port that it got. */
export async function startServer(config: Config): Promise<{ config: Config; close(): Promise<void> }> {
  const log = createLog(config);
  const secret = await loadSecret(config);
  const modules = await loadModules();
  const house = await startHouse({
    config,
    log,
    secret,
    modules,
    authenticate,
    authenticateAgain,
    webFolder: path.join(import.meta.dirname, '../dist/web'),
    embedFolder: path.join(import.meta.dirname, '../dist/embed'),
  }).catch(async (error: NodeJS.ErrnoException) => {
    // Somebody took the place after `start` had looked.
    if (error.syscall === 'listen') await checkPlaces(config);
    throw error;
  });
  offerSample(house, secret, modules);
  return { config: house.platform.config, close: house.close };
}
