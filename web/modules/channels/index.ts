export { ChannelIcon, useChannelName, useChannels } from './components/channel-icon.tsx';
export { ChannelProblem, useProblemText } from './components/channel-problem.tsx';
export { useMayFormat } from './components/use-may-format.ts';
export { useStartAccounts } from './components/use-accounts.ts';
