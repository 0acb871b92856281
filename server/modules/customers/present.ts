import type { z } from 'zod';
import type {
  Consent,
  Customer,
  CustomerHit,
  CustomerNote,
  CustomerSummary,
  DataSubject,
  Identity,
  preferences,
} from '../../../contract/customers.ts';
import { keptUntil } from './data-rights/letters.ts';
import type { SubjectRow } from './data-rights/queries.ts';
import type { SearchRow } from './queries/customers.ts';
import type { ConsentRow, CustomerRow, IdentityRow, NoteRow } from './queries/rows.ts';

export const presentSummary = (row: Pick<CustomerRow, 'id' | 'version' | 'display_name' | 'number' | 'locale'>): CustomerSummary => ({
  id: row.id,
  version: row.version,
  displayName: row.display_name,
  number: row.number,
  locale: row.locale,
});

export const presentIdentity = (row: IdentityRow, rootId: string): Identity => ({
  id: row.id,
  version: row.version,
  customerId: rootId,
  kind: row.kind,
  value: row.value,
  label: row.label,
  verifiedAt: row.verified_at?.toISOString() ?? null,
  evidence: row.evidence,
});

/** Kinds that people recognise somebody by. */
const telling = ['mail', 'phone', 'handle', 'postal'] as const satisfies readonly Identity['kind'][];

export const presentHit = (row: SearchRow, identities: readonly IdentityRow[], whole: boolean): CustomerHit => ({
  ...presentSummary(row),
  ...(!whole && { displayName: maskNamedAfter(row.display_name, identities) }),
  since: row.since,
  ways: telling.flatMap((kind) =>
    identities
      .filter((one) => one.kind === kind)
      .map((one) => ({
        kind,
        label: whole ? one.label || one.value : maskAddress(kind, one.label || one.value),
        proved: one.verified_at !== null,
      })),
  ),
});

/** Whoever told no name is called by an address, which is then as secret as it is below the name. */
function maskNamedAfter(name: string, identities: readonly IdentityRow[]): string {
  const kind = identities.find((one) => one.value === name || one.label === name)?.kind ?? (/^\S+@\S+$/.test(name) ? 'mail' : undefined);
  return kind && kind !== 'customer_number' ? maskAddress(kind, name) : name;
}

/** Who knows it recognises it; who does not, cannot use it: `e…@post.example`, `… 456`, the place of an address. */
export function maskAddress(kind: Identity['kind'], value: string): string {
  if (kind === 'phone') return `… ${value.replace(/\D/g, '').slice(-3)}`;
  if (kind === 'postal') return `… ${/\b\d{5}\s+\p{L}[\p{L} .-]*/u.exec(value)?.[0].trim() ?? ''}`.trim();
  const [first = ''] = value;
  const at = value.lastIndexOf('@');
  return kind === 'mail' && at > 0 ? `${first}…${value.slice(at)}` : `${first}…`;
}

const noPreferences: z.infer<typeof preferences> = { channel: null, quietHours: null, deliveryWish: null, accessibility: [] };

/** `identities`: those of everything that counts as this customer. */
export const presentCustomer = (row: CustomerRow, identities: readonly IdentityRow[]): Customer => ({
  ...presentSummary(row),
  salutation: row.salutation,
  languages: row.languages,
  preferences: { ...noPreferences, ...row.preferences },
  adviserWish: row.adviser_wish && { ...row.adviser_wish, at: new Date(row.adviser_wish.at).toISOString() },
  since: row.since,
  status: row.status,
  mergedInto: row.merged_into && row.root_id,
  identities: identities.map((identity) => presentIdentity(identity, row.root_id)),
});

/** For participants in training: enough to speak with somebody, not enough to find them. */
export const maskCustomer = (whole: Customer): Customer => ({
  ...whole,
  displayName: maskName(whole.displayName),
  number: null,
  preferences: { ...whole.preferences, deliveryWish: null },
  adviserWish: null,
  identities: whole.identities.map((identity) => ({ ...identity, value: '…', label: '…', evidence: null })),
});

const maskName = (name: string): string =>
  name.includes('@') || !/\p{L}/u.test(name) ? '…' : name.replace(/(\p{L})[\p{L}\p{M}'’-]*/gu, '$1.');

export const presentNote = (row: NoteRow, rootId: string): CustomerNote => ({
  id: row.id,
  version: row.version,
  customerId: rootId,
  authorId: row.author_id ?? '',
  text: row.text,
  at: row.at.toISOString(),
});

export const presentConsent = (row: ConsentRow, rootId: string): Consent => ({
  id: row.id,
  customerId: rootId,
  purpose: row.purpose,
  state: row.state,
  at: row.at.toISOString(),
  channel: row.channel,
  textVersion: row.text_version,
  evidence: row.evidence,
  byPersonId: row.by_id,
});

export const presentSubject = (row: SubjectRow): DataSubject => ({
  id: row.id,
  displayName: row.display_name,
  number: row.number,
  addresses: row.addresses,
  status: row.status,
  restrictedAt: row.restricted_at?.toISOString() ?? null,
  erasureAskedAt: row.erasure_asked_at?.toISOString() ?? null,
  lettersKeptUntil: row.keeps_letters && row.erasure_asked_at ? keptUntil(row.erasure_asked_at) : null,
});
