import type { RecordEnvelope } from '../../../contract/stream.ts';

/** What the server last said of one thing. A thing that is gone keeps its version, so that a late older envelope cannot bring it back. */
export interface Held {
  readonly version: number;
  readonly data: unknown;
  readonly gone: boolean;
}

export type Base = Map<string, Map<string, Held>>;

/**
 * Takes an envelope when it is newer than what is held; at the same version `gone` wins, because it says that the reader lost sight of the thing.
 * The server says so without a version (0) when it does not tell what became of the thing: it goes as it is held. With versions,
 * this makes an order of all envelopes of a thing, so any order and any repetition of them ends in the same state.
 */
export function take(base: Base, envelope: RecordEnvelope): boolean {
  let kind = base.get(envelope.kind);
  if (!kind) base.set(envelope.kind, (kind = new Map()));
  const held = kind.get(envelope.id);
  const gone = envelope.gone === true;
  const version = gone && envelope.version === 0 ? (held?.version ?? 0) : envelope.version;
  if (held && (held.version > version || (held.version === version && (held.gone || !gone)))) return false;
  kind.set(envelope.id, { version, data: gone ? undefined : envelope.data, gone });
  return true;
}
