import { flushCompileCache } from 'node:module';
import { loadModules } from '../../../server/modules/order.ts';
import { readConfig } from '../../../server/platform/config/config.ts';
import { startHouse } from '../../../server/platform/house/house.ts';
import { createLog } from '../../../server/platform/log.ts';

/**
 * A worker process as it runs in the field, started by tests to be killed at any moment: mail receiver, mailbox
 * connections, reading, sending. The environment says everything; a line on the output says when it is ready.
 */
const config = readConfig({ ...process.env, NAHBAR_PROCESS: 'worker' });
const nobody = () => Promise.reject(new Error('nobody signs in here'));
const house = await startHouse({
  config,
  log: createLog(config),
  secret: config.secret,
  modules: await loadModules('channels'),
  authenticate: () => nobody,
  authenticateAgain: () => () => Promise.resolve(undefined),
});
process.on('SIGTERM', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`cpu ${(user + system) / 1e6}\n`);
  void house.close().then(() => process.exit(0));
});
process.stdin.resume().once('end', () => process.exit(1));
// Whoever kills it wants the next one to start sooner.
flushCompileCache();
process.stdout.write('ready\n');
