import { customerPageEndpoints as customerPage, caseEndpoints as endpoints } from '../../../contract/cases.ts';
import { type Route, route } from '../../platform/module.ts';
import { grantCaseAccess } from './access/grant-access.ts';
import { changeCase } from './changes/change-case.ts';
import { dropFact, putFact } from './changes/note-facts.ts';
import { commitmentCounters, listCommitments } from './commitments/list.ts';
import { makeStatement } from './commitments/make-statement.ts';
import { keepCommitment, passOnCommitment, releaseCommitment } from './commitments/settle-commitment.ts';
import { addOnPage, expectFile, uploadOnPage } from './customer-page/add.ts';
import { askForCode, confirmPage } from './customer-page/codes.ts';
import { dropConfirmation } from './customer-page/confirmation.ts';
import { downloadOnPage } from './customer-page/download.ts';
import { previewPage, withdrawLinks } from './customer-page/oversee.ts';
import { readPage } from './customer-page/read.ts';
import { retell } from './customer-page/retell.ts';
import { readArchive } from './data-rights/read-archive.ts';
import { acceptHandover, confirmHandover, declineHandover, readBrief } from './handovers/answer-handover.ts';
import { handOver } from './handovers/hand-over.ts';
import { listHandovers, openHandover } from './handovers/list.ts';
import { mergeCases } from './moves/merge.ts';
import { previewMerge } from './moves/preview-merge.ts';
import { splitCase } from './moves/split.ts';
import { transferConversations } from './moves/transfer.ts';
import { undoMove } from './moves/undo-move.ts';
import { knownOfCustomer } from './of-customer/known.ts';
import { timelineOfCustomer } from './of-customer/timeline.ts';
import { listCases, listCasesOfCustomer } from './reading/list.ts';
import { caseMessages, openBrief, openCase } from './reading/open.ts';
import { resolveCase } from './state/resolve.ts';
import { addTopic, changeTopic, listTopics } from './topics/topics.ts';

export const routes: readonly Route[] = [
  route(endpoints.list, listCases),
  route(endpoints.open, openCase),
  route(endpoints.timeline, caseMessages),
  route(endpoints.ofCustomer, listCasesOfCustomer),
  route(endpoints.timelineOfCustomer, timelineOfCustomer),
  route(endpoints.knownOfCustomer, knownOfCustomer),
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
  route(endpoints.readArchive, readArchive),
  route(customerPage.read, readPage, { bare: true }),
  route(customerPage.askCode, askForCode),
  route(customerPage.confirm, confirmPage, { bare: true }),
  route(customerPage.leave, dropConfirmation),
  route(customerPage.add, addOnPage),
  route(customerPage.upload, uploadOnPage, { knock: expectFile }),
  route(customerPage.file, downloadOnPage),
  route(customerPage.retell, retell),
  route(customerPage.preview, previewPage),
  route(customerPage.withdraw, withdrawLinks),
];
