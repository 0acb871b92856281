import type { Consent } from '../../../../contract/customers.ts';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';
import { refreshCustomer, useConsents } from '../use-customer.ts';

const tones = { given: 'success', refused: 'neutral', withdrawn: 'warn' } as const;

/** Every consent with its history; a withdrawal is one press and holds at once. */
export function Consents({ customerId }: { customerId: string }) {
  const t = useText('customers');
  const { full } = useFormats();
  const consents = useConsents(customerId);
  const withdraw = (consent: Consent): void => {
    call(on.recordConsent, { id: customerId, purpose: consent.purpose, state: 'withdrawn', channel: 'adviser' }).then(
      () => {
        notify({ title: t('consent.recorded') });
        void refreshCustomer(customerId);
      },
      (error: unknown) => notify({ tone: 'problem', title: problemText(error).title, text: problemText(error).help }),
    );
  };
  if (consents.length === 0) return <p className="text-muted">{t('consent.none')}</p>;
  const latest = new Map(consents.toReversed().map((consent) => [consent.purpose, consent.id]));
  return (
    <Table<Consent>
      caption={t('consent.table')}
      rows={consents}
      keyOf={(consent) => consent.id}
      columns={[
        { id: 'purpose', label: t('consent.purpose'), cell: (consent) => consent.purpose },
        {
          id: 'state',
          label: t('consent.state'),
          cell: (consent) => <Badge tone={tones[consent.state]}>{t(`consent.states.${consent.state}`)}</Badge>,
        },
        { id: 'at', label: t('consent.at'), cell: (consent) => full(consent.at) },
        { id: 'channel', label: t('consent.channel'), cell: (consent) => consent.channel },
        { id: 'text', label: t('consent.text'), cell: (consent) => consent.textVersion },
        {
          id: 'actions',
          label: '',
          right: true,
          cell: (consent) =>
            consent.state === 'given' && latest.get(consent.purpose) === consent.id ? (
              <Button small onClick={() => withdraw(consent)}>
                {t('consent.withdraw')}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}
