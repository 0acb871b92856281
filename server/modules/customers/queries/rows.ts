import type { AdviserWish, IdentityKind } from '../../../../contract/customers.ts';
import { sql } from '../../../platform/database/sql.ts';

export interface CustomerRow {
  id: string;
  version: number;
  root_id: string;
  merged_into: string | null;
  number: string | null;
  name: string | null;
  name_source: 'claimed' | 'person' | 'import';
  display_name: string;
  salutation: 'formal' | 'informal' | 'neutral' | 'none';
  locale: string | null;
  languages: string[];
  preferences: Record<string, unknown>;
  since: string | null;
  status: 'active' | 'restricted' | 'erased' | 'merged';
  /** Of everything that counts as this customer, the latest. */
  adviser_wish: AdviserWish | null;
}

export const customerColumns = sql`c.id, c.version, c.root_id, c.merged_into, c.number, c.name, c.name_source, c.display_name, c.salutation,
  c.locale, c.languages, c.preferences, c.since, c.status,
  (select jsonb_build_object('personId', w.person_id, 'words', w.words, 'notedBy', w.noted_by, 'at', w.noted_at) from customer_wishes w
    join customers f on f.id = w.customer_id where f.root_id = c.root_id order by w.noted_at desc, w.customer_id limit 1) as adviser_wish`;

export interface IdentityRow {
  id: string;
  version: number;
  customer_id: string;
  kind: IdentityKind;
  value: string;
  label: string;
  evidence: string | null;
  verified_at: Date | null;
  recognises: boolean;
}

export const identityColumns = sql`i.id, i.version, i.customer_id, i.kind, i.value, i.label, i.evidence, i.verified_at, i.recognises`;

export interface NoteRow {
  id: string;
  version: number;
  customer_id: string;
  author_id: string | null;
  text: string;
  at: Date;
}

export interface ConsentRow {
  id: string;
  customer_id: string;
  purpose: string;
  state: 'given' | 'refused' | 'withdrawn';
  channel: string;
  text_version: string;
  evidence: string | null;
  by_id: string | null;
  at: Date;
}

export interface MergeRow {
  id: string;
  customer_id: string;
  into_id: string;
  taken: Record<string, { before: unknown; after: unknown }>;
  status_before: CustomerRow['status'];
  at: Date;
  undone_at: Date | null;
}
