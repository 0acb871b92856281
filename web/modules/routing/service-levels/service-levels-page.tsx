import { useQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { ServiceLevel, ServiceLevels } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Button } from '../../../ui/button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { Card, Page, useRight } from '../../workspace/index.ts';
import { levelsQuery } from '../api.ts';
import { useMinutes } from '../due/use-minutes.ts';
import { LineActions } from '../ordered/line-actions.tsx';
import { Unsaved } from '../ordered/unsaved.tsx';
import { type Line, useLines } from '../ordered/use-lines.ts';
import { LevelDialog } from './level-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { useHoldsFor } from '../work-filter/use-holds-for.ts';

/** By when answers are due: a list whose first fitting line holds. */
export default function ServiceLevelsPage() {
  const t = useText('routing');
  const query = useQuery(levelsQuery);
  return (
    <Page wide title={t('levels.title')} intro={t('levels.intro')}>
      <Loaded query={query}>{(set) => <Levels key={set.validFrom} set={set} />}</Loaded>
    </Page>
  );
}

function Levels({ set }: { set: ServiceLevels }) {
  const t = useText('routing');
  const { when } = useFormats();
  const minutes = useMinutes();
  const holdsFor = useHoldsFor();
  const mayChange = useRight('manage_workspace');
  const lines = useLines(set.levels);
  const [edited, setEdited] = useState<Line<ServiceLevel> | 'new' | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  return (
    <Card
      title={t('levels.list')}
      hint={set.validFrom ? t('levels.since', { when: when(set.validFrom) }) : t('levels.usual')}
      actions={
        mayChange && (
          <Button icon={Plus} onClick={() => setEdited('new')}>
            {t('lines.add')}
          </Button>
        )
      }
    >
      {set.coming.map(({ validFrom, levels }) => (
        <p key={validFrom} className="mb-3 text-muted">
          {t('levels.coming', { when: when(validFrom), names: levels.map(({ name }) => name).join(', ') })}
        </p>
      ))}
      <Table<Line<ServiceLevel>>
        caption={t('levels.list')}
        rows={lines.shown}
        keyOf={({ key }) => String(key)}
        columns={[
          { id: 'name', label: t('levels.name'), cell: ({ item }) => <span className="font-medium">{item.name}</span> },
          { id: 'for', label: t('levels.holdsFor'), cell: ({ item }) => holdsFor(item) || t('filter.all') },
          { id: 'first', label: t('levels.first'), cell: ({ item }) => target(item.firstAnswerMinutes) },
          { id: 'next', label: t('levels.next'), cell: ({ item }) => target(item.nextAnswerMinutes) },
          { id: 'solution', label: t('levels.solution'), cell: ({ item }) => target(item.solutionMinutes) },
          { id: 'hours', label: t('levels.hoursLabel'), cell: ({ item }) => t(`levels.hours.${item.hours}`) },
          ...(mayChange
            ? [
                {
                  id: 'actions',
                  label: '',
                  right: true,
                  cell: (line: Line<ServiceLevel>) => <LineActions line={line} lines={lines} onChange={() => setEdited(line)} />,
                },
              ]
            : []),
        ]}
      />
      <Unsaved lines={lines} save={t('levels.save')} onSave={() => setIsSaving(true)} />
      {edited && (
        <LevelDialog
          level={edited === 'new' ? null : edited.item}
          onDone={(level) => {
            lines.put(edited === 'new' ? null : edited, level);
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        />
      )}
      {isSaving && (
        <SaveDialog
          levels={lines.shown.map(({ item }) => item)}
          onSaved={() => {
            lines.undo();
            setIsSaving(false);
          }}
          onClose={() => setIsSaving(false)}
        />
      )}
    </Card>
  );

  function target(time: number | null): string {
    return time === null ? t('levels.noTarget') : minutes(time);
  }
}
