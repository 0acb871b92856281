import { z } from 'zod';
import { instant, recordHead } from './core.ts';

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

/** What lists and headers need of a customer. `displayName` falls back to the best identity, never to nothing. */
export const customerSummary = z.object({
  ...recordHead,
  displayName: z.string(),
  number: z.string().nullable(),
  locale: z.string().nullable(),
});
export type CustomerSummary = z.infer<typeof customerSummary>;

export const customer = z.object({
  ...customerSummary.shape,
  salutation: z.enum(['formal', 'informal', 'neutral', 'none']),
  languages: z.array(z.string()),
  preferences,
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
