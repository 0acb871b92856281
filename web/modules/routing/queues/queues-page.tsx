import { useQuery, useQueryClient } from '@tanstack/react-query';
import ListOrdered from 'lucide-react/icons/list-ordered';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { Queue } from '../../../../contract/routing.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useTopicName } from '../../cases/index.ts';
import { languageName } from '../../customers/index.ts';
import { Card, Page, useRight, useTeams } from '../../workspace/index.ts';
import { on, queuesQuery } from '../api.ts';
import { LineActions } from '../ordered/line-actions.tsx';
import { Unsaved } from '../ordered/unsaved.tsx';
import { type Line, useLines } from '../ordered/use-lines.ts';
import { useHoldsFor } from '../work-filter/use-holds-for.ts';
import { QueueDialog } from './queue-dialog.tsx';
import { UnitsCard } from './units-card.tsx';
import { useNeeds } from './use-needs.ts';

/** Which work belongs where, and what it takes: a list whose first fitting line holds. */
export default function QueuesPage() {
  const t = useText('routing');
  const query = useQuery(queuesQuery);
  return (
    <Page wide title={t('queues.title')} intro={t('queues.intro')}>
      <Loaded query={query}>{({ items }) => <Queues items={items} />}</Loaded>
      <UnitsCard />
    </Page>
  );
}

function Queues({ items }: { items: readonly Queue[] }) {
  const t = useText('routing');
  const client = useQueryClient();
  const needs = useNeeds();
  const isFor = useIsFor();
  const teams = useTeams();
  const teamName = (id: string) => teams.find((team) => team.id === id)?.name ?? '–';
  const mayChange = useRight('manage_workspace');
  const lines = useLines(items);
  const [edited, setEdited] = useState<Line<Queue> | 'new' | null>(null);
  const save = useAction(async () => {
    client.setQueryData(queuesQuery.queryKey, await call(on.setQueues, { items: lines.shown.map(({ item }) => item) }));
    lines.undo();
    notify({ title: t('queues.saved') });
  });
  return (
    <Card
      title={t('queues.list')}
      actions={
        mayChange && (
          <Button icon={Plus} onClick={() => setEdited('new')}>
            {t('lines.add')}
          </Button>
        )
      }
    >
      {lines.shown.length === 0 ? (
        <EmptyState icon={ListOrdered} title={t('queues.none')}>
          {t('queues.noneHint')}
        </EmptyState>
      ) : (
        <Table<Line<Queue>>
          caption={t('queues.list')}
          rows={lines.shown}
          keyOf={({ key }) => String(key)}
          columns={[
            {
              id: 'name',
              label: t('queues.name'),
              cell: ({ item }) => (
                <>
                  <span className="font-medium">{item.name}</span>
                  {item.isOffered && <span className="block text-xs text-muted">{t('queues.offeredMark')}</span>}
                  {item.keepFree > 0 && (
                    <span className="block text-xs text-muted">{t('queues.keepFreeMark', { count: item.keepFree })}</span>
                  )}
                  {item.isOffered && item.overflow.teamIds.length > 0 && (
                    <span className="block text-xs text-muted">
                      {t('queues.helpersMark', { teams: item.overflow.teamIds.map((id) => teamName(id)).join(', ') })}
                    </span>
                  )}
                </>
              ),
            },
            { id: 'for', label: t('queues.for'), cell: ({ item }) => isFor(item) || t('filter.all') },
            { id: 'needs', label: t('queues.needs'), cell: ({ item }) => needs(item.needs) || t('queues.nothing') },
            ...(mayChange
              ? [
                  {
                    id: 'actions',
                    label: '',
                    right: true,
                    cell: (line: Line<Queue>) => <LineActions canBeEmpty line={line} lines={lines} onChange={() => setEdited(line)} />,
                  },
                ]
              : []),
          ]}
        />
      )}
      <ProblemBanner problem={save.problem} />
      <Unsaved lines={lines} save={t('queues.save')} isBusy={save.isBusy} onSave={() => void save.run()} />
      {edited && (
        <QueueDialog
          queue={edited === 'new' ? null : edited.item}
          onDone={(queue) => {
            lines.put(edited === 'new' ? null : edited, queue);
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </Card>
  );
}

/** The work of a queue in words: "E-Mail · Englisch · Rücksendung". */
function useIsFor(): (queue: Queue) => string {
  const holdsFor = useHoldsFor();
  const topicName = useTopicName();
  const language = currentLanguage();
  return (queue) =>
    [
      holdsFor(queue),
      queue.languages.map((one) => languageName(one, language)).join(', '),
      queue.topicIds.map((id) => topicName(id) ?? '–').join(', '),
    ]
      .filter(Boolean)
      .join(' · ');
}
