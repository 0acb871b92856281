import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Consent, customersEndpoints } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { fail } from '../errors.ts';
import { presentConsent } from '../present.ts';
import { familyOf } from '../queries/customers.ts';
import { consentsOf, insertConsent } from '../queries/records.ts';
import { loadCustomer } from './load.ts';

/** Appends a line. Whoever consents or refuses does so to a text; withdrawing is as easy as giving (Art. 7(3) GDPR), so it needs none of its own. */
export async function recordConsent(ctx: Ctx, input: ParsedInputOf<typeof customersEndpoints.recordConsent>): Promise<Consent> {
  const { row } = await loadCustomer(ctx, input.id);
  let textVersion = input.textVersion;
  if (!textVersion && input.state === 'withdrawn') {
    const earlier = await consentsOf(ctx.db, await familyOf(ctx.db, row.id));
    textVersion = earlier.find((consent) => consent.purpose === input.purpose)?.text_version ?? 'none';
  }
  if (!textVersion) throw fail('customers.text_version_missing');
  const consent = {
    id: newId(ctx.now.getTime()),
    customer_id: row.id,
    purpose: input.purpose,
    state: input.state,
    channel: input.channel,
    text_version: textVersion,
    evidence: input.evidence,
    by_id: ctx.actor.id,
    at: ctx.now,
  };
  await insertConsent(ctx.db, consent);
  ctx.emit('customers.consent_recorded', { customerId: row.id, consentId: consent.id, purpose: consent.purpose, state: consent.state });
  return presentConsent(consent, row.id);
}
