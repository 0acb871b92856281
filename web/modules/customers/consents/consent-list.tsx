import type { Consent } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { standing, usePurposeName } from './purposes.ts';
import { useWithdraw } from './use-withdraw.ts';

export const tones = { given: 'success', refused: 'neutral', withdrawn: 'warn' } as const;

/** What holds for each purpose now; what was given can be withdrawn on the spot. */
export function ConsentList({ customerId, consents }: { customerId: string; consents: readonly Consent[] }) {
  const t = useText('customers');
  const { full } = useFormats();
  const nameOf = usePurposeName();
  const { withdraw, busy } = useWithdraw(customerId);
  if (consents.length === 0) return <p className="text-muted">{t('consent.none')}</p>;
  return (
    <ul className="flex flex-col">
      {standing(consents).map((consent) => (
        <li key={consent.id} className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1 py-1">
          <span className="min-w-0 break-words">{nameOf(consent.purpose)}</span>
          <Badge tone={tones[consent.state]} title={full(consent.at)}>
            {t(`consent.states.${consent.state}`)}
          </Badge>
          {consent.state === 'given' && (
            <Button
              small
              className="ml-auto"
              busy={busy === consent.purpose}
              aria-label={t('consent.withdrawOf', { purpose: nameOf(consent.purpose) })}
              onClick={() => withdraw(consent)}
            >
              {t('consent.withdraw')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
