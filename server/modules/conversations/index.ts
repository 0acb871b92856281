/** Front door of the room: what rooms above may use. */
export { assignConversation } from './actions/assign.ts';
export { changeState, type StateChange } from './actions/change-state.ts';
export { grantAccess } from './actions/grant-access.ts';
export { transferClaim } from './actions/transfer-claim.ts';
export { addSystemLine } from './actions/add-system-line.ts';
export { linkToCase } from './actions/link-to-case.ts';
export { holderAt, nextState, priorityLevel, priorityName } from './conversation.ts';
export {
  conversationFacts,
  conversationsOfCase,
  loadConversation,
  type Answers,
  answersOf,
  messageFacts,
  messagesOfConversations,
  type ConversationRow,
} from './queries.ts';
export { hasLetters } from './erasure.ts';
export { readersByGrant } from './listeners.ts';
export { presentConversations, presentMessages } from './present.ts';
export { readableConversations } from './policy.ts';
export { linkAllToCases } from './actions/link-to-case.ts';
export { provideCaseNumberLookup } from './lookups.ts';
export { searchMessages } from './search.ts';
