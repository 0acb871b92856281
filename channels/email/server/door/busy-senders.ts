/** A sender in full swing begins its next mail much sooner. */
const recentMilliseconds = 20;

/** Senders that began or finished a mail within the last moments: more is likely to come from them. */
export function createBusySenders(): { note(sessionId: string): void; count(): number } {
  const last = new Map<string, number>();
  return {
    note: (sessionId) => void last.set(sessionId, performance.now()),
    count() {
      const since = performance.now() - recentMilliseconds;
      for (const [id, at] of last) if (at < since) last.delete(id);
      return last.size;
    },
  };
}
