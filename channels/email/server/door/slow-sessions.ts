import type { SMTPServer } from 'smtp-server';

/**
 * Ends sessions that take longer than allowed for one mail. The library's own timeout looks at silence only: who sends a
 * byte a minute (slow loris) would hold a place for ever.
 */
export function watchSlowSessions(server: SMTPServer, milliseconds: number): { refresh(sessionId: string): void; stop(): void } {
  const since = new Map<string, number>();
  const look = () => {
    const now = Date.now();
    const open = new Set<string>();
    for (const connection of server.connections) {
      open.add(connection.id);
      const began = since.get(connection.id) ?? now;
      since.set(connection.id, began);
      if (now - began > milliseconds) connection.send(421, 'You take too long, goodbye');
    }
    for (const id of since.keys()) if (!open.has(id)) since.delete(id);
  };
  const timer = setInterval(look, Math.max(50, Math.min(milliseconds / 4, 5_000)));
  timer.unref();
  return {
    refresh: (sessionId) => void since.set(sessionId, Date.now()),
    stop: () => clearInterval(timer),
  };
}
