import type { SmtpSession } from './smtp-session.ts';

/**
 * Keeps a connection for a few mails and a few seconds. More mails on one connection would be taken but laid aside by
 * Exim, whose default passes only ten on at once (smtp_accept_queue_per_connection).
 */
export interface SessionPool {
  /** Runs `use` on an idle session of that key or a fresh one. A session on which `use` throws is thrown away. */
  with<T>(key: string, open: () => Promise<SmtpSession>, use: (session: SmtpSession) => Promise<T>): Promise<T>;
  end(): void;
}

const mailsPerSession = 8;
const idleMilliseconds = 4_000;

export function createSessionPool(): SessionPool {
  const idle = new Map<string, { session: SmtpSession; timer: NodeJS.Timeout }[]>();

  const take = (key: string): SmtpSession | undefined => {
    const entries = idle.get(key) ?? [];
    for (let entry = entries.pop(); entry; entry = entries.pop()) {
      clearTimeout(entry.timer);
      if (entries.length === 0) idle.delete(key);
      if (entry.session.isOpen()) return entry.session;
    }
    return undefined;
  };

  const giveBack = (key: string, session: SmtpSession) => {
    if (!session.isOpen() || session.sent() >= mailsPerSession) return session.end();
    const entries = idle.get(key) ?? [];
    const timer = setTimeout(() => {
      entries.splice(
        entries.findIndex((entry) => entry.session === session),
        1,
      );
      if (entries.length === 0) idle.delete(key);
      session.end();
    }, idleMilliseconds);
    timer.unref();
    entries.push({ session, timer });
    idle.set(key, entries);
  };

  return {
    async with(key, open, use) {
      const session = take(key) ?? (await open());
      try {
        const result = await use(session);
        giveBack(key, session);
        return result;
      } catch (error) {
        session.end(true);
        throw error;
      }
    },
    end() {
      for (const entries of idle.values()) {
        for (const { session, timer } of entries) {
          clearTimeout(timer);
          session.end(true);
        }
      }
      idle.clear();
    },
  };
}
