import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Customer } from '../../../../contract/customers.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { codeText, problemText } from '../../../platform/i18n/problem-text.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { findCustomers, mergeCustomer, on, unmergeCustomer } from '../api.ts';
import { refreshCustomer, useMerges } from '../use-customer.ts';

/** Lets this person count as another: choose, see exactly what will hold, say why, and take it back whenever it was wrong. */
export function MergePart({ customer }: { customer: Customer }) {
  const t = useText('customers');
  const [query, setQuery] = useState('');
  const [into, setInto] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['customers', 'find', query],
    queryFn: () => findCustomers(query),
    enabled: query.trim().length > 1,
  });
  const merges = useMerges(customer.id, true);
  const part = (id: string): void => {
    unmergeCustomer(id, t('merge.undoReason')).then(
      () => {
        notify({ title: t('merge.undone') });
        void refreshCustomer(customer.id);
      },
      (error: unknown) => notify({ tone: 'problem', title: problemText(error).title, text: problemText(error).help }),
    );
  };
  return (
    <div className="flex flex-col gap-4">
      {merges.length > 0 && (
        <section aria-label={t('merge.standing')}>
          <h2 className="font-semibold">{t('merge.standing')}</h2>
          <ul>
            {merges.map((merge) => (
              <li key={merge.customerId} className="flex items-center justify-between border-b border-line py-2">
                {merge.displayName}
                <Button small onClick={() => part(merge.customerId)}>
                  {t('merge.undo')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="text-muted">{t('merge.hint')}</p>
      <Field label={t('merge.search')} className="max-w-md">
        <Input type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      </Field>
      <ul className="max-w-md">
        {(data?.items ?? [])
          .filter(({ id }) => id !== customer.id)
          .map((other) => (
            <li key={other.id}>
              <button
                type="button"
                aria-pressed={into === other.id}
                className="flex min-h-9 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-hover aria-pressed:bg-selected"
                onClick={() => setInto(other.id)}
              >
                {other.displayName} <span className="text-muted">{other.number}</span>
              </button>
            </li>
          ))}
      </ul>
      {into && <Preview key={into} customer={customer} intoId={into} />}
    </div>
  );
}

function Preview({ customer, intoId }: { customer: Customer; intoId: string }) {
  const t = useText('customers');
  const go = useGo();
  const [reason, setReason] = useState('');
  const { data } = useQuery({
    queryKey: ['customers', customer.id, 'merge-preview', intoId],
    queryFn: () => call(on.previewMerge, { id: customer.id, intoId }),
  });
  const merge = useAction(async () => {
    const merged = await mergeCustomer(customer.id, intoId, reason);
    notify({ title: t('merge.done') });
    go(`/customers/${merged.id}`);
  });
  if (!data) return null;
  return (
    <section aria-label={t('merge.preview')} className="rounded-lg border border-line bg-surface p-4">
      <h2 className="font-semibold">{`${t('merge.preview')}: ${data.into.displayName}`}</h2>
      <ul className="mt-2 flex flex-col gap-1">
        {data.taken.length + data.conflicts.length === 0 && <li className="text-muted">{t('merge.nothing')}</li>}
        {data.taken.map(({ field, value }) => (
          <li key={field}>
            <Badge tone="success">{t('merge.taken')}</Badge> {`${field}: ${show(value)}`}
          </li>
        ))}
        {data.conflicts.map(({ field, kept, dropped }) => (
          <li key={field}>
            <Badge tone="warn">{t('merge.kept')}</Badge> {`${field}: ${show(kept)}`}{' '}
            <span className="text-muted">{`(${t('merge.dropped')}: ${show(dropped)})`}</span>
          </li>
        ))}
      </ul>
      {(data.refusal || merge.problem) && (
        <Banner tone="problem" className="mt-3">
          {merge.problem ? `${merge.problem.title} ${merge.problem.help ?? ''}` : (codeText(data.refusal ?? '')?.title ?? data.refusal)}
        </Banner>
      )}
      <div className="mt-4 flex flex-wrap items-end gap-3">
        <Field label={t('merge.reason')} className="min-w-60 flex-1">
          <Input value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <Button
          look="primary"
          busy={merge.isBusy}
          disabled={data.refusal !== null || reason.trim().length < 3}
          onClick={() => void merge.run()}
        >
          {t('merge.confirm')}
        </Button>
      </div>
    </section>
  );
}

const show = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value));
