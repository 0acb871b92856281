import { customersEndpoints as e } from '../../../contract/customers.ts';
import { route } from '../../platform/module.ts';
import { eraseData, findSubjects, liftDataRestriction, restrictData } from './data-rights/decide-about-data.ts';
import { authenticateCustomer, readAuthentication } from './identities/authenticate.ts';
import { addIdentity, removeIdentity, verifyIdentity } from './identities/change-identities.ts';
import { listMerges, mergeCustomers, previewMerge, unmergeCustomer } from './merging/merge.ts';
import { changeCustomer } from './profile/change.ts';
import { createCustomer } from './profile/create.ts';
import { openAccess } from './profile/open-access.ts';
import { readConsents, readCustomer, readNotes, searchCustomers } from './profile/read.ts';
import { removeAdviserWish, setAdviserWish } from './profile/adviser-wish.ts';
import { recordConsent } from './profile/record-consent.ts';
import { writeNote } from './profile/write-note.ts';

export const routes = [
  route(e.list, searchCustomers),
  route(e.get, readCustomer),
  route(e.openAccess, openAccess),
  route(e.create, createCustomer),
  route(e.change, changeCustomer),
  route(e.setAdviserWish, setAdviserWish),
  route(e.removeAdviserWish, removeAdviserWish),
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
