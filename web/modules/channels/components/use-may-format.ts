import { useChannels } from './channel-icon.tsx';

/** Whether what is written on a channel may be formatted. */
export const useMayFormat = (channel: string): boolean =>
  useChannels().some(({ id, capabilities }) => id === channel && capabilities['markup'] === 'html');
