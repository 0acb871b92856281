export { ConversationLogDialog } from './log/conversation-log-dialog.ts';
export { MacroDialog } from './macros/pick-macro.ts';
export { useRuleLine } from './words/use-rule-line.ts';
