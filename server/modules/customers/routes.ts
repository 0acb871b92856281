import { customersEndpoints as e } from '../../../contract/customers.ts';
import { route } from '../../platform/module.ts';
import { authenticateCustomer, readAuthentication } from './actions/authenticate.ts';
import { addIdentity, removeIdentity, verifyIdentity } from './actions/change-identities.ts';
import { changeCustomer } from './actions/change.ts';
import { createCustomer } from './actions/create.ts';
import { eraseData, findSubjects, liftDataRestriction, restrictData } from './actions/decide-about-data.ts';
import { listMerges, mergeCustomers, previewMerge, unmergeCustomer } from './actions/merge.ts';
import { openAccess } from './actions/open-access.ts';
import { readConsents, readCustomer, readNotes, searchCustomers } from './actions/read.ts';
import { recordConsent } from './actions/record-consent.ts';
import { writeNote } from './actions/write-note.ts';

export const routes = [
  route(e.list, searchCustomers),
  route(e.get, readCustomer),
  route(e.openAccess, openAccess),
  route(e.create, createCustomer),
  route(e.change, changeCustomer),
  route(e.addIdentity, addIdentity),
  route(e.verifyIdentity, verifyIdentity),
  route(e.removeIdentity, removeIdentity),
  route(e.notes, readNotes),
  route(e.addNote, writeNote),
  route(e.consents, readConsents),
  route(e.recordConsent, recordConsent),
  route(e.previewMerge, previewMerge),
  route(e.merge, mergeCustomers),
  route(e.merges, listMerges),
  route(e.unmerge, unmergeCustomer),
  route(e.authentication, readAuthentication),
  route(e.authenticate, authenticateCustomer),
  route(e.dataSubjects, findSubjects),
  route(e.restrict, restrictData),
  route(e.liftRestriction, liftDataRestriction),
  route(e.erase, eraseData),
];
