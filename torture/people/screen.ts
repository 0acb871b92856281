import { WebSocket } from 'ws';
import { closedForBalance } from '../../contract/stream.ts';
import { pause } from '../chance.ts';
import type { Adviser, Process } from '../installation.ts';
import type { HeardEvent, Listening, Shown } from '../record.ts';

/** A browser's live view: joins as `contract/stream.ts` says, follows, comes back at its cursor to whichever web answers. */
export interface Screen {
  /** Also on its way from one web to another that has more room: nothing on it is wrong, and it is there at once. */
  isOpen(): boolean;
  /** Everything that was there when it was opened has been read. */
  isRead(): boolean;
  /** By conversation. */
  shown: Map<string, Shown>;
  /** The last place the stream named. */
  cursor(): string;
  close(): void;
}

export interface Frame {
  op: string;
  n: number;
  cursor?: string;
  events: readonly HeardEvent[];
  /** Each conversation it carries, as it is now; null where it is gone. */
  lines: readonly [string, Shown | null][];
}

interface Written extends Partial<Pick<Frame, 'n' | 'cursor' | 'events'>> {
  op: string;
  records?: { kind: string; id: string; version: number; gone?: true; data?: Fields }[];
}

export function frameOf(bytes: Buffer): Frame {
  const { op, n = 0, cursor, events = [], records = [] } = JSON.parse(bytes.toString()) as Written;
  const lines = records
    .filter(({ kind }) => kind === 'conversation')
    .map(({ id, data }): [string, Shown | null] => [id, data ? shownOf(data) : null]);
  return { op, n, events, lines, ...(cursor !== undefined && { cursor }) };
}

interface Fields {
  version: number;
  state: string;
  subject: string;
  lastSeq: number;
  claim: { personId: string } | null;
  assigneeId: string | null;
  caseId: string | null;
}

const shownOf = (data: Fields): Shown => ({
  version: data.version,
  state: data.state,
  subject: data.subject,
  lastSeq: data.lastSeq,
  claimedBy: data.claim?.personId ?? null,
  assigneeId: data.assigneeId,
  caseId: data.caseId,
});

export function openScreen(
  adviser: Adviser,
  webs: Process[],
  listenings: Listening[],
  read: (path: string) => Promise<unknown>,
  hear: (events: readonly HeardEvent[]) => void,
  /** For thousands of them in one process: nothing that was heard is kept, and what many hear is read once. */
  crowd?: { frameOf(bytes: Buffer): Frame },
): Screen {
  const shown = new Map<string, Shown>();
  let listening: Listening | undefined;
  let socket: WebSocket | undefined;
  let isOpen = false;
  let isMoving = false;
  let isOver = false;
  let isRead = false;
  let turn = Number.parseInt(adviser.id.slice(-4), 16);

  const apply = (id: string, next: Shown) => {
    if (next.version >= (shown.get(id)?.version ?? 0)) shown.set(id, next);
  };

  /** All there is, page by page, as after the first connection or when the stream says so. */
  const readAll = async () => {
    for (const view of ['open', 'waiting', 'resolved', 'spam'])
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = (await read(`/conversations?view=${view}&limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)) as {
          items: (Fields & { id: string })[];
          nextCursor: string | null;
        };
        for (const item of page.items) apply(item.id, shownOf(item));
        cursor = page.nextCursor;
      }
  };

  const connect = (): Promise<void> =>
    new Promise((resolve) => {
      turn += 1;
      const web = webs[turn % webs.length] as Process;
      const query = listening ? `?cursor=${encodeURIComponent(listening.to)}` : '';
      const mine = new WebSocket(`ws://${web.host}:${web.port}/api/v1/stream${query}`, {
        headers: { cookie: `nahbar_session=${adviser.session}` },
        handshakeTimeout: 3_000,
      });
      socket = mine;
      let expected = 1;
      let lastHeard = performance.now();
      // As a browser does that hears nothing on a line that may be dead. A crowd asks as seldom as browsers do: its pings were a load of their own.
      const asksEvery = crowd ? 15_000 : 1_000;
      const watch = setInterval(() => {
        if (performance.now() - lastHeard > 4 * asksEvery) mine.terminate();
        else if (mine.readyState === mine.OPEN) mine.send('{"op":"ping"}');
      }, asksEvery);
      mine.on('message', (bytes: Buffer) => {
        lastHeard = performance.now();
        const frame = (crowd?.frameOf ?? frameOf)(bytes);
        if (frame.op === 'ready') {
          isOpen = true;
          if (!listening) {
            listening = { personId: adviser.id, from: frame.cursor ?? '', to: frame.cursor ?? '', heard: [], gaps: 0 };
            listenings.push(listening);
            isRead = false;
            void readAll().then(
              () => (isRead = true),
              () => mine.terminate(),
            );
          }
        } else if (frame.op === 'reload') {
          // What it would have heard it reads; the next connection begins a new piece.
          listening = undefined;
          mine.terminate();
        } else if (frame.op === 'events' && listening) {
          if (frame.n !== expected) listening.gaps += 1;
          expected = frame.n + 1;
          if (!crowd) listening.heard.push(...frame.events);
          listening.to = frame.cursor ?? listening.to;
          for (const [id, line] of frame.lines)
            if (line) apply(id, line);
            else shown.delete(id);
          hear(frame.events);
        }
      });
      mine.on('error', () => {});
      mine.on('close', (code) => {
        clearInterval(watch);
        isMoving = code === closedForBalance;
        if (!isMoving) isOpen = false;
        resolve();
      });
    });

  const stay = async () => {
    while (!isOver) {
      await connect();
      if (!isOver && !isMoving) await pause(150);
    }
  };
  void stay();
  return {
    isOpen: () => isOpen,
    isRead: () => isRead,
    shown,
    cursor: () => listening?.to ?? '',
    close() {
      isOver = true;
      socket?.terminate();
    },
  };
}
