import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { Order } from '../../../contract/orders.ts';
import { watch } from '../../platform/realtime/stream.ts';
import { useRecords } from '../../platform/store/use-records.ts';
import { readOrders } from './api.ts';

export interface Orders {
  /** The newest first; undefined until they were read. */
  orders: readonly Order[] | undefined;
  /** Whether a shop tells of orders here at all. */
  fed: boolean;
  /** Reads those before, where there are more. */
  more: (() => Promise<void>) | undefined;
}

/** A customer's orders, read once and kept true by the stream while they are on screen; what is known already stands there at once. */
export function useOrders(customerId: string): Orders {
  const { data } = useQuery({ queryKey: ['orders', customerId], queryFn: () => readOrders(customerId) });
  // A merged customer's are those of the one they count as.
  const root = data?.customerId ?? customerId;
  useEffect(() => watch('customer', root), [root]);
  const known = useRecords<Order, readonly Order[]>(
    'order',
    useCallback((all) => all.filter((one) => one.customerId === root).toSorted(newestFirst), [root]),
  );
  const [read, setRead] = useState<{ root: string; cursor: string | null } | null>(null);
  const cursor = read?.root === root ? read.cursor : (data?.nextCursor ?? null);
  return {
    orders: data || known.length > 0 ? known : undefined,
    fed: data?.fed ?? false,
    more: cursor === null ? undefined : async () => setRead({ root, cursor: (await readOrders(root, cursor)).nextCursor }),
  };
}

const newestFirst = (a: Order, b: Order): number => Date.parse(b.placedAt) - Date.parse(a.placedAt) || (a.id < b.id ? 1 : -1);
