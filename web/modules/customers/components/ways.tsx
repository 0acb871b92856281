import type { CustomerHit } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { addressOf } from '../name.ts';

/** What tells somebody found from others of the same name, in one line. */
export function useWays(): (hit: CustomerHit) => string {
  const t = useText('customers');
  const { date } = useFormats();
  return ({ number, since, ways }) =>
    [
      number && t('panel.number', { number }),
      ...ways.slice(0, 3).map(({ label, proved }) => (proved ? `${addressOf(label)} (${t('identity.proved')})` : addressOf(label))),
      since && t('panel.since', { date: date(since) }),
    ]
      .filter(Boolean)
      .join(' · ');
}
