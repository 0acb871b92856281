// The server as `nahbar start` runs it, without building the web application first: started by the benches as a process of its own.
import { startServer } from '../server/main.ts';
import { readConfig } from '../server/platform/config/config.ts';

const server = await startServer(readConfig());
process.stdout.write('ready\n');
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
// Without its bench it has nothing to do.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
