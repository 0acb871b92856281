/** Front door of the room: what rooms above may use. */

export { grantAccess, letTake, letTakeNoMore } from './access/grant-access.ts';
export { readersByGrant } from './access/listeners.ts';
export { assignConversation } from './changes/assign.ts';
export { changeConversation } from './changes/change.ts';
export { conflictsIn } from './conflicts/conflicts.ts';
export { changeState, type StateChange } from './changes/change-state.ts';
export { linkAllToCases, linkToCase } from './changes/link-to-case.ts';
export { arrivedIn, heldBy, type Offerable, offerableIn, serversOf } from './claims/offerable.ts';
export { provideClosedQueues } from './claims/closed-queues.ts';
export { provideRestingQueues, restingQueues } from './claims/resting-queues.ts';
export { transferClaim } from './claims/transfer-claim.ts';
export { type Alarm, dueAlarms, takeAlarms } from './clock/alarms.ts';
export { clockOf, type Due, provideRouting, type RoutingNow, type Wait } from './clock/due.ts';
export { countWaiting, type WaitingCount } from './clock/counted.ts';
export { retimeWaits, waitingIds } from './clock/retime.ts';
export {
  answeredSince,
  type AnsweredWait,
  type AnsweredWork,
  answersTo,
  firstAnswersAfter,
  unansweredDue,
  waitingThreads,
  waitsOf,
  workOf,
} from './clock/waits.ts';
export { holderAt, isOpen, nextState, priorityLevel, priorityName } from './conversation.ts';
export { type Addition, addFromCustomer } from './customer-side/add-from-customer.ts';
export { isBy, onPage, type Reader } from './customer-side/reader.ts';
export { countedOnPage, fileOnPage, messageOfFile, messagesShownTo } from './customer-side/shown-messages.ts';
export { type ArchivedRow, archivedMessages, conversationIdsOf } from './data-rights/archive.ts';
export { hasLetters } from './data-rights/erasure.ts';
export { type Inbound, haveWrittenBefore, newestInbound, newestReadable, wroteSince } from './reading/newest.ts';
export { mayGiveReason, readableConversations } from './policy.ts';
export { presentConversations, presentMessages } from './present.ts';
export {
  type Answers,
  answersOf,
  type ConversationRow,
  conversationFacts,
  conversationsOfCase,
  conversationsOfCases,
  filesOf,
  loadConversation,
  messageFacts,
  messagesOfConversations,
} from './queries.ts';
export { provideCaseNumberLookup } from './receiving/lookups.ts';
export { type Answer, type AnswerLink, provideAnswerLink } from './customer-side/answer-link.ts';
export { languageFor } from './sending/letter/quote.ts';
export { uploadAttachment } from './sending/upload.ts';
export { addNote } from './timeline/note.ts';
export { addSystemLine } from './timeline/add-system-line.ts';
export { facts as factsOfConversation } from './write.ts';
export { type CustomerMessage, messagesOfCustomers } from './timeline/of-customer.ts';
