import { useQuery } from '@tanstack/react-query';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import type { ServiceLevel, ServiceLevels } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { Card, Page, useRight } from '../../workspace/index.ts';
import { levelsQuery } from '../api.ts';
import { useMinutes } from '../due/use-minutes.ts';
import { LevelDialog } from './level-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { useHoldsFor } from './use-holds-for.ts';

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

interface Line {
  /** Of the line, whatever it is called and wherever it stands. */
  key: number;
  level: ServiceLevel;
}

function Levels({ set }: { set: ServiceLevels }) {
  const t = useText('routing');
  const { when } = useFormats();
  const minutes = useMinutes();
  const holdsFor = useHoldsFor();
  const mayChange = useRight('manage_workspace');
  const asSet = (): Line[] => set.levels.map((level, key) => ({ key, level }));
  const [lines, setLines] = useState<Line[] | null>(null);
  const [edited, setEdited] = useState<Line | 'new' | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const shown = lines ?? asSet();
  const change = (make: (all: Line[]) => Line[]) => setLines(make(lines ?? asSet()));
  const move = ({ key }: Line, by: -1 | 1) =>
    change((all) => {
      const at = all.findIndex((line) => line.key === key);
      const [line] = all.slice(at, at + 1);
      return line ? all.toSpliced(at, 1).toSpliced(at + by, 0, line) : all;
    });
  const put = (level: ServiceLevel) =>
    change((all) =>
      edited === 'new' || !edited
        ? [{ key: Math.max(0, ...all.map(({ key }) => key)) + 1, level }, ...all]
        : all.map((line) => (line.key === edited.key ? { ...line, level } : line)),
    );
  return (
    <Card
      title={t('levels.list')}
      hint={set.validFrom ? t('levels.since', { when: when(set.validFrom) }) : t('levels.usual')}
      actions={
        mayChange && (
          <Button icon={Plus} onClick={() => setEdited('new')}>
            {t('levels.add')}
          </Button>
        )
      }
    >
      {set.coming.map(({ validFrom, levels }) => (
        <p key={validFrom} className="mb-3 text-muted">
          {t('levels.coming', { when: when(validFrom), names: levels.map(({ name }) => name).join(', ') })}
        </p>
      ))}
      <Table<Line>
        caption={t('levels.list')}
        rows={shown}
        keyOf={({ key }) => String(key)}
        columns={[
          { id: 'name', label: t('levels.name'), cell: ({ level }) => <span className="font-medium">{level.name}</span> },
          { id: 'for', label: t('levels.holdsFor'), cell: ({ level }) => holdsFor(level) || t('levels.all') },
          { id: 'first', label: t('levels.first'), cell: ({ level }) => target(level.firstAnswerMinutes) },
          { id: 'next', label: t('levels.next'), cell: ({ level }) => target(level.nextAnswerMinutes) },
          { id: 'solution', label: t('levels.solution'), cell: ({ level }) => target(level.solutionMinutes) },
          { id: 'hours', label: t('levels.hoursLabel'), cell: ({ level }) => t(`levels.hours.${level.hours}`) },
          ...(mayChange ? [{ id: 'actions', label: '', right: true, cell: actions }] : []),
        ]}
      />
      {lines && (
        <div className="mt-4 flex flex-wrap items-center justify-end gap-2">
          <p role="status" className="mr-auto text-muted">
            {t('levels.unsaved')}
          </p>
          <Button onClick={() => setLines(null)}>{t('levels.undo')}</Button>
          <Button look="primary" onClick={() => setIsSaving(true)}>
            {t('levels.save')}
          </Button>
        </div>
      )}
      {edited && (
        <LevelDialog
          level={edited === 'new' ? null : edited.level}
          onDone={(level) => {
            put(level);
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        />
      )}
      {isSaving && (
        <SaveDialog
          levels={shown.map(({ level }) => level)}
          onSaved={() => {
            setLines(null);
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

  function actions(line: Line) {
    const { name } = line.level;
    const at = shown.findIndex(({ key }) => key === line.key);
    return (
      <span className="flex justify-end gap-1">
        <IconButton small icon={ArrowUp} label={t('levels.up', { name })} disabled={at === 0} onClick={() => move(line, -1)} />
        <IconButton
          small
          icon={ArrowDown}
          label={t('levels.down', { name })}
          disabled={at === shown.length - 1}
          onClick={() => move(line, 1)}
        />
        <IconButton small icon={Pencil} label={t('levels.change', { name })} onClick={() => setEdited(line)} />
        <IconButton
          small
          icon={Trash}
          label={t('levels.remove', { name })}
          disabled={shown.length === 1}
          onClick={() => change((all) => all.filter(({ key }) => key !== line.key))}
        />
      </span>
    );
  }
}
