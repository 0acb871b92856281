import { z } from 'zod';
import { endpoint, id, instant, line } from '../core.ts';
import { byId } from './records.ts';

/** What could show the conduct or performance of people who work here, and is off until an agreement allows it (specification WC-01). */
export const gatedFeatures = ['team_figures', 'breach_causes'] as const;
export type GatedFeature = (typeof gatedFeatures)[number];

const text = z.string().trim().min(20).max(4_000);

const agreementText = {
  /** `agreement`: with the works council. `policy`: of a company without one, signed by whoever protects data. */
  kind: z.enum(['agreement', 'policy']),
  title: line(120),
  features: z.array(z.enum(gatedFeatures)).min(1),
  /** Empty: all sites. */
  siteIds: z.array(id).max(100),
  /** What for. */
  purpose: text,
  /** On which rule of the GDPR and of national law it rests (WC-06). */
  gdprBasis: text,
  /** Why nothing milder does (WC-06). */
  necessity: text,
  validFrom: instant,
  validTo: instant.nullable(),
};

/** What the company and those who speak for its people agreed on. */
export const agreement = z.object({
  id,
  ...agreementText,
  /** `coming` and `expired` follow from the clock. */
  state: z.enum(['proposed', 'coming', 'active', 'expired', 'ended']),
  proposedById: z.string().nullable(),
  activatedById: z.string().nullable(),
  activatedAt: instant.nullable(),
  endedAt: instant.nullable(),
});
export type Agreement = z.infer<typeof agreement>;

export const agreementEndpoints = {
  listAgreements: endpoint({
    method: 'GET',
    path: '/agreements',
    summary: 'The register of works agreements, newest first: what each allows, where, why and until when.',
    access: 'see_agreements',
    input: z.object({}),
    output: z.object({ items: z.array(agreement) }),
  }),
  proposeAgreement: endpoint({
    method: 'POST',
    path: '/agreements',
    summary: 'Enters an agreement. It allows nothing until the works council, or for a policy whoever protects data, has activated it.',
    access: 'propose_agreement',
    input: z.object(agreementText).refine(({ validFrom, validTo }) => validTo === null || validTo > validFrom, { path: ['validTo'] }),
    output: agreement,
    creates: true,
    errors: ['workspace.unknown_reference'],
  }),
  activateAgreement: endpoint({
    method: 'POST',
    path: '/agreements/:id/activate',
    summary: 'Says yes to an agreement as it is written; by somebody else than who entered it.',
    access: 'activate_agreement',
    input: byId,
    output: agreement,
    errors: ['workspace.second_person', 'workspace.wrong_signature', 'workspace.agreement_settled'],
  }),
  endAgreement: endpoint({
    method: 'POST',
    path: '/agreements/:id/end',
    summary: 'Ends an agreement, or takes a proposal back; what it allowed is off at once.',
    access: 'end_agreement',
    input: byId,
    output: agreement,
    errors: ['workspace.agreement_settled'],
  }),
};
