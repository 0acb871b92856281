import type { AddressInfo } from 'node:net';
import { expect, vi } from 'vitest';
import { type Case, caseEndpoints } from '../../contract/cases.ts';
import { conversationEndpoints } from '../../contract/conversations.ts';
import { knowledgeEndpoints } from '../../contract/knowledge.ts';
import type { RecordEnvelope } from '../../contract/stream.ts';
import { workspaceEndpoints } from '../../contract/workspace.ts';
import type { Scene } from '../../server/modules/cases/testing.ts';
import { type Listening, listen } from '../../server/testing/sync-law.ts';
import { records } from '../../web/platform/store/app-store.ts';
import type { AnyRecord } from '../../web/platform/store/records.ts';

/** What the server answers that the desk holds in its records. */
const kinds = ['case', 'conversation', 'draft', 'handover', 'message', 'person', 'snippet', 'statement', 'topic'] as const;
export type State = Map<string, AnyRecord>;

/** What is on screen now, guesses and all, as `kind id`. */
export const shown = (): State =>
  new Map(
    kinds.flatMap((kind) =>
      records
        .all<Belonging>(kind)
        .filter((record) => isReachable(kind, record))
        .map((record) => [`${kind} ${record.id}`, record] as const),
    ),
  );

type Belonging = AnyRecord & { conversationId?: string; caseId?: string };
const ofConversation = new Set(['draft', 'message']);
const parentOf = (kind: string, { conversationId = '', caseId = '' }: Belonging): readonly [string, string] =>
  ofConversation.has(kind) ? ['conversation', conversationId] : ['case', caseId];
/** What belongs to a conversation is on no screen without it. */
const isReachable = (kind: string, record: Belonging): boolean =>
  !ofConversation.has(kind) || records.get(...parentOf(kind, record)) !== undefined;

/** When the stream tells what a request did: before its answer is there, or afterwards. */
export type Order = 'stream first' | 'answer first';

export interface Desk {
  /** Who works here from now on. */
  sit(who: { id: string; name: string }): Promise<void>;
  who(): { id: string; name: string };
  /** What the stream has told is shown, and all that was told before once more, as after a break. */
  hear(): Promise<void>;
  /** What is open, as `kind id`: of that the screen must know everything. */
  open: Set<string>;
  order: Order;
  /** Refuses every change before the server hears of it. */
  isRefusing: boolean;
  /** Hears of every change just before it leaves the browser. */
  onRequest: () => void;
  close(): void;
}

/** The browser's own store and requests, against a real server over real connections; only what the browser itself is, is put in their place. */
export async function openDesk({ h }: Scene): Promise<Desk> {
  const streams = new Map<string, Listening>();
  let sitting = { id: '', name: '' };
  let stream: Listening | undefined;
  let heard = Promise.resolve();
  const desk: Desk = {
    open: new Set(),
    order: 'answer first',
    isRefusing: false,
    onRequest: () => {},
    who: () => sitting,
    async sit(who) {
      sitting = who;
      desk.open.clear();
      stream = streams.get(who.id) ?? (await listen(h, who));
      streams.set(who.id, stream);
      await stream.settled();
      stream.envelopes.length = 0;
      records.clear();
    },
    hear() {
      // One after the other: each asks the stream and waits for its word.
      heard = heard.then(async () => {
        await stream?.settled();
        const told: RecordEnvelope[] = stream?.envelopes ?? [];
        records.apply(told);
        records.apply(told.toReversed());
      });
      return heard;
    },
    close() {
      for (const one of streams.values()) one.close();
      records.clear();
      vi.unstubAllGlobals();
      vi.useRealTimers();
    },
  };
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const isChange = init.method !== 'GET';
    if (isChange) desk.onRequest();
    if (isChange && desk.isRefusing)
      return Response.json({ type: '', title: 'Refused', status: 409, code: 'core.conflict' }, { status: 409 });
    const { port } = h.house.http.server.address() as AddressInfo;
    const headers = { ...(init.headers as Record<string, string>), authorization: `Test ${sitting.id}` };
    const answer = await real(`http://127.0.0.1:${port}${url}`, { ...init, headers });
    if (isChange && desk.order === 'stream first') await desk.hear();
    return answer;
  });
  // What the browser gives: a place to keep things, one window at a time, and its events.
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('localStorage', placeToKeep());
  vi.stubGlobal('navigator', { locks: { request: (_name: string, work: () => unknown) => work() } });
  return desk;
}

function placeToKeep(): object {
  const place = {};
  const hidden = (value: unknown) => ({ value, enumerable: false });
  return Object.defineProperties(place, {
    getItem: hidden((key: string) => (place as Record<string, string>)[key] ?? null),
    setItem: hidden((key: string, text: string) => void Object.assign(place, { [key]: text })),
    removeItem: hidden((key: string) => Reflect.deleteProperty(place, key)),
  });
}

/** What somebody would be shown who opened everything anew: all that is known in `about`, and what belongs to it. */
export async function fetched({ h }: Scene, who: { id: string }, about: readonly string[]): Promise<State> {
  const state: State = new Map();
  const add = (kind: string, list: readonly AnyRecord[]) => list.forEach((record) => state.set(`${kind} ${record.id}`, record));
  const ids = (kind: string) => about.filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1));
  for (const id of ids('conversation')) {
    const { status, body } = await h.call(who, conversationEndpoints.open, { id });
    if (status !== 200) continue;
    add('conversation', [body.conversation]);
    add('message', body.messages);
    add('draft', body.drafts);
  }
  for (const id of ids('case')) {
    const { status, body } = await h.call(who, caseEndpoints.open, { id, limit: 200 });
    if (status !== 200) continue;
    // Whoever opens a merged one is led on.
    if (body.case.id !== id) add('case', [{ ...records.get<Case>('case', id), id, state: 'merged', mergedInto: body.case.id } as Case]);
    add('case', [body.case]);
    add('statement', body.statements);
    add('handover', body.handovers);
  }
  if (ids('topic').length > 0) add('topic', (await h.call(who, caseEndpoints.topics, {})).body.items);
  if (ids('snippet').length > 0) add('snippet', (await h.call(who, knowledgeEndpoints.snippets, {})).body.items);
  if (ids('person').length > 0) add('person', (await h.call(who, workspaceEndpoints.listPeople, { limit: 200 })).body.items);
  return state;
}

/** What a screen must show of what there is: whatever it shows already, and all that belongs to what is open on it. */
export const ofTheScreen = (server: State, open: ReadonlySet<string>): State =>
  new Map(
    [...server].filter(([key, record]) => {
      const [kind = ''] = key.split(' ');
      return shown().has(key) || open.has(key) || open.has(parentOf(kind, record).join(' '));
    }),
  );

export function expectSame(screen: State, server: State): void {
  expect(Object.fromEntries([...screen].toSorted(byKey))).toEqual(Object.fromEntries([...server].toSorted(byKey)));
}
const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
