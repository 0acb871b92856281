export { Choice } from './work-filter/choice.tsx';
export { DueInfo } from './due/due-info.tsx';
export { DueMark } from './due/due-mark.tsx';
export { useQueues } from './queues/use-queues.ts';
export { SolutionLine } from './due/solution-line.tsx';
export { WhyMine } from './offers/why-mine.tsx';
