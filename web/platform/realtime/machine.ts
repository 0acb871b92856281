import {
  closedForBalance,
  closedForNewer,
  closedSignedOut,
  type RecordEnvelope,
  type ServerFrame,
  type StreamEvent,
} from '../../../contract/stream.ts';

/** How true the screen is. `since` is when it was last known to be true, in milliseconds since the epoch. */
export type Liveness = { live: true } | { live: false; since: number };

export interface StreamState {
  readonly phase: 'idle' | 'connecting' | 'open' | 'waiting';
  readonly cursor: string | null;
  /** Number of the last frame of this connection. */
  readonly lastFrame: number;
  readonly attempts: number;
  /** When anything was last heard. */
  readonly heardAt: number;
  /** Whether state was read after the cursor was known; before that a break means reading everything again. */
  readonly joined: boolean;
  /** Since when the server says that it sees nothing new. */
  readonly blindSince: number | null;
}

export type StreamInput =
  | { type: 'start'; at: number }
  | { type: 'opened'; at: number }
  | { type: 'frame'; at: number; frame: ServerFrame }
  | { type: 'closed'; at: number; random: number; code?: number }
  | { type: 'retry'; at: number }
  | { type: 'tick'; at: number }
  | { type: 'woke'; at: number };

export type StreamEffect =
  | { do: 'connect'; cursor: string | null }
  | { do: 'disconnect' }
  | { do: 'retryIn'; ms: number }
  | { do: 'ping' }
  | { do: 'apply'; events: readonly StreamEvent[]; records: readonly RecordEnvelope[] }
  | { do: 'signal'; topic: string; data: Record<string, unknown> }
  | { do: 'joined' }
  | { do: 'reload'; reason: string }
  | { do: 'signedOut' }
  | { do: 'refused'; what: string; code: string };

type Step = [StreamState, StreamEffect[]];

export const idle: StreamState = { phase: 'idle', cursor: null, lastFrame: 0, attempts: 0, heardAt: 0, joined: false, blindSince: null };

/** Silence after which we ask whether the line is alive, and after which we take it for dead. */
const pingAfterMs = 15_000;
const deadAfterMs = 30_000;

/** The whole behaviour of the stream, without a socket or a clock, so that every case can be tested. */
export function step(state: StreamState, input: StreamInput): Step {
  switch (input.type) {
    case 'start':
      return state.phase === 'idle' ? connect(state) : [state, []];
    case 'opened':
      return [{ ...state, phase: 'open', lastFrame: 0, heardAt: input.at, blindSince: null }, []];
    case 'frame':
      return onFrame({ ...state, heardAt: input.at }, input.frame);
    case 'closed':
      if (state.phase === 'idle') return [state, []];
      // Pushed out by a newer tab: coming back at once would push out another one, and so on. Whoever looks at this tab wakes it.
      if (input.code === closedForNewer) return [{ ...state, phase: 'waiting' }, []];
      if (input.code === closedSignedOut) return [{ ...state, phase: 'waiting' }, [{ do: 'signedOut' }]];
      if (input.code === closedForBalance) return connect(state);
      return [{ ...state, phase: 'waiting', attempts: state.attempts + 1 }, [{ do: 'retryIn', ms: backOff(state.attempts, input.random) }]];
    case 'retry':
      return state.phase === 'waiting' ? connect(state) : [state, []];
    case 'tick':
      if (state.phase !== 'open') return [state, []];
      if (input.at - state.heardAt > deadAfterMs) return reconnect(state);
      return [state, input.at - state.heardAt > pingAfterMs ? [{ do: 'ping' }] : []];
    case 'woke':
      // After sleep a socket can look open for minutes although the other side has long gone.
      if (state.phase === 'waiting') return connect({ ...state, attempts: 0 });
      if (state.phase === 'open' && input.at - state.heardAt > pingAfterMs) return reconnect(state);
      return [state, state.phase === 'open' ? [{ do: 'ping' }] : []];
  }
}

/** Waiting time before attempt n: 0.5 s doubling to 10 s, spread over half of it, so that a restarted server is not stormed. */
export const backOff = (attempts: number, random: number): number => Math.round(Math.min(10_000, 500 * 2 ** attempts) * (0.5 + random / 2));

export const livenessOf = (state: StreamState): Liveness =>
  state.phase === 'open' && state.joined && state.blindSince === null
    ? { live: true }
    : { live: false, since: state.blindSince ?? state.heardAt };

function onFrame(state: StreamState, frame: ServerFrame): Step {
  switch (frame.op) {
    case 'ready': {
      const first = !state.joined;
      return [{ ...state, cursor: state.cursor ?? frame.cursor, lastFrame: 0, attempts: 0, joined: true }, first ? [{ do: 'joined' }] : []];
    }
    case 'events': {
      if (frame.n !== state.lastFrame + 1) return reconnect(state);
      return [{ ...state, lastFrame: frame.n, cursor: frame.cursor }, [{ do: 'apply', events: frame.events, records: frame.records }]];
    }
    case 'signal':
      return [state, [{ do: 'signal', topic: frame.topic, data: frame.data }]];
    case 'reload': {
      const [next, effects] = reconnect({ ...state, cursor: null, joined: false });
      return [next, [{ do: 'reload', reason: frame.reason }, ...effects]];
    }
    case 'refused':
      return [state, [{ do: 'refused', what: frame.what, code: frame.code }]];
    case 'blind':
      return [{ ...state, blindSince: frame.is ? (state.blindSince ?? state.heardAt) : null }, []];
    case 'pong':
      return [state, []];
  }
}

const connect = (state: StreamState): Step => [{ ...state, phase: 'connecting' }, [{ do: 'connect', cursor: state.cursor }]];
const reconnect = (state: StreamState): Step => [
  { ...state, phase: 'connecting' },
  [{ do: 'disconnect' }, { do: 'connect', cursor: state.cursor }],
];
