import type { ClientFrame, Look, ServerFrame, ShownState, Started } from '../protocol.ts';
import type { Memory, Pending } from './memory.ts';
import { afterSilence, pauseAfter, stillPending } from './model.ts';
import { call, fromJson, randomId, Socket, toJson } from './pristine.ts';
import type { Language } from './words.ts';

export interface FileToSend {
  name: string;
  type: string;
  size: number;
  content: Blob;
}

/** How the page stands to the server. `refused`: this page may not, and trying again does not help. */
export type Connection = 'connecting' | 'open' | 'away' | 'refused';

export interface Heard {
  state(state: ShownState): void;
  look(look: Look): void;
  connection(connection: Connection): void;
  writing(is: boolean): void;
  /** Messages on their way, confirmed, or refused with a reason. */
  outbox(): void;
  signedOut(): void;
  /** The page's token is too old or wrong; a page that can makes a new one. */
  tokenNeeded(): void;
}

export interface Talk {
  begin(): Promise<void>;
  say(text: string, files: readonly FileToSend[], address: string | null): string;
  again(id: string): void;
  read(): void;
  writing(is: boolean): void;
  file(id: string): Promise<Blob>;
  transcript(id: string, address: string): Promise<string | null>;
  leave(): void;
  readonly confirmed: ReadonlySet<string>;
  readonly refused: ReadonlyMap<string, string>;
}

interface Place {
  /** Of the server, without slash at the end. */
  base: string;
  accountId: string;
  language: Language;
  /** Asked anew for every call: the page may have made a new one. */
  token(): string | undefined;
}

class Refusal extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
    this.reason = reason;
  }
}

/** As long as a page needs to fetch a new token. */
const tokenMilliseconds = 2_000;
const pollMilliseconds = 6_000;
const listenMilliseconds = 5_000;
/** A call that hangs on a dead network is given up and repeated; one with files takes its time on a slow one. */
const patienceMilliseconds = { short: 20_000, files: 300_000 };

/** Refused for what it says; repeating the same would be refused again. */
const isFinal = (error: unknown): error is Refusal => error instanceof Refusal && [400, 403, 404, 413].includes(error.status);

/**
 * Speaks with the server. What must not be lost goes by calls that are repeated until they are confirmed, under ids made here; the line only brings news. While
 * the line cannot be opened, the page asks every some seconds instead.
 */
export function createTalk(place: Place, memory: Memory, heard: Heard): Talk {
  const address = `${place.base}/api/v1/channels/accounts/${place.accountId}/entrance`;
  const confirmed = new Set<string>();
  const refused = new Map<string, string>();
  const files = new Map<string, readonly FileToSend[]>();
  let line: WebSocket | undefined;
  /** When the line was opened, or anything was last heard on it. */
  let heardAt = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  /** A token that the server does not take: without it the visitor is a guest. */
  let badToken: string | undefined;
  const token = (): string | undefined => {
    const given = place.token();
    return given === badToken ? undefined : given;
  };

  const ask = async (
    name: string,
    body: Record<string, unknown>,
    patience: keyof typeof patienceMilliseconds = 'short',
  ): Promise<Response> => {
    const secret = memory.read().secret ?? undefined;
    // A simple request: no other header, no cookie, so that the browser asks nobody first.
    const response = await call(`${address}/${name}`, {
      method: 'POST',
      body: toJson({ secret, token: token(), ...body }),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMilliseconds[patience]),
    });
    if (response.ok) return response;
    const problem = fromJson(await response.text()) as { data?: { reason?: string }; code?: string } | null;
    throw new Refusal(response.status, problem?.data?.reason ?? problem?.code ?? '');
  };

  const take = (state: ShownState): void => {
    memory.change((kept) => {
      kept.pending = stillPending(kept.pending, state);
    });
    heard.state(state);
  };

  /** The secret is no good here any more: what was written stays in the field, and the talk begins anew. */
  const beginAnew = (reason: string): void => {
    memory.change((kept) => {
      const unsent = kept.pending.map(({ text }) => text).filter((text) => text !== '');
      kept.draft = [...unsent, kept.draft].filter((text) => text !== '').join('\n');
      kept.secret = null;
      kept.pending = [];
      kept.told = null;
    });
    if (reason === 'signed_out') heard.signedOut();
  };

  const begin = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const response = await ask('start', {});
      const { secret, look, state } = (await response.json()) as Started;
      // Another tab may have begun meanwhile: one talk for both.
      const kept = memory.change((now) => {
        now.secret ??= secret;
      });
      if (kept.secret !== secret) return begin();
      failures = 0;
      heard.look(look);
      take(state);
      openLine(secret);
      void flush();
    } catch (error) {
      if (error instanceof Refusal && ['unknown_secret', 'signed_out'].includes(error.reason) && memory.read().secret !== null) {
        beginAnew(error.reason);
        return begin();
      }
      if (error instanceof Refusal && error.reason === 'bad_token') {
        const refusedToken = token();
        heard.tokenNeeded();
        timer = setTimeout(() => {
          badToken = refusedToken;
          void begin();
        }, tokenMilliseconds);
        return;
      }
      if (isFinal(error)) return heard.connection('refused');
      later();
    }
  };

  const later = (how: Connection = 'away'): void => {
    heard.connection(how);
    clearTimeout(timer);
    failures += 1;
    timer = setTimeout(() => void begin(), pauseAfter(failures - 1));
  };

  const openLine = (secret: string): void => {
    line?.close();
    const mine = new Socket(address.replace(/^http/, 'ws'));
    line = mine;
    heardAt = Date.now();
    let isJoined = false;
    mine.onopen = () => line === mine && tell({ secret, token: token() });
    mine.onmessage = ({ data }) => {
      if (line !== mine) return;
      heardAt = Date.now();
      const frame = fromJson(String(data)) as ServerFrame | null;
      if (frame?.kind === 'state') {
        isJoined = true;
        failures = 0;
        heard.connection('open');
        take(frame.state);
      } else if (frame?.kind === 'writing') heard.writing(frame.is);
      else if (frame?.kind === 'refused') beginAnew(frame.code);
    };
    mine.onclose = () => {
      if (line !== mine) return;
      line = undefined;
      heard.writing(false);
      if (isJoined) return later('connecting');
      // The call before it went through: a network that lets no line through is asked every some seconds instead.
      heard.connection('open');
      timer = setTimeout(() => void begin(), pollMilliseconds * (0.5 + Math.random()));
    };
  };

  const tell = (frame: ClientFrame): void => {
    if (line?.readyState === Socket.OPEN) line.send(toJson(frame));
  };

  /** One after the other, in the order in which they were written; each again until the server has it. */
  const flush = async (): Promise<void> => {
    if (sending || memory.read().secret === null) return;
    sending = true;
    try {
      for (;;) {
        const next = memory.read().pending.find(({ id }) => !confirmed.has(id) && !refused.has(id));
        if (!next) return;
        await deliver(next);
      }
    } catch (error) {
      // Not there just now, or too fast: it is tried again, whatever the line does.
      setTimeout(() => void flush(), error instanceof Refusal && error.status === 429 ? 10_000 : pauseAfter(failures));
    } finally {
      sending = false;
    }
  };

  const deliver = async (one: Pending): Promise<void> => {
    const attached = files.get(one.id) ?? [];
    if (one.hadFiles && attached.length === 0) {
      refused.set(one.id, 'lost_files');
      return heard.outbox();
    }
    try {
      const { name } = memory.read();
      const content = await Promise.all(
        attached.map(async (file) => ({ name: file.name, type: file.type, base64: await base64(file.content) })),
      );
      const { id, text } = one;
      await ask(
        'say',
        { id, text, name, language: place.language, address: one.address, files: content },
        content.length > 0 ? 'files' : 'short',
      );
      confirmed.add(id);
      files.delete(id);
    } catch (error) {
      if (!isFinal(error)) throw error;
      if (error.reason === 'unknown_secret' || error.reason === 'signed_out') {
        beginAnew(error.reason);
        void begin();
        throw error;
      }
      refused.set(one.id, error.reason);
    }
    heard.outbox();
  };

  /** Begins anew where the line was silent for too long. Let go first, for what closes late must not look like the new one breaking. */
  const listen = (): void => {
    if (!line) return;
    const then = afterSilence(Date.now() - heardAt);
    if (then === 'ask') tell({ there: true });
    if (then !== 'renew') return;
    const old = line;
    line = undefined;
    old.close();
    heard.writing(false);
    heard.connection('connecting');
    void begin();
  };
  const wake = (): void => (line ? listen() : void begin());
  const isSeen = (): boolean => document.visibilityState === 'visible';
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => isSeen() && wake());
  // After sleep the timer comes late, but it comes. A page that nobody looks at waits until somebody does.
  setInterval(() => isSeen() && listen(), listenMilliseconds);

  return {
    confirmed,
    refused,
    begin,
    say(text, attached, addressLeft) {
      const one: Pending = {
        id: randomId(),
        text,
        at: new Date().toISOString(),
        hadFiles: attached.length > 0,
        address: addressLeft,
      };
      if (attached.length > 0) files.set(one.id, attached);
      memory.change((kept) => void kept.pending.push(one));
      heard.outbox();
      void flush();
      return one.id;
    },
    again(id) {
      refused.delete(id);
      heard.outbox();
      void flush();
    },
    read: () => tell({ read: true }),
    writing: (is) => tell({ writing: is }),
    file: async (id) => (await ask('file', { id }, 'files')).blob(),
    async transcript(id, to) {
      try {
        await ask('transcript', { id, address: to, language: place.language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
        return null;
      } catch (error) {
        return error instanceof Refusal ? error.reason : 'away';
      }
    },
    leave() {
      line?.close();
      memory.forget();
      confirmed.clear();
      refused.clear();
      void begin();
    },
  };
}

function base64(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new Error('the file cannot be read'));
    reader.readAsDataURL(content);
  });
}
