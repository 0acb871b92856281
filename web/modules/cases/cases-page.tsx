import FolderOpen from 'lucide-react/icons/folder-open';
import { useState } from 'react';
import type { Case } from '../../../contract/cases.ts';
import { call } from '../../platform/api/call.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { MorePages, usePages } from '../../platform/pages.tsx';
import { AppLink } from '../../platform/router/link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Input } from '../../ui/form/input.tsx';
import { Segmented } from '../../ui/form/segmented.tsx';
import { Select } from '../../ui/form/select.tsx';
import { Table } from '../../ui/list/table.tsx';
import { useWide } from '../../ui/use-wide.ts';
import { nameOf } from '../customers/index.ts';
import { Page, PersonName } from '../workspace/index.ts';
import { on } from './api.ts';

const listedStates = ['open', 'waiting', 'resolved', 'closed'] as const;
type ListedState = (typeof listedStates)[number];

export default function CasesPage() {
  const t = useText('cases');
  const isWide = useWide('(min-width: 40rem)');
  const [typed, setTyped] = useState('');
  const [owner, setOwner] = useState<'all' | 'me'>('all');
  const [state, setState] = useState<ListedState | 'any'>('any');
  const q = typed.trim();
  const found = usePages(
    ['cases', 'list', q, owner, state],
    (paging) => call(on.list, { ...paging, ...(q && { q }), ...(owner === 'me' && { owner }), ...(state !== 'any' && { state }) }),
    { keeps: true },
  );
  return (
    <Page wide title={t('list.title')} intro={t('list.intro')}>
      <div className="flex flex-wrap items-center gap-3">
        <Input
          type="search"
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          className="min-w-0 basis-full sm:max-w-md sm:flex-1"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Segmented
          label={t('list.owner')}
          value={owner}
          onChange={setOwner}
          options={[
            { value: 'all', label: t('list.all') },
            { value: 'me', label: t('list.mine') },
          ]}
        />
        <Select
          label={t('list.state')}
          className="w-40 min-w-0 flex-1 sm:flex-none"
          value={state}
          onChange={setState}
          options={[{ value: 'any', label: t('list.anyState') }, ...listedStates.map((value) => ({ value, label: t(`states.${value}`) }))]}
        />
      </div>
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
              <>
                <p className="text-xs text-muted">{t('list.order')}</p>
                {isWide ? <CaseTable cases={data.items} /> : <CaseCards cases={data.items} />}
                <MorePages query={found} />
              </>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function CaseTable({ cases }: { cases: readonly Case[] }) {
  const t = useText('cases');
  const { brief } = useFormats();
  return (
    <Table
      caption={t('list.title')}
      rows={cases}
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
          cell: (kase) => (kase.ownerId ? <PersonName id={kase.ownerId} /> : <span className="text-muted">{t('list.noOwner')}</span>),
        },
        { id: 'activity', label: t('list.activity'), right: true, cell: (kase) => brief(kase.lastActivityAt) },
      ]}
    />
  );
}

/** The same for a phone, where a table would have to be pushed to and fro. */
function CaseCards({ cases }: { cases: readonly Case[] }) {
  const t = useText('cases');
  const { brief } = useFormats();
  return (
    <ul aria-label={t('list.title')} className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {cases.map((kase) => (
        <li key={kase.id}>
          <AppLink to={`/cases/${kase.id}`} className="flex flex-col gap-1 px-3 py-2.5 hover:bg-hover focus-visible:outline-offset-[-2px]">
            <span className="flex items-center gap-2">
              <span className="font-medium whitespace-nowrap text-accent-text tabular-nums">{kase.number}</span>
              <Badge>{t(`states.${kase.state}`)}</Badge>
              <span className="ml-auto text-xs whitespace-nowrap text-muted">{brief(kase.lastActivityAt)}</span>
            </span>
            <bdi className="line-clamp-2 font-medium break-words">{kase.subject || t('noSubject')}</bdi>
            <span className="text-muted">
              <bdi className="break-words">{nameOf(kase.customerName)}</bdi>
              {' · '}
              {kase.ownerId ? <PersonName id={kase.ownerId} /> : t('list.noOwner')}
            </span>
          </AppLink>
        </li>
      ))}
    </ul>
  );
}
