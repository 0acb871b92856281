import { useQuery } from '@tanstack/react-query';
import FolderOpen from 'lucide-react/icons/folder-open';
import { useState } from 'react';
import { call } from '../../platform/api/call.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { AppLink } from '../../platform/router/link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Input } from '../../ui/form/input.tsx';
import { Table } from '../../ui/list/table.tsx';
import { nameOf } from '../customers/index.ts';
import { Page, PersonName } from '../workspace/index.ts';
import { on } from './api.ts';

export default function CasesPage() {
  const t = useText('cases');
  const { brief } = useFormats();
  const [typed, setTyped] = useState('');
  const q = typed.trim();
  const found = useQuery({
    queryKey: ['cases', 'list', q],
    queryFn: () => call(on.list, q ? { q, limit: 50 } : { limit: 50 }),
    placeholderData: (before) => before,
  });
  return (
    <Page wide title={t('list.title')} intro={t('list.intro')}>
      <Input
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        className="max-w-md"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Loaded query={found} lines={8}>
        {(data) => (
          <>
            {data.numberMistyped && (
              <Banner live tone="warn">
                {t('list.mistyped')}
              </Banner>
            )}
            {data.locked.map((kase) => (
              <p key={kase.id}>
                <AppLink to={`/cases/${kase.id}`} className="text-accent-text underline">
                  {t('list.locked', { number: kase.number })}
                </AppLink>
              </p>
            ))}
            {data.items.length === 0 ? (
              <EmptyState icon={FolderOpen} title={t('list.empty')} />
            ) : (
              <Table
                caption={t('list.title')}
                rows={data.items}
                keyOf={(kase) => kase.id}
                columns={[
                  {
                    id: 'number',
                    label: t('list.number'),
                    cell: (kase) => (
                      <AppLink to={`/cases/${kase.id}`} className="font-medium whitespace-nowrap text-accent-text underline tabular-nums">
                        {kase.number}
                      </AppLink>
                    ),
                  },
                  { id: 'subject', label: t('list.subject'), cell: (kase) => <bdi>{kase.subject || t('noSubject')}</bdi> },
                  { id: 'customer', label: t('list.customer'), cell: (kase) => <bdi>{nameOf(kase.customerName)}</bdi> },
                  { id: 'state', label: t('list.state'), cell: (kase) => <Badge>{t(`states.${kase.state}`)}</Badge> },
                  {
                    id: 'owner',
                    label: t('list.owner'),
                    cell: (kase) =>
                      kase.ownerId ? <PersonName id={kase.ownerId} /> : <span className="text-muted">{t('list.noOwner')}</span>,
                  },
                  { id: 'activity', label: t('list.activity'), right: true, cell: (kase) => brief(kase.lastActivityAt) },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
