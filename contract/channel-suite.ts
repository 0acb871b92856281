import type { HookRequest } from './channel.ts';
import type { InboundItem, SendResult } from './channel/messages.ts';

/**
 * What a channel gives to the shared suite, which runs for every channel: `channels/<name>/suite.ts` exports `suite: ChannelSuite`. The tests are in
 * `server/modules/channels/registry/shared-suite.test.ts`; what only this channel does is tested in its own folder.
 */
export interface ChannelSuite {
  /** An account that works. */
  account: { address: string; settings: Record<string, unknown> };
  /** Recorded deliveries and what each becomes; fields left out are not looked at. Dated in their file names where a service made them. */
  fixtures: readonly { name: string; raw: SuiteRaw; becomes: readonly PartialItem[] }[];
  /** An event of a type nobody knows yet; null for channels without event types (mail). */
  unknownEvent: SuiteRaw | null;
  /** Bytes that cannot be read; null when everything can (mail: what is broken is shown as it is). */
  unreadable: SuiteRaw | null;
  /** Addresses as people write them, and normalised; null: no address. */
  addresses: readonly (readonly [written: string, normalised: string | null])[];
  /** Calls of the webhook; left out when the channel has none. */
  hook?: {
    genuine(body: Uint8Array): HookRequest;
    /** Altered, unsigned, signed by somebody else, too old … */
    forged(body: Uint8Array): readonly HookRequest[];
  };
  /** The service's other side, speaking its real protocol; its settings make the account above send to it. Left out by a channel with an entrance: there is none. */
  service?(): Promise<SuiteService>;
}

export interface SuiteRaw {
  content: Uint8Array;
  mediaType: string;
  envelope?: Record<string, unknown>;
}

export type PartialItem = { kind: InboundItem['kind'] } & Record<string, unknown>;

export interface SuiteService {
  settings: Record<string, unknown>;
  /** Texts of the messages taken so far, in order. */
  taken(): readonly string[];
  /** Ways in which the service can fail; the next message meets this one. `permanence`: how the channel must understand it. */
  failures: readonly { name: string; permanence: Extract<SendResult, { state: 'failed' }>['permanence']; arrange(): void }[];
  stop(): Promise<void>;
}
