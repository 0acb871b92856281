import Handshake from 'lucide-react/icons/handshake';
import { useState } from 'react';
import { useFormats } from '../../platform/i18n/format.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { MorePages } from '../../platform/pages.tsx';
import { AppLink } from '../../platform/router/link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/form/segmented.tsx';
import { Table } from '../../ui/list/table.tsx';
import { nameOf } from '../customers/index.ts';
import { Page, PersonName } from '../workspace/index.ts';
import { usePromises } from './waiting.ts';

/** What we owe, the person's own and their teams': what is broken stands on top, then what is due next. */
export default function PromisesPage() {
  const t = useText('cases');
  const { when } = useFormats();
  const [owner, setOwner] = useState<'me' | 'team'>('team');
  const [state, setState] = useState<'owed' | 'open' | 'broken'>('owed');
  const query = usePromises({ owner, state });
  return (
    <Page wide title={t('promises.page')} intro={t('promises.intro')}>
      <div className="flex flex-wrap gap-3">
        <Segmented
          label={t('list.owner')}
          value={owner}
          onChange={setOwner}
          options={[
            { value: 'team', label: t('promises.team') },
            { value: 'me', label: t('promises.mine') },
          ]}
        />
        <Segmented
          label={t('list.state')}
          value={state}
          onChange={setState}
          options={[
            { value: 'owed', label: t('promises.owed') },
            { value: 'open', label: t('promises.open') },
            { value: 'broken', label: t('promises.broken') },
          ]}
        />
      </div>
      <Loaded query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState icon={Handshake} title={t('promises.nothing')}>
              {t('promises.nothingHint')}
            </EmptyState>
          ) : (
            <>
              <Table
                caption={t('promises.page')}
                rows={data.items}
                keyOf={(line) => line.statement.id}
                columns={[
                  {
                    id: 'due',
                    label: t('statement.due'),
                    cell: ({ statement }) => (
                      <Badge tone={statement.state === 'broken' ? 'warn' : 'neutral'}>
                        {statement.state === 'broken' && `${t('statement.states.broken')} · `}
                        {statement.dueTo ? when(statement.dueTo) : '–'}
                      </Badge>
                    ),
                  },
                  { id: 'text', label: t('statement.text'), cell: ({ statement }) => statement.text },
                  {
                    id: 'case',
                    label: t('list.number'),
                    cell: (line) => (
                      <AppLink to={`/cases/${line.statement.caseId}`} className="text-accent-text underline">
                        {line.caseNumber}
                      </AppLink>
                    ),
                  },
                  { id: 'customer', label: t('list.customer'), cell: (line) => <bdi>{nameOf(line.customerName)}</bdi> },
                  { id: 'owner', label: t('list.owner'), cell: ({ statement }) => <PersonName id={statement.ownerId} /> },
                ]}
              />
              <MorePages query={query} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
