import { flushCompileCache } from 'node:module';
import { loadModules } from '../modules/order.ts';
import { authenticateAgain } from '../modules/workspace/index.ts';
import { readConfig } from '../platform/config/config.ts';
import { startHouse } from '../platform/house/house.ts';
import { silentLog } from '../platform/log.ts';
import { authenticateForTests } from './house.ts';

/** A process of an installation, with all rooms, for tests that kill it or take its disk. The settings come as ever; says its address when it is ready. */
const house = await startHouse({
  config: readConfig(),
  log: silentLog,
  secret: 'a secret for tests only, thirty-two characters',
  modules: await loadModules(),
  authenticate: authenticateForTests,
  authenticateAgain,
});
// Whoever kills it wants the next one to start sooner.
flushCompileCache();
process.stdout.write(`${house.address}\n`);
process.on('disconnect', () => process.exit());
