export { ChannelIcon, useChannelName, useChannels } from './components/channel-icon.tsx';
export { useStartAccounts } from './components/use-accounts.ts';
