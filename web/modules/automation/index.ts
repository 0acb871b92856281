export { ConversationLogDialog } from './log/conversation-log-dialog.ts';
export { MacroDialog } from './macros/pick-macro.ts';
export { useTextFor } from './macros/use-text-for.ts';
export { useRuleLine } from './words/use-rule-line.ts';
