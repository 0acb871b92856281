export { ChannelIcon, useChannelName, useChannels } from './components/channel-icon.tsx';
