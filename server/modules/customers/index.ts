/** Front door of the room: what rooms above may use. */
export { endAuthentication } from './actions/authenticate.ts';
export { verifyIdentity } from './actions/change-identities.ts';
export { type Claim, findOrCreateByIdentity, findOrCreateMany, type Owner } from './actions/find-or-create.ts';
export { eraseCustomer, finishErasure, liftRestriction, restrictCustomer } from './actions/restrict.ts';
export { customerIdsFor } from './find.ts';
export { lettersFreeBefore } from './letters.ts';
export { claimedName, normaliseIdentity } from './normalise.ts';
export { mayRead as mayReadCustomer, provideConversationCustomers, provideReader, type Reader } from './policy.ts';
export { familyOf, identitiesOfFamilies } from './queries/customers.ts';
export { erasureOf, isWithheld, standingErasures, withheldSince } from './queries/privacy.ts';
export { displayNameOf, summaries } from './summaries.ts';
