import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Conversation, ConversationDetail, Message } from '../../../../contract/conversations.ts';
import { onEvents, queries } from '../../../platform/realtime/live.ts';
import { onSignal, sendSignal, watch } from '../../../platform/realtime/stream.ts';
import { useRecord } from '../../../platform/store/use-records.ts';
import { fetchOlder, openConversation } from '../api.ts';
import { useMessages } from '../messages.ts';

export const detailKey = (id: string): readonly string[] => ['conversations', 'detail', id];
export const refreshDetail = (id: string): Promise<void> => queries.invalidateQueries({ queryKey: detailKey(id) });

export interface OpenConversation {
  conversation: Conversation | undefined;
  messages: readonly Message[];
  /** Conversations that were merged into this one; their messages are shown with its own. */
  mergedIds: readonly string[];
  detail: ConversationDetail | undefined;
  error: unknown;
  isLoading: boolean;
  retry: () => void;
  olderCursor: string | null;
  loadOlder: () => Promise<void>;
}

/** One conversation as it is on the desk: read once, then kept true by the stream while it is watched. */
export function useOpenConversation(id: string): OpenConversation {
  const {
    data: detail,
    error,
    isLoading,
    refetch,
  } = useQuery({ queryKey: detailKey(id), queryFn: () => openConversation(id), gcTime: 5 * 60_000 });
  const conversation = useRecord<Conversation>('conversation', id);
  const said = useMessages([id]);
  const messages = useMemo(() => said.toSorted((a, b) => a.seq - b.seq), [said]);
  const [older, setOlder] = useState<{ id: string; cursor: string | null } | null>(null);
  const olderCursor = older?.id === id ? older.cursor : (detail?.olderCursor ?? null);
  useEffect(() => watch('conversation', id), [id]);
  // What is merged or taken apart changes whose messages are shown here; it happens seldom enough to simply read again.
  useEffect(
    () => onEvents((events) => events.some(({ type }) => /^conversations\.(un)?merged$/.test(type)) && void refreshDetail(id)),
    [id],
  );
  // A colleague may begin or stop serving this customer in another conversation, which changes nothing in the record of this one.
  const customerId = conversation?.customerId;
  useEffect(
    () =>
      onEvents(
        (events) =>
          events.some(
            ({ type, subject }) =>
              /^conversations\.(claimed|released|lease_expired)$/.test(type) &&
              subject['customerId'] === customerId &&
              subject['conversationId'] !== id,
          ) && void refreshDetail(id),
      ),
    [id, customerId],
  );
  // Whether somebody else is to get it is noted with any conversation of its case, and in no record.
  const caseId = conversation?.caseId;
  useEffect(
    () =>
      onEvents(
        (events) =>
          events.some(
            ({ type, subject }) =>
              type === 'conversations.changed' && (subject['conversationId'] === id || (caseId !== null && subject['caseId'] === caseId)),
          ) && void refreshDetail(id),
      ),
    [id, caseId],
  );
  // Abilities follow state, claim and assignment; they are not part of the record.
  const standing = conversation && `${conversation.state} ${conversation.claim?.personId ?? ''} ${conversation.assigneeId ?? ''}`;
  const readAs =
    detail && `${detail.conversation.state} ${detail.conversation.claim?.personId ?? ''} ${detail.conversation.assigneeId ?? ''}`;
  useEffect(() => {
    if (standing && readAs && standing !== readAs) void refreshDetail(id);
  }, [id, standing, readAs]);
  return {
    conversation,
    messages,
    mergedIds: [...new Set(detail?.messages.map((message) => message.conversationId))].filter((other) => other !== id),
    detail,
    error,
    isLoading,
    retry: () => void refetch(),
    olderCursor,
    loadOlder: async () => setOlder({ id, cursor: await fetchOlder(id, olderCursor ?? undefined) }),
  };
}

export interface Viewer {
  personId: string;
  name: string;
  writing: 'reply' | 'note' | null;
  since: string;
}

/** Who else looks at this conversation, and who is writing. */
export function useViewers(id: string, me: string): readonly Viewer[] {
  const [state, setState] = useState<{ id: string; viewers: readonly Viewer[] }>({ id, viewers: [] });
  useEffect(
    () =>
      onSignal('conversations.presence', (data) => {
        if (data.conversationId === id) setState({ id, viewers: data.viewers as Viewer[] });
      }),
    [id],
  );
  return state.id === id ? state.viewers.filter((viewer) => viewer.personId !== me) : [];
}

const forgetMilliseconds = 8_000;

/** Whether the customer is writing just now, where the channel tells. */
export function useCustomerWriting(id: string): boolean {
  const [writingIn, setWritingIn] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onSignal('conversations.customer_writing', (data) => {
      if (data.conversationId !== id) return;
      clearTimeout(timer);
      setWritingIn(data.is === true ? id : null);
      if (data.is === true) timer = setTimeout(() => setWritingIn(null), forgetMilliseconds);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [id]);
  return writingIn === id;
}

/** Tells the others what one is writing; repeated while it goes on, because the server forgets it after eight seconds. */
export function useTellWriting(id: string, kind: 'reply' | 'note' | null): void {
  useEffect(() => {
    if (!kind) return;
    const tell = (what: 'reply' | 'note' | null): void => sendSignal('conversations.writing', { conversationId: id, kind: what });
    tell(kind);
    const timer = setInterval(() => tell(kind), 5000);
    return () => {
      clearInterval(timer);
      tell(null);
    };
  }, [id, kind]);
}
