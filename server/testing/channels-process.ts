import { flushCompileCache } from 'node:module';
import { provideOutgoing } from '../modules/channels/index.ts';
import { outgoing } from '../modules/channels/testing.ts';
import { loadModules } from '../modules/order.ts';
import { authenticate, authenticateAgain } from '../modules/workspace/index.ts';
import { readConfig } from '../platform/config/config.ts';
import { startHouse } from '../platform/house/house.ts';
import { silentLog } from '../platform/log.ts';

/**
 * A whole server process for crash tests: killed by the test at any moment, started again. `OFFSET_SECONDS` sets its clock ahead, so that leases
 * of its dead predecessor have ended; `OUTGOING_TO` is whom its messages go to. Says its address when it is ready.
 */
const offset = Number(process.env['OFFSET_SECONDS'] ?? 0) * 1_000;
const to = process.env['OUTGOING_TO'];
provideOutgoing((_at, messageId) => Promise.resolve(outgoing({ messageId, ...(to ? { to: [{ name: 'Frau Klein', address: to }] } : {}) })));
const house = await startHouse({
  config: readConfig(),
  log: silentLog,
  secret: 'a secret for tests only, thirty-two characters',
  modules: await loadModules('channels'),
  authenticate,
  authenticateAgain,
  clock: { now: () => new Date(Date.now() + offset) },
});
// Whoever kills it wants the next one to start sooner.
flushCompileCache();
process.stdout.write(`${house.address}\n`);
process.on('disconnect', () => process.exit());
