import { useQuery } from '@tanstack/react-query';
import MessageCircle from 'lucide-react/icons/message-circle';
import { channelsEndpoints } from '../../../../contract/channels.ts';
import { call } from '../../../platform/api/call.ts';
import { currentLanguage } from '../../../platform/i18n/i18n.ts';
import type { Icon } from '../../../ui/icon.ts';

const found = import.meta.glob<{ icon: Icon }>('../../../../channels/*/web/icon.tsx', { eager: true });
const icons = new Map(Object.entries(found).map(([path, { icon }]) => [/channels\/([^/]+)\/web/.exec(path)?.[1], icon]));

/** Every channel of this installation, as the server tells them. */
export const useChannels = () =>
  useQuery({ queryKey: ['channels', 'facts'], queryFn: () => call(channelsEndpoints.channels, {}), staleTime: Number.POSITIVE_INFINITY })
    .data?.items ?? [];

export function useChannelName(channel: string): string {
  return useChannels().find(({ id }) => id === channel)?.label[currentLanguage()] ?? channel;
}

/** The channel's own sign; `named` writes its name beside it. */
export function ChannelIcon({ channel, named }: { channel: string; named?: boolean }) {
  const Sign = icons.get(channel) ?? MessageCircle;
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-muted">
      <Sign aria-hidden="true" className="size-3.5" />
      {named && <ChannelName channel={channel} />}
    </span>
  );
}

const ChannelName = ({ channel }: { channel: string }) => <span className="text-xs">{useChannelName(channel)}</span>;
