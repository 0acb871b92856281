/** Front door of the room: what rooms above may use. */

export { archiveOf } from './data-rights/archive.ts';
export { lettersFreeBefore } from './data-rights/letters.ts';
export { erasureOf, isWithheld, standingErasures, withheldSince } from './data-rights/queries.ts';
export { eraseCustomer, finishErasure, liftRestriction, restrictCustomer } from './data-rights/restrict.ts';
export { provideUnread } from './data-rights/unread.ts';
export { endAuthentication, hearVoices, type Voice } from './identities/authenticate.ts';
export { verifyIdentity } from './identities/change-identities.ts';
export { customerIdsFor, ownerOf } from './identities/find.ts';
export { type Claim, findOrCreateByIdentity, findOrCreateMany, type Owner } from './identities/find-or-create.ts';
export { identitiesAmong, type KnownIdentity, knownIdentity } from './identities/queries.ts';
export { claimedName, normaliseIdentity } from './identities/normalise.ts';
export { findTold } from './identities/told.ts';
export {
  mayRead as mayReadCustomer,
  provideConversationCustomers,
  provideReader,
  type Reader,
  seesMasked as seesMaskedCustomers,
} from './policy.ts';
export { wishedAdvisers } from './queries/wishes.ts';
export { familyOf, identitiesOfFamilies, languagesOf } from './queries/customers.ts';
export { displayNameOf, summaries } from './summaries.ts';
