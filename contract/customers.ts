import { z } from 'zod';
import { endpoint, id, instant, line, page, paging, recordHead } from './core.ts';

declare module './events.ts' {
  interface EventCatalogue {
    'customers.created': { customerId: string };
    /** Name, number, language, status or identities changed: whoever shows the name loads it again. */
    'customers.changed': { customerId: string };
    'customers.note_added': { customerId: string; noteId: string };
    /** Given, refused or withdrawn; in force at once. */
    'customers.consent_recorded': { customerId: string; consentId: string; purpose: string; state: 'given' | 'refused' | 'withdrawn' };
    /** `customerId` counts as `intoId` from now on; its own rows stay its own. */
    'customers.merged': { customerId: string; intoId: string };
    'customers.unmerged': { customerId: string; fromId: string };
    /** Level 0 to 3 of the conversation's caller; 0: ended. */
    'customers.authenticated': { customerId: string; conversationId: string; level: number };
    /** Nothing says any more who it was; whoever was given this customer's data is told by it to erase it, too (Art. 19 GDPR). */
    'customers.erased': { customerId: string };
    /** Its data lies there and nothing more (Art. 18 GDPR); or may be worked with again. */
    'customers.restricted': { customerId: string };
    'customers.restriction_lifted': { customerId: string };
    /** Whoever keeps something of this customer's erases it, at once or when the law lets it go (Art. 17 GDPR). */
    'customers.erasure_asked': { customerId: string };
    /** `personId` reads this customer for a reason given. */
    'customers.access_granted': { customerId: string; personId: string };
  }
}

export const identityKind = z.enum(['mail', 'phone', 'customer_number', 'handle', 'device', 'postal']);
export type IdentityKind = z.infer<typeof identityKind>;

/** One way to reach or recognise a customer. `value` is normalised (mail lower-cased, phone E.164), `label` as it was written. */
export const identity = z.object({
  ...recordHead,
  customerId: z.string(),
  kind: identityKind,
  value: z.string(),
  label: z.string(),
  verifiedAt: instant.nullable(),
  /** How it was proved: `link_signed`, `login`, `call_back`, `agent_checked`, `import`, `inbound_mail` (unverified) … */
  evidence: z.string().nullable(),
});
export type Identity = z.infer<typeof identity>;

export const preferences = z.object({
  channel: z.string().nullable(),
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  deliveryWish: z.string().nullable(),
  accessibility: z.array(z.string()),
});

/** Whom a customer would like to be served by again, as they said it themselves: never a grade, and never counted by adviser. */
export const adviserWish = z.object({
  personId: z.string(),
  /** The customer's words. */
  words: z.string(),
  /** Who wrote it down; null for a program. */
  notedBy: z.string().nullable(),
  at: instant,
});
export type AdviserWish = z.infer<typeof adviserWish>;

/** What lists and headers need of a customer. `displayName` falls back to the best identity, never to nothing. */
export const customerSummary = z.object({
  ...recordHead,
  displayName: z.string(),
  number: z.string().nullable(),
  locale: z.string().nullable(),
});
export type CustomerSummary = z.infer<typeof customerSummary>;

/**
 * A customer found by searching, with what tells two of the same name apart. Whom the caller may not open yet shows the beginning of an address
 * and its end only: enough to recognise somebody who is on the phone, not enough to write to them.
 */
export const customerHit = z.object({
  ...customerSummary.shape,
  since: z.string().nullable(),
  ways: z.array(z.object({ kind: identityKind, label: z.string(), proved: z.boolean() })),
});
export type CustomerHit = z.infer<typeof customerHit>;

export const customer = z.object({
  ...customerSummary.shape,
  salutation: z.enum(['formal', 'informal', 'neutral', 'none']),
  languages: z.array(z.string()),
  preferences,
  adviserWish: adviserWish.nullable(),
  since: z.string().nullable(),
  status: z.enum(['active', 'restricted', 'erased', 'merged']),
  mergedInto: z.string().nullable(),
  identities: z.array(identity),
});
export type Customer = z.infer<typeof customer>;

export const customerNote = z.object({ ...recordHead, customerId: z.string(), authorId: z.string(), text: z.string(), at: instant });

export const consent = z.object({
  id: z.string(),
  customerId: z.string(),
  purpose: z.string(),
  state: z.enum(['given', 'refused', 'withdrawn']),
  at: instant,
  channel: z.string(),
  textVersion: z.string(),
  evidence: z.string().nullable(),
  byPersonId: z.string().nullable(),
});
export type Consent = z.infer<typeof consent>;
export type CustomerNote = z.infer<typeof customerNote>;

/** What of a customer a merge compares. */
export const mergeField = z.enum(['number', 'name', 'salutation', 'locale', 'languages', 'preferences', 'since']);
export type MergeField = z.infer<typeof mergeField>;

/** What would happen: gaps are filled, conflicts keep the remaining customer's value. */
export const mergePreview = z.object({
  from: customerSummary,
  into: customerSummary,
  /** `before`: what the remaining customer has there now; not empty only for a name that was merely claimed. */
  taken: z.array(z.object({ field: mergeField, value: z.unknown(), before: z.unknown() })),
  conflicts: z.array(z.object({ field: mergeField, kept: z.unknown(), dropped: z.unknown() })),
  identities: z.array(identity),
  /** Who has no proved address or number; advisers merge only what is proved on both sides. */
  unproved: z.array(z.enum(['from', 'into'])),
  /** Why the caller may not do it, as an error code; null when allowed. */
  refusal: z.string().nullable(),
});

/** A customer as those see it who decide about requests of the person (Art. 15 to 21 GDPR); also one that does not exist for service. */
export const dataSubject = z.object({
  id: z.string(),
  displayName: z.string(),
  number: z.string().nullable(),
  /** As the person wrote them. */
  addresses: z.array(z.string()),
  status: z.enum(['active', 'restricted', 'erased']),
  restrictedAt: instant.nullable(),
  erasureAskedAt: instant.nullable(),
  /** When the last letter that the law makes us keep is erased at the latest; null when none is kept. */
  lettersKeptUntil: z.iso.date().nullable(),
});
export type DataSubject = z.infer<typeof dataSubject>;

/** A merge that stands, to take back. `addresses`: those that came with it; the name may be the remaining customer's by now. */
export const standingMerge = z.object({ customerId: z.string(), displayName: z.string(), addresses: z.array(z.string()), at: instant });

/** How a caller is identified (DP-07). Level 1: claimed; 2: two facts or call-back; 3: signed in or confirmed in the app. */
export const authenticationMethod = z.enum(['claimed', 'two_facts', 'call_back', 'login', 'app_confirmation']);
export type AuthenticationMethod = z.infer<typeof authenticationMethod>;

/** How sure we are just now whom we speak to, and why; all null at level 0. */
export const authentication = z.object({
  level: z.number().int(),
  method: authenticationMethod.nullable(),
  conversationId: z.string().nullable(),
  byId: z.string().nullable(),
  at: instant.nullable(),
});
export type Authentication = z.infer<typeof authentication>;

const text = z.string().trim().min(1).max(320);
const profile = {
  name: line(200).nullable(),
  number: z.string().trim().min(1).max(60).nullable(),
  salutation: z.enum(['formal', 'informal', 'neutral', 'none']),
  locale: z.string().max(35).nullable(),
  languages: z.array(z.string().max(35)).max(10),
  preferences: preferences.partial(),
  since: z.iso.date().nullable(),
};
const writtenIdentity = { kind: identityKind, value: text };
/** How an identity was proved; `inbound_mail` and the like never prove. */
const proof = z.enum(['link_signed', 'login', 'call_back', 'agent_checked', 'import']);
const input = { id };
const request = { id, reason: z.string().trim().min(5).max(500) };

export const customersEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/customers',
    summary:
      'Finds customers by name, number, mail address, phone number or handle, else by a name that looks like it; addresses of those one may not open are masked.',
    access: 'read_case',
    input: z.object({ ...paging, q: z.string().trim().max(200).default('') }),
    output: z.object({
      ...page(customerHit).shape,
      /** Nobody is called what was typed: these look like it. */
      alike: z.boolean(),
    }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/customers/:id',
    summary: 'One customer; a merged one gives the customer it counts as.',
    access: 'read_case',
    input: z.object(input),
    output: customer,
  }),
  openAccess: endpoint({
    method: 'POST',
    path: '/customers/:id/access',
    summary: 'Opens a customer without a conversation of one’s own, for a written reason; audited, for eight hours.',
    access: 'read_case',
    input: z.object({ ...input, reason: z.string().trim().min(5).max(500) }),
    output: customer,
  }),
  create: endpoint({
    method: 'POST',
    path: '/customers',
    summary: 'Adds a customer by hand, e.g. during a call.',
    access: 'internal_note',
    input: z.object({ ...z.object(profile).partial().shape, identities: z.array(z.object(writtenIdentity)).max(20).default([]) }),
    output: customer,
    creates: true,
    errors: ['customers.identity_invalid', 'customers.identity_taken', 'customers.number_taken'],
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/customers/:id',
    summary: 'Changes what is known of a customer.',
    access: 'change_customer',
    input: z.object({ ...input, version: z.number().int(), ...z.object(profile).partial().shape }),
    output: customer,
    errors: ['customers.level_too_low', 'customers.number_taken'],
  }),
  setAdviserWish: endpoint({
    method: 'PUT',
    path: '/customers/:id/adviser-wish',
    summary: 'Notes whom the customer would like to be served by again, in their own words; it takes the place of an earlier wish.',
    access: 'change_customer',
    input: z.object({ ...input, personId: id, words: z.string().trim().min(3).max(500) }),
    output: customer,
    errors: ['customers.adviser_unknown'],
  }),
  removeAdviserWish: endpoint({
    method: 'DELETE',
    path: '/customers/:id/adviser-wish',
    summary: 'Removes the wish for an adviser.',
    access: 'change_customer',
    input: z.object(input),
    output: customer,
  }),
  addIdentity: endpoint({
    method: 'POST',
    path: '/customers/:id/identities',
    summary: 'Adds an address or number, not yet proved.',
    access: 'change_customer',
    input: z.object({ ...input, ...writtenIdentity }),
    output: customer,
    creates: true,
    errors: ['customers.level_too_low', 'customers.identity_invalid', 'customers.identity_taken'],
  }),
  verifyIdentity: endpoint({
    method: 'POST',
    path: '/customers/:id/identities/:identityId/verify',
    summary: 'Records how an identity was proved; from then on it recognises this customer.',
    access: 'change_customer',
    input: z.object({ ...input, identityId: id, evidence: proof, note: z.string().trim().max(300).optional() }),
    output: customer,
    errors: ['customers.level_too_low', 'customers.identity_taken'],
  }),
  removeIdentity: endpoint({
    method: 'DELETE',
    path: '/customers/:id/identities/:identityId',
    summary: 'Removes an identity; its history stays.',
    access: 'change_customer',
    input: z.object({ ...input, identityId: id }),
    output: customer,
    errors: ['customers.level_too_low'],
  }),
  notes: endpoint({
    method: 'GET',
    path: '/customers/:id/notes',
    summary: 'Notes on a customer, newest first.',
    access: 'read_case',
    input: z.object(input),
    output: z.object({ items: z.array(customerNote) }),
  }),
  addNote: endpoint({
    method: 'POST',
    path: '/customers/:id/notes',
    summary: 'Adds a note: what helps the next colleague, never diagnoses or judgements.',
    access: 'internal_note',
    input: z.object({ ...input, text: z.string().trim().min(1).max(4_000) }),
    output: customerNote,
    creates: true,
  }),
  consents: endpoint({
    method: 'GET',
    path: '/customers/:id/consents',
    summary: 'Every consent given, refused and withdrawn, newest first.',
    access: 'read_case',
    input: z.object(input),
    output: z.object({ items: z.array(consent) }),
  }),
  recordConsent: endpoint({
    method: 'POST',
    path: '/customers/:id/consents',
    summary: 'Records a consent, a refusal or a withdrawal; a withdrawal needs nothing but the purpose.',
    access: 'internal_note',
    input: z.object({
      ...input,
      purpose: z.string().regex(/^[a-z][a-zA-Z]*(:[a-zA-Z]+)?$/),
      state: z.enum(['given', 'refused', 'withdrawn']),
      channel: z.string().trim().min(1).max(40),
      /** Which text the customer saw or heard; for a withdrawal that of the consent by default. */
      textVersion: z.string().trim().max(80).optional(),
      evidence: z.string().trim().max(300).nullable().default(null),
    }),
    output: consent,
    creates: true,
    errors: ['customers.text_version_missing'],
  }),
  previewMerge: endpoint({
    method: 'GET',
    path: '/customers/:id/merge-preview',
    summary: 'Shows what merging this customer into another would do.',
    access: 'merge_customer',
    input: z.object({ ...input, intoId: id }),
    output: mergePreview,
    errors: ['customers.same_customer'],
  }),
  merge: endpoint({
    method: 'POST',
    path: '/customers/:id/merge',
    summary: 'Lets this customer count as another; can be taken back.',
    access: 'merge_customer',
    input: z.object({ ...input, intoId: id, reason: z.string().trim().min(3).max(500) }),
    output: customer,
    errors: ['customers.same_customer', 'customers.not_verified'],
  }),
  merges: endpoint({
    method: 'GET',
    path: '/customers/:id/merges',
    summary: 'Customers that were merged into this one.',
    access: 'merge_customer',
    input: z.object(input),
    output: z.object({ items: z.array(standingMerge) }),
  }),
  unmerge: endpoint({
    method: 'POST',
    path: '/customers/:id/unmerge',
    summary: 'Takes a merge back: both are as before, but for what was changed since.',
    access: 'merge_customer',
    input: z.object({ ...input, reason: z.string().trim().min(3).max(500) }),
    output: customer,
    errors: ['customers.not_merged', 'customers.merged_further', 'customers.number_taken'],
  }),
  authentication: endpoint({
    method: 'GET',
    path: '/customers/:id/authentication',
    summary: 'How sure we are just now whom we speak to: the highest level that stands, over all conversations.',
    access: 'read_case',
    input: z.object(input),
    output: authentication,
  }),
  authenticate: endpoint({
    method: 'POST',
    path: '/customers/:id/authentication',
    summary: 'Records how sure we are whom we speak to, for one conversation; rises only by a method of that level.',
    access: 'read_case',
    input: z.object({
      ...input,
      conversationId: id,
      method: authenticationMethod,
    }),
    output: z.object({ level: z.number().int() }),
    errors: ['customers.not_their_conversation', 'customers.no_proved_number'],
  }),
  dataSubjects: endpoint({
    method: 'GET',
    path: '/data-subjects',
    summary: 'Finds persons for a request about their data, restricted ones too; without words those whose data is restricted.',
    access: 'data_request',
    input: z.object({ q: z.string().trim().max(200).default('') }),
    output: z.object({ items: z.array(dataSubject), more: z.boolean() }),
  }),
  restrict: endpoint({
    method: 'POST',
    path: '/data-subjects/:id/restrict',
    summary: 'Restricts the processing of everything of a customer: nobody in service finds it any more (Art. 18 GDPR).',
    access: 'data_request',
    input: z.object(request),
    output: dataSubject,
    errors: ['customers.restricted_already'],
  }),
  liftRestriction: endpoint({
    method: 'POST',
    path: '/data-subjects/:id/lift-restriction',
    summary: 'Lifts a restriction: conversations and cases return to their teams.',
    access: 'data_request',
    input: z.object(request),
    output: dataSubject,
    errors: ['customers.not_restricted', 'customers.being_erased'],
  }),
  erase: endpoint({
    method: 'POST',
    path: '/data-subjects/:id/erase',
    summary:
      'Erases everything of a customer (Art. 17 GDPR), for good; letters that the law makes the company keep stay restricted until it lets them go.',
    access: 'data_request',
    input: z.object({
      ...request,
      /** `keep`: commercial or tax law makes us keep letters (§ 257 HGB, § 147 AO: six years from the end of the year). */
      letters: z.enum(['keep', 'erase']),
    }),
    output: dataSubject,
  }),
};
