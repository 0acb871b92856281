/** Front door of the room: what rooms above may use. */
import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/database/sql.ts';
import { accountsByIds } from './accounts/queries.ts';
import { rawContent } from './intake/inbound.ts';

export { ownAddresses } from './accounts/own.ts';
export { openDoors } from './connections/supervisor.ts';
export { eraseDeliveries, eraseRaw, rawAbout } from './intake/erase.ts';
export { type Delivered, hiddenAmong, provideHidden } from './intake/hidden.ts';
export { type Inbound, readInbound, readInboundMany } from './intake/inbound.ts';
export { storeRaw } from './intake/store.ts';
export { decideThread, isForged } from './intake/thread.ts';
export { eraseUnread, hasUnread } from './intake/withhold.ts';
export { localMessage, localMessages } from './outbox/local-outbox.ts';
export {
  cancelDelivery,
  conversationsOfDeliveries,
  type DeliveryFacts,
  deliveriesOf,
  leaveDelivery,
  type Queued,
  queueDelivery,
  retryDelivery,
  type ToDeliver,
} from './outbox/queue.ts';
export { type ProvideOutgoing, provideOutgoing, sendDue } from './outbox/sender.ts';
export { channelOf, kindsWithLines } from './registry/registry.ts';
export { tellThread } from './threads/lines.ts';
export { eraseThreadNotes, leftAtOf } from './threads/queries.ts';
export { type Letter, noThread, provideThreads, type ThreadSource } from './threads/source.ts';

export interface AccountFacts {
  id: string;
  kind: string;
  name: string;
  address: string;
  teamId: string | null;
  signature: string | null;
  /** Switched on and not removed. */
  active: boolean;
}

/** Accounts by id; removed ones too, because their conversations stay. */
export async function accountsFor(db: Db, ids: readonly string[]): Promise<Map<string, AccountFacts>> {
  const rows = await accountsByIds(db, ids);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        kind: row.kind,
        name: row.name,
        address: row.address,
        teamId: row.team_id,
        signature: row.signature,
        active: row.active && row.removed_at === null,
      },
    ]),
  );
}

/** What arrived, byte for byte. The caller has checked that the actor may read it. */
export const rawOf = (ctx: Pick<Ctx, 'db'>, intakeId: string): Promise<{ mediaType: string; content: Uint8Array } | undefined> =>
  rawContent(ctx, intakeId);
