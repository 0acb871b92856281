import { caseEndpoints as endpoints } from '../../../contract/cases.ts';
import { type Route, route } from '../../platform/module.ts';
import { acceptHandover, confirmHandover, declineHandover, readBrief } from './actions/answer-handover.ts';
import { changeCase } from './actions/change-case.ts';
import { grantCaseAccess } from './actions/grant-access.ts';
import { handOver } from './actions/hand-over.ts';
import { makeStatement } from './actions/make-statement.ts';
import { mergeCases } from './actions/merge.ts';
import { dropFact, putFact } from './actions/note-facts.ts';
import { previewMerge } from './actions/preview-merge.ts';
import { resolveCase } from './actions/resolve.ts';
import { keepCommitment, passOnCommitment, releaseCommitment } from './actions/settle-commitment.ts';
import { splitCase } from './actions/split.ts';
import { addTopic, changeTopic, listTopics } from './actions/topics.ts';
import { transferConversations } from './actions/transfer.ts';
import { undoMove } from './actions/undo-move.ts';
import { commitmentCounters, listCommitments } from './commitments.ts';
import { listHandovers, openHandover } from './handovers.ts';
import { listCases, listCasesOfCustomer } from './list.ts';
import { caseMessages, openBrief, openCase } from './open.ts';

export const routes: readonly Route[] = [
  route(endpoints.list, listCases),
  route(endpoints.open, openCase),
  route(endpoints.timeline, caseMessages),
  route(endpoints.ofCustomer, listCasesOfCustomer),
  route(endpoints.change, changeCase),
  route(endpoints.putFact, putFact),
  route(endpoints.dropFact, dropFact),
  route(endpoints.grantAccess, grantCaseAccess),
  route(endpoints.state, makeStatement),
  route(endpoints.keep, keepCommitment),
  route(endpoints.release, releaseCommitment),
  route(endpoints.passOn, passOnCommitment),
  route(endpoints.commitments, listCommitments),
  route(endpoints.commitmentCounters, commitmentCounters),
  route(endpoints.brief, openBrief),
  route(endpoints.handOver, handOver),
  route(endpoints.handovers, listHandovers),
  route(endpoints.handover, openHandover),
  route(endpoints.readBrief, readBrief),
  route(endpoints.accept, acceptHandover),
  route(endpoints.decline, declineHandover),
  route(endpoints.confirm, confirmHandover),
  route(endpoints.resolve, resolveCase),
  route(endpoints.mergePreview, previewMerge),
  route(endpoints.merge, mergeCases),
  route(endpoints.split, splitCase),
  route(endpoints.transfer, transferConversations),
  route(endpoints.undoMove, undoMove),
  route(endpoints.topics, listTopics),
  route(endpoints.addTopic, addTopic),
  route(endpoints.changeTopic, changeTopic),
];
