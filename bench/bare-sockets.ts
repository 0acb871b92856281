// Sends one text to every socket, as fast as they take it: what `ws` can do on this machine without rights, cursors or a database.
import { WebSocketServer } from 'ws';

const size = Number(process.argv[2] ?? 300);
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
const text = 'x'.repeat(size);
server.on('listening', () => process.send?.((server.address() as { port: number }).port));
process.on('disconnect', () => process.exit(0));

const round = () => {
  let sent = 0;
  for (const socket of server.clients) {
    if (socket.bufferedAmount > 256 * 1024) continue;
    socket.send(text);
    sent += 1;
  }
  if (sent > 0) setImmediate(round);
  else setTimeout(round, 1);
};
round();
