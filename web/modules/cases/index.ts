export { fetchOlderOfCase } from './api.ts';
export { CasePanel } from './components/case-panel.tsx';
export { HandoverCard } from './components/handover-card.tsx';
export { LockedCase } from './components/locked-case.tsx';
export { ResolveDialog } from './components/resolve-dialog.tsx';
export { StatementLine } from './components/statement-line.tsx';
export { pendingHandover, useCase } from './use-case.ts';
export { useBrokenCases, useHandoverCount } from './waiting.ts';
