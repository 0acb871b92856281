import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Customer, CustomerHit } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { findCustomers, unmergeCustomer } from '../api.ts';
import { useWays } from '../components/ways.tsx';
import { nameOf } from '../name.ts';
import { refreshCustomer, useMerges } from '../use-customer.ts';
import { MergePreview } from './merge-preview.tsx';

/** Joins this person with another: choose whom, choose who stays, see exactly what will hold, say why, and take it back whenever it was wrong. */
export function MergePart({ customer }: { customer: Customer }) {
  const t = useText('customers');
  const { date } = useFormats();
  const waysOf = useWays();
  const [query, setQuery] = useState('');
  const [other, setOther] = useState<CustomerHit | null>(null);
  const [stays, setStays] = useState<'this' | 'other'>('this');
  const { data } = useQuery({
    queryKey: ['customers', 'find', query],
    queryFn: () => findCustomers(query),
    enabled: query.trim().length > 1,
  });
  const hits = (data?.items ?? []).filter(({ id }) => id !== customer.id);
  const merges = useMerges(customer.id, true);
  const part = (id: string): void => {
    unmergeCustomer(id, t('merge.undoReason')).then(() => {
      notify({ title: t('merge.undone') });
      void refreshCustomer(customer.id);
    }, refused);
  };
  const own: CustomerHit = {
    ...customer,
    ways: customer.identities.map(({ kind, label, value, verifiedAt }) => ({ kind, label: label || value, proved: verifiedAt !== null })),
  };
  return (
    <div className="flex flex-col gap-4">
      {merges.length > 0 && (
        <section aria-label={t('merge.standing')}>
          <h2 className="font-semibold">{t('merge.standing')}</h2>
          <ul>
            {merges.map((merge) => (
              <li key={merge.customerId} className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-2">
                <span className="min-w-0">
                  <span dir="auto">{nameOf(merge.displayName)}</span>
                  <span className="block text-xs break-words text-muted">
                    {[...merge.addresses, t('merge.joinedOn', { date: date(merge.at) })].join(' · ')}
                  </span>
                </span>
                <Button small onClick={() => part(merge.customerId)}>
                  {t('merge.undo')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="text-muted">{t('merge.hint')}</p>
      <Field label={t('merge.search')} hint={t('merge.searchHint')} className="max-w-md">
        <Input type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      </Field>
      {data && query.trim().length > 1 && hits.length === 0 && <p className="text-muted">{t('list.empty')}</p>}
      <ul aria-label={t('merge.found')} className="max-w-xl">
        {hits.map((hit) => (
          <li key={hit.id}>
            <button
              type="button"
              aria-pressed={other?.id === hit.id}
              className="flex min-h-11 w-full flex-col justify-center rounded-md px-2 py-1 text-left hover:bg-hover aria-pressed:bg-selected"
              onClick={() => setOther(hit)}
            >
              <span dir="auto" className="font-medium">
                {nameOf(hit.displayName)}
              </span>
              <span className="text-xs break-words text-muted">{waysOf(hit)}</span>
            </button>
          </li>
        ))}
      </ul>
      {other && (
        <>
          <RadioGroup
            label={t('merge.who')}
            value={stays}
            onChange={setStays}
            options={[
              { value: 'this', label: nameOf(own.displayName), hint: [t('merge.opened'), waysOf(own)].filter(Boolean).join(' · ') },
              { value: 'other', label: nameOf(other.displayName), hint: waysOf(other) },
            ]}
          />
          <MergePreview
            key={`${other.id} ${stays}`}
            from={stays === 'this' ? other : own}
            into={stays === 'this' ? own : other}
            otherId={other.id}
          />
        </>
      )}
    </div>
  );
}
