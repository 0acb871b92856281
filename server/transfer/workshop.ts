import { loadModules } from '../modules/order.ts';
import { system } from '../platform/actor.ts';
import type { Config } from '../platform/config/config.ts';
import { loadSecret } from '../platform/config/secret-file.ts';
import type { Database } from '../platform/database/database.ts';
import { type House, startHouse } from '../platform/house/house.ts';
import type { Log } from '../platform/log.ts';

/**
 * A house without doors, for a command: it listens nowhere and does what is waiting when it is told to. Beside a running server both take turns, for
 * every piece of work is taken under a lock.
 */
export async function openWorkshop(config: Config, log: Log, database: Database): Promise<House> {
  return startHouse({
    config: { ...config, port: 0, smtpPort: 0, rateLimit: 0 },
    log,
    secret: await loadSecret(config),
    modules: await loadModules(),
    // Whoever can start this process can read the database anyway.
    authenticate: () => async () => system,
    authenticateAgain: () => async (actor) => actor,
    database: { ...database, close: async () => {} },
    mode: 'step',
  });
}
