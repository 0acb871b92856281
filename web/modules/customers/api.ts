import { type ArchivePage, caseEndpoints } from '../../../contract/cases.ts';
import type { InputOf, OutputOf } from '../../../contract/core.ts';
import { type Consent, type Customer, type DataSubject, customersEndpoints as on } from '../../../contract/customers.ts';
import { call } from '../../platform/api/call.ts';
import { records } from '../../platform/store/app-store.ts';

export { on };

const put = (customer: Customer): Customer => {
  records.put('customer', [customer]);
  return customer;
};

export const openCustomer = (id: string): Promise<Customer> => call(on.get, { id }).then(put);
export const openWithReason = (id: string, reason: string): Promise<Customer> => call(on.openAccess, { id, reason }).then(put);
export const changeCustomer = (input: InputOf<typeof on.change>): Promise<Customer> => call(on.change, input).then(put);
export const createCustomer = (input: InputOf<typeof on.create>): Promise<Customer> => call(on.create, input).then(put);
export const setAdviserWish = (id: string, personId: string, words: string): Promise<Customer> =>
  call(on.setAdviserWish, { id, personId, words }).then(put);
export const removeAdviserWish = (id: string): Promise<Customer> => call(on.removeAdviserWish, { id }).then(put);
export const addIdentity = (input: InputOf<typeof on.addIdentity>): Promise<Customer> => call(on.addIdentity, input).then(put);
export const verifyIdentity = (input: InputOf<typeof on.verifyIdentity>): Promise<Customer> => call(on.verifyIdentity, input).then(put);
export const removeIdentity = (id: string, identityId: string): Promise<Customer> => call(on.removeIdentity, { id, identityId }).then(put);
export const recordConsent = (input: InputOf<typeof on.recordConsent>): Promise<Consent> => call(on.recordConsent, input);
export const mergeCustomer = (id: string, intoId: string, reason: string): Promise<Customer> =>
  call(on.merge, { id, intoId, reason }).then(put);
export const unmergeCustomer = (id: string, reason: string): Promise<Customer> => call(on.unmerge, { id, reason }).then(put);
export const findCustomers = (
  q: string,
  paging: Pick<InputOf<typeof on.list>, 'cursor' | 'limit'> = { limit: 8 },
): Promise<OutputOf<typeof on.list>> => call(on.list, { q, ...paging });
export const findDataSubjects = (q: string): Promise<OutputOf<typeof on.dataSubjects>> => call(on.dataSubjects, { q });
export const restrictData = (id: string, reason: string): Promise<DataSubject> => call(on.restrict, { id, reason });
export const liftRestriction = (id: string, reason: string): Promise<DataSubject> => call(on.liftRestriction, { id, reason });
export const eraseData = (id: string, reason: string, letters: 'keep' | 'erase'): Promise<DataSubject> =>
  call(on.erase, { id, reason, letters });
export const readArchive = (input: InputOf<typeof caseEndpoints.readArchive>): Promise<ArchivePage> =>
  call(caseEndpoints.readArchive, input);
