import { useState } from 'react';
import type { View } from '../../../../contract/conversations.ts';

export type Sort = View['sort'];
export const sorts: readonly Sort[] = ['due', 'waiting_longest', 'newest', 'oldest', 'priority'];

const place = (viewId: string): string => `nahbar.sort.${viewId}`;
const read = (viewId: string): Sort | null => sorts.find((sort) => sort === localStorage.getItem(place(viewId))) ?? null;

/** The order a person wants a view in, on this device; otherwise the view's own. */
export function useSort(viewId: string, own: Sort): { sort: Sort; change: (sort: Sort) => void } {
  const [chosen, setChosen] = useState({ viewId, sort: read(viewId) });
  const current = chosen.viewId === viewId ? chosen.sort : read(viewId);
  const change = (sort: Sort): void => {
    if (sort === own) localStorage.removeItem(place(viewId));
    else localStorage.setItem(place(viewId), sort);
    setChosen({ viewId, sort });
  };
  return { sort: current ?? own, change };
}
