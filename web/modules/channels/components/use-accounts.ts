import { useQuery } from '@tanstack/react-query';
import { type ChannelAccountRecord, channelsEndpoints as on } from '../../../../contract/channels.ts';
import { call } from '../../../platform/api/call.ts';
import { useChannels } from './channel-icon.tsx';

/** Accounts from which somebody can be written to first; undefined while they are fetched. */
export function useStartAccounts(): readonly ChannelAccountRecord[] | undefined {
  const channels = useChannels();
  const { data } = useQuery({ queryKey: ['channels', 'accounts'], queryFn: () => call(on.accounts, {}) });
  const starting = new Set(channels.filter(({ capabilities }) => capabilities['canStart'] === true).map(({ id }) => id));
  return data && channels.length > 0 ? data.items.filter((one) => one.active && !one.removed && starting.has(one.channel)) : undefined;
}

/** Whether something can come in: an account that is switched on and of which no problem is known. */
export const hasWorkingAccount = async (): Promise<boolean> =>
  (await call(on.accounts, {})).items.some(({ active, removed, health }) => active && !removed && health.ok);
