// A real process on an embedded database, for tests that kill it. Called as: embedded-process.ts FOLDER ROLE hold|write
// Says "ready {…}" when the database is open; `write` then commits rows for ever and says each number once it is committed.
import { openDatabase } from '../platform/database/database.ts';
import type { Role } from '../platform/database/embedded/holders.ts';
import { layOut, readPidFile } from '../platform/database/embedded/postgres-files.ts';

const [folder = '', role = 'server', mode = 'hold'] = process.argv.slice(2);
const begun = performance.now();
try {
  const database = await openDatabase({ data: folder, databaseUrl: '', databaseConnections: 10 }, { role: role as Role });
  const postmaster = readPidFile(layOut(folder))?.pid;
  const waiting = setInterval(() => {}, 2 ** 30);
  process.once('SIGTERM', () => {
    clearInterval(waiting);
    void database.close().then(() => process.exit(0));
  });
  console.log(`ready ${JSON.stringify({ milliseconds: Math.round(performance.now() - begun), postmaster, url: database.url })}`);
  if (mode === 'write') {
    await database.pool.query('create table if not exists written (id bigint generated always as identity primary key, text text)');
    for (let writer = 0; writer < 4; writer += 1) void write();
  }

  async function write(): Promise<void> {
    for (;;) {
      const { rows } = await database.pool.query<{ id: number }>(`insert into written (text) values (repeat('x', 500)) returning id`);
      console.log(String(rows[0]?.id));
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
