import { useEffect, useMemo, useState } from 'react';
import type { Conversation, Mention, View } from '../../../../contract/conversations.ts';
import { onEvents, onResync } from '../../../platform/realtime/live.ts';
import { records } from '../../../platform/store/app-store.ts';
import { createLiveList } from '../../../platform/store/list.ts';
import { useLiveList } from '../../../platform/store/use-records.ts';
import { useMe } from '../../workspace/index.ts';
import { fetchPage } from '../api.ts';
import { noteToMe } from '../told.ts';
import { fixedRule, ruleOf } from './rules.ts';
import type { Sort } from './use-sort.ts';

const minute = 60_000;

const noMentions: Readonly<Record<string, Mention>> = {};

/** What is in a view, ordered by the server, kept true by the stream. Of mentions only the server knows the order. */
export function useConversationList(viewId: string, view: View | undefined, wanted: Sort) {
  const me = useMe().person.id;
  const teamId = viewId.startsWith('team-') ? viewId.slice(5) : undefined;
  const rules = teamId
    ? JSON.stringify({ filter: { snoozed: false, teamIds: [teamId] }, sort: wanted })
    : view && viewId !== 'mentions'
      ? JSON.stringify({ filter: view.filter, sort: wanted })
      : '';
  const isByTheClock = view?.filter.waitingHours !== undefined;
  const [mentions, setMentions] = useState<Record<string, Mention>>({});
  const list = useMemo(() => {
    const { filter, sort } = (rules ? JSON.parse(rules) : {}) as Partial<Pick<View, 'filter' | 'sort'>>;
    return createLiveList<Conversation>(records, {
      kind: 'conversation',
      rule: filter && sort ? ruleOf(filter, sort, me) : fixedRule,
      fetchPage: async (cursor) => {
        const page = await fetchPage(teamId ? 'open' : viewId, sort, teamId, cursor);
        if (page.mentions) setMentions((before) => ({ ...before, ...page.mentions }));
        return page;
      },
    });
  }, [viewId, teamId, rules, me]);
  useEffect(() => {
    void list.refetch();
    const again = (): void => void list.refetch();
    let soon: ReturnType<typeof setTimeout> | undefined;
    // Not everybody in the same instant.
    const reordered = (): void => {
      clearTimeout(soon);
      soon = setTimeout(again, Math.random() * 3_000);
    };
    const stops = [onResync(again), onEvents((events) => events.some(({ type }) => type === 'routing.dues_recomputed') && reordered())];
    if (viewId === 'mentions') stops.push(onEvents((events) => events.some(noteToMe) && again()));
    // Time alone brings conversations into a view of those that wait longer than so and so.
    const clock = isByTheClock ? setInterval(again, minute) : undefined;
    return () => {
      clearInterval(clock);
      clearTimeout(soon);
      for (const stop of stops) stop();
      list.stop();
    };
  }, [list, viewId, isByTheClock]);
  const state = useLiveList(list);
  return {
    ids: state.window.ids,
    /** Which words name one, by conversation; only in the view of mentions. */
    mentions: viewId === 'mentions' ? mentions : noMentions,
    status: state.status,
    error: state.error,
    hasMore: state.window.nextCursor !== null,
    more: list.more,
    refetch: list.refetch,
  };
}
