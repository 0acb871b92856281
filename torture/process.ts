// One process of the installation under torture, as `nahbar start` runs it but for its clock, which can be set wrong from outside. Says "ready" when it is.
import { loadModules } from '../server/modules/order.ts';
import { authenticate, authenticateAgain } from '../server/modules/workspace/index.ts';
import { readConfig } from '../server/platform/config/config.ts';
import { loadSecret } from '../server/platform/config/secret-file.ts';
import { startHouse } from '../server/platform/house/house.ts';
import { createLog } from '../server/platform/log.ts';

let ahead = Number(process.env['TORTURE_CLOCK_AHEAD'] ?? 0);
process.on('message', (message: { ahead: number }) => {
  ahead = message.ahead;
});
const config = readConfig();
const house = await startHouse({
  config,
  log: createLog(config),
  secret: await loadSecret(config),
  modules: await loadModules(),
  authenticate,
  authenticateAgain,
  clock: { now: () => new Date(Date.now() + ahead) },
});
process.stdout.write('ready\n');
process.on('SIGTERM', () => void house.close().then(() => process.exit(0)));
// Without the torturer it has nothing to do.
process.on('disconnect', () => process.exit());
