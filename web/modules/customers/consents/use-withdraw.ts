import { useState } from 'react';
import type { Consent } from '../../../../contract/customers.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { recordConsent } from '../api.ts';
import { refreshCustomer } from '../use-customer.ts';
import { usePurposeName } from './purposes.ts';

/** Withdrawing is one press and holds at once: it must be as easy as giving. `busy` is the purpose being withdrawn. */
export function useWithdraw(customerId: string): { withdraw: (consent: Consent) => void; busy: string | null } {
  const t = useText('customers');
  const nameOf = usePurposeName();
  const [busy, setBusy] = useState<string | null>(null);
  const withdraw = ({ purpose }: Consent): void => {
    setBusy(purpose);
    recordConsent({ id: customerId, purpose, state: 'withdrawn', channel: 'adviser' })
      .then(() => refreshCustomer(customerId))
      .then(() => notify({ title: t('consent.withdrawn', { purpose: nameOf(purpose) }) }), refused)
      .finally(() => setBusy(null));
  };
  return { withdraw, busy };
}
