export { ChannelIcon, useChannelName, useChannels } from './components/channel-icon.tsx';
export { ChannelProblem, useProblemText } from './components/channel-problem.tsx';
export { useStartAccounts } from './components/use-accounts.ts';
