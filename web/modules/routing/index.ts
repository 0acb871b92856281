export { DueInfo } from './due/due-info.tsx';
export { DueMark } from './due/due-mark.tsx';
export { SolutionLine } from './due/solution-line.tsx';
