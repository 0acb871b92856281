import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { useRight } from '../../workspace/index.ts';
import { findCustomers } from '../api.ts';
import { CustomerRow } from './customer-row.tsx';

/** So many are shown where something else is searched, too. */
const most = 3;

/** Who may be meant by a search for something else as well, in a few lines; nothing where nobody is. A name that was mistyped is found all the same. */
export function CustomersFound({ q, onKeyDown }: { q: string; onKeyDown: (event: KeyboardEvent) => void }) {
  const t = useText('customers');
  const maySearch = useRight('read_case', ['R', 'T', 'A']);
  const { data } = useQuery({
    queryKey: ['customers', 'found', q],
    queryFn: () => findCustomers(q, { limit: most + 1 }),
    enabled: maySearch && q.length >= 2,
    placeholderData: keepPreviousData,
  });
  const found = q.length >= 2 ? (data?.items ?? []) : [];
  if (found.length === 0) return null;
  return (
    <section aria-label={t('search.group')} className="flex flex-col gap-1.5">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="font-semibold">{t('search.group')}</h2>
        {data?.alike && <p className="text-xs text-muted">{t('search.alike')}</p>}
        {(found.length > most || data?.nextCursor) && (
          <AppLink to={`/customers?${new URLSearchParams({ q })}`} onKeyDown={onKeyDown} className="ml-auto text-accent-text underline">
            {t('search.all')}
          </AppLink>
        )}
      </header>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {found.slice(0, most).map((customer) => (
          <li key={customer.id} className="border-b border-line last:border-0">
            <CustomerRow customer={customer} onKeyDown={onKeyDown} />
          </li>
        ))}
      </ul>
    </section>
  );
}
