import type { WebSocket, WebSocketServer } from 'ws';

/** Tells the other sides to come again to a process started anew, and ends without those that do not listen. */
export async function closeSockets(server: WebSocketServer, connections: Iterable<{ ws: WebSocket }>): Promise<void> {
  for (const { ws } of connections) ws.close(1012, 'restarting');
  setTimeout(() => {
    for (const { ws } of connections) ws.terminate();
  }, 500).unref();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
