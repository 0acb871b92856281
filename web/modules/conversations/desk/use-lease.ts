import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationDetail } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { claim, heartbeat, type Lease, release } from '../api.ts';
import { onRegained, regainingOf } from '../outbox/take-back.ts';
import { refreshDetail } from './use-open-conversation.ts';

const heartbeatMs = 30_000;

export interface Held {
  lease: Lease | null;
  take: (mode: 'take' | 'take_over', reason?: string) => Promise<Lease>;
  /** The lease to send with: what is just being taken is waited for, since an older one would be refused; taken when there is none. */
  ready: () => Promise<Lease>;
  /** The fence to send with, where it is known now: none is just being taken. */
  fenceNow: () => number | null;
  /** A claim was asked for and is not answered yet; it is not shown as held before it is. */
  isTaking: boolean;
  giveBack: () => Promise<void>;
  lost: boolean;
  forget: () => void;
}

/** One's own claim on the open conversation, renewed while it is on screen. */
export function useLease(id: string, detail: ConversationDetail | undefined, isHeldByMe: boolean): Held {
  const [own, setOwn] = useState<{ id: string; lease: Lease | null; lost: boolean } | null>(null);
  const current = own?.id === id ? own : { id, lease: null, lost: false };
  // Sending may end a claim and undoing renews it: the record says whether it stands, the larger fence is the newer one.
  const told = detail?.conversation.id === id ? (detail.lease ?? null) : null;
  const newer = current.lease && told ? (current.lease.fence >= told.fence ? current.lease : told) : (current.lease ?? told);
  const lease = isHeldByMe ? newer : null;
  const fence = lease?.fence;
  const latest = useRef(id);
  const latestLease = useRef(lease);
  const underWay = useRef<Promise<Lease> | null>(null);
  useEffect(() => {
    if (latest.current !== id) underWay.current = null;
    latest.current = id;
    latestLease.current = lease;
  }, [id, lease]);
  useEffect(() => {
    if (fence === undefined) return;
    const beat = async (): Promise<void> => {
      try {
        const renewed = await heartbeat(id, fence);
        if (latest.current === id) setOwn({ id, lease: renewed, lost: false });
      } catch (error) {
        if (isProblem(error, 'conversations.claim_lost') && latest.current === id) setOwn({ id, lease: null, lost: true });
      }
    };
    const timer = setInterval(() => void beat(), heartbeatMs);
    return () => clearInterval(timer);
  }, [id, fence]);
  const [takes, setTakes] = useState(0);
  const take = useCallback(
    async (mode: 'take' | 'take_over', reason?: string) => {
      const taking = claim(id, mode, reason);
      underWay.current = taking;
      setTakes((count) => count + 1);
      try {
        const taken = await taking;
        // Another conversation may be open by now, and this is not its lease.
        if (latest.current === id) {
          latestLease.current = taken;
          setOwn({ id, lease: taken, lost: false });
        }
        void refreshDetail(id);
        return taken;
      } finally {
        if (underWay.current === taking) underWay.current = null;
        setTakes((count) => count - 1);
      }
    },
    [id],
  );
  useEffect(
    () =>
      onRegained(id, (regained) => {
        latestLease.current = regained;
        setOwn({ id, lease: regained, lost: false });
      }),
    [id],
  );
  const ready = useCallback(
    async () => (await underWay.current) ?? (await regainingOf(id)) ?? latestLease.current ?? (await take('take')),
    [id, take],
  );
  const giveBack = useCallback(async () => {
    await release(id);
    setOwn({ id, lease: null, lost: false });
    void refreshDetail(id);
  }, [id]);
  const fenceNow = useCallback(() => (underWay.current || regainingOf(id) ? null : (latestLease.current?.fence ?? null)), [id]);
  const forget = useCallback(() => setOwn({ id, lease: null, lost: true }), [id]);
  return { lease, take, ready, fenceNow, isTaking: takes > 0, giveBack, lost: current.lost, forget };
}
