import path from 'node:path';
import { offerSample } from './demo/provide.ts';
import { loadModules } from './modules/order.ts';
import { authenticate, authenticateAgain } from './modules/workspace/index.ts';
import type { Config } from './platform/config.ts';
import { startHouse } from './platform/house.ts';
import { createLog } from './platform/log.ts';
import { loadSecret } from './platform/secret-file.ts';

/** Starts one process of the installation: web, worker or both, as the settings say. */
export async function startServer(config: Config): Promise<{ address: string; close(): Promise<void> }> {
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
  });
  offerSample(house, secret, modules);
  return { address: house.address, close: house.close };
}
