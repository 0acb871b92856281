import { stormEndpoints as on } from '../../../contract/storms.ts';
import { call } from '../../platform/api/call.ts';

export { on };
export const stormsQuery = { queryKey: ['storms', 'list'], queryFn: () => call(on.storms, {}), staleTime: 10 * 60_000 };
/** Of the mentions as they are answered, hence now and then. */
export const stormQuery = (id: string) => ({
  queryKey: ['storms', 'one', id],
  queryFn: () => call(on.storm, { id }),
  refetchInterval: 15_000,
});
export const runningQuery = { queryKey: ['storms', 'running'], queryFn: () => call(on.running, {}), staleTime: 10 * 60_000 };
export const ofConversationQuery = (conversationId: string) => ({
  queryKey: ['storms', 'of', conversationId],
  queryFn: () => call(on.ofConversation, { id: conversationId }),
  staleTime: 10 * 60_000,
});
