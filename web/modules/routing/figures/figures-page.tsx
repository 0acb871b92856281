import { useQuery } from '@tanstack/react-query';
import ChartBar from 'lucide-react/icons/chart-bar';
import { useState } from 'react';
import type { OutputOf } from '../../../../contract/core.ts';
import { type Formula, formulas, type Outcome, type ServiceFigure, usualFormula } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { AppLink } from '../../../platform/router/link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { useChannelName } from '../../channels/index.ts';
import { Card, Page, useRight, useSiteName, useTeams } from '../../workspace/index.ts';
import { Agreed } from '../agreed.tsx';
import { figuresQuery, type on } from '../api.ts';
import { isListed, pathTo } from './counted.ts';
import { useMinutes } from '../due/use-minutes.ts';
import { ShareBar } from './share-bar.tsx';

type Figures = OutputOf<typeof on.serviceFigures>;

/** How answers stood to their time in a week: of groups, with definition, number and interval, and only as far as it was agreed. */
export default function FiguresPage() {
  const t = useText('routing');
  const [week, setWeek] = useState<string | undefined>();
  const query = useQuery(figuresQuery(week));
  return (
    <Page wide isPlain title={t('figures.title')} intro={t('figures.intro')}>
      <Agreed error={query.error} what="figures">
        <Loaded query={query}>{(figures) => <Weeks figures={figures} onChoose={setWeek} />}</Loaded>
      </Agreed>
    </Page>
  );
}

function Weeks({ figures: { weeks, week, items }, onChoose }: { figures: Figures; onChoose: (week: string) => void }) {
  const t = useText('routing');
  const { date } = useFormats();
  if (week === null)
    return (
      <EmptyState icon={ChartBar} title={t('figures.none')}>
        {t('figures.noneHint')}
      </EmptyState>
    );
  const [shown, setShown] = useState<Shown>(usualFormula);
  const parts = [...Map.groupBy(items, ({ channel, clock }) => `${clock} ${channel}`)];
  return (
    <>
      <Select
        label={t('figures.week')}
        className="max-w-72"
        value={week}
        onChange={onChoose}
        options={weeks.map((value) => ({
          value,
          label: t('figures.weekOf', { from: date(`${value}T12:00:00`), to: date(sunday(value)) }),
        }))}
      />
      <Select<Shown>
        label={t('figures.formula')}
        className="max-w-full"
        value={shown}
        onChange={setShown}
        options={[...chosen.map((value) => ({ value, label: t(`figures.by.${value}`) })), { value: 'all', label: t('figures.compare') }]}
      />
      {parts.length === 0 && <p className="text-muted">{t('figures.nothing')}</p>}
      {parts.map(([key, lines]) => (
        <Part key={key} week={week} shown={shown} lines={lines} />
      ))}
      <p className="max-w-prose text-xs text-muted">{t('figures.rules')}</p>
    </>
  );
}

/** One formula, or all beside each other. */
type Shown = Formula | 'all';
/** F2 leaves out who got no answer and flatters: it stands in the comparison only, for whoever meets it elsewhere. */
const chosen = ['F6', 'F1', 'F3', 'F4', 'F5'] as const satisfies readonly Formula[];

interface PartProps {
  week: string;
  shown: Shown;
  lines: readonly ServiceFigure[];
}

/** What the figures shown mean, in words, and whether the channel knows who left. */
function Definitions({ shown, lines }: Omit<PartProps, 'week'>) {
  const t = useText('routing');
  const figures = lines.flatMap((line) => line.figures ?? []);
  const isKnown = figures.some(({ abandoned }) => abandoned !== null);
  return (
    <dl className="mb-3 max-w-prose text-sm">
      {(shown === 'all' ? formulas : [shown]).map((formula) => (
        <div key={formula} className="flex gap-2">
          <dt className="font-medium">{formula}</dt>
          <dd>{t(`figures.means.${formula}`)}</dd>
        </div>
      ))}
      {figures.length > 0 && (
        <div className="flex gap-2">
          <dt className="font-medium">{t('figures.abandoned')}</dt>
          <dd>{t(isKnown ? 'figures.leftKnown' : 'figures.leftUnknown')}</dd>
        </div>
      )}
    </dl>
  );
}

/** Of one channel and clock. */
function Part({ week, shown, lines }: PartProps) {
  const t = useText('routing');
  const [first] = lines;
  const channel = useChannelName(first?.channel ?? '');
  const title = t('figures.of', { channel, clock: t(`due.${first?.clock ?? 'first_answer'}`) });
  return (
    <Card title={title} hint={t('figures.definition')}>
      <Definitions shown={shown} lines={lines} />
      <Lines caption={title} week={week} shown={shown} lines={lines} />
    </Card>
  );
}

const sunday = (monday: string): number => new Date(`${monday}T12:00:00`).getTime() + 6 * 86_400_000;
const rank = { company: 0, site: 1, team: 2 } as const;

function Lines({ caption, week, shown, lines }: PartProps & { caption: string }) {
  const t = useText('routing');
  const minutes = useMinutes('short');
  const teams = useTeams();
  const siteName = useSiteName();
  const nameOf = ({ groupKind, groupId }: ServiceFigure): string =>
    groupKind === 'company'
      ? t('figures.company')
      : ((groupKind === 'site' ? siteName(groupId) : teams.find(({ id }) => id === groupId)?.name) ?? '–');
  const number = (of: (figures: NonNullable<ServiceFigure['figures']>) => number | string) => (line: ServiceFigure) =>
    line.figures ? of(line.figures) : <span className="text-muted">–</span>;
  const listed = (of: (figures: NonNullable<ServiceFigure['figures']>) => number, outcome?: Outcome) => (line: ServiceFigure) =>
    line.figures ? (
      <Listed line={line} week={week} of={of(line.figures)} outcome={outcome} name={nameOf(line)} />
    ) : (
      <span className="text-muted">–</span>
    );
  return (
    <Table<ServiceFigure>
      caption={caption}
      rows={lines.toSorted((a, b) => rank[a.groupKind] - rank[b.groupKind] || nameOf(a).localeCompare(nameOf(b)))}
      keyOf={({ groupKind, groupId }) => `${groupKind} ${groupId}`}
      columns={[
        {
          id: 'group',
          label: t('figures.group'),
          cell: (line) => (
            <span className="flex flex-col">
              <span className="font-medium">{nameOf(line)}</span>
              <span className="text-xs text-muted">{t(`figures.kind.${line.groupKind}`)}</span>
            </span>
          ),
        },
        ...(shown === 'all' ? formulas : [shown]).map((formula) => ({
          id: formula,
          label: t('figures.share', { formula }),
          cell: ({ figures, withheld }: ServiceFigure) => {
            if (!figures)
              return formula === (shown === 'all' ? formulas[0] : shown) ? (
                <span className="text-muted">{t(`figures.withheld.${withheld ?? 'few_people'}`)}</span>
              ) : null;
            const level = figures.levels.find((one) => one.formula === formula);
            return level && level.share !== null ? <ShareBar {...level} share={level.share} /> : <span className="text-muted">–</span>;
          },
        })),
        { id: 'n', label: t('figures.n'), right: true, cell: listed(({ n }) => n) },
        { id: 'inTime', label: t('figures.inTime'), right: true, cell: listed(({ inTime }) => inTime, 'in_time') },
        { id: 'late', label: t('figures.late'), right: true, cell: listed(({ late }) => late, 'late') },
        {
          id: 'abandoned',
          label: t('figures.abandoned'),
          right: true,
          cell: (line) =>
            line.figures?.abandoned ? <Left line={line} week={week} name={nameOf(line)} /> : <span className="text-muted">–</span>,
        },
        { id: 'unanswered', label: t('figures.unanswered'), right: true, cell: listed(({ unanswered }) => unanswered, 'unanswered') },
        { id: 'p50', label: t('figures.p50'), right: true, cell: number(({ p50 }) => minutes(p50 ?? 0) || '–') },
        { id: 'p90', label: t('figures.p90'), right: true, cell: number(({ p90 }) => minutes(p90 ?? 0) || '–') },
        { id: 'longest', label: t('figures.longest'), right: true, cell: number(({ longest }) => minutes(longest ?? 0) || '–') },
      ]}
    />
  );
}

interface ListedProps {
  line: ServiceFigure;
  week: string;
  of: number;
  outcome: Outcome | undefined;
  name: string;
}

/** A number, and where there is a list of what it counts, the way there. */
function Listed({ line, week, of, outcome, name }: ListedProps) {
  const t = useText('routing');
  const { number } = useFormats();
  const mayRead = useRight('read_case');
  const { channel, clock, groupId } = line;
  if (of === 0 || !mayRead || !isListed(line, week)) return number(of);
  return (
    <AppLink
      to={pathTo({ week, teamId: groupId ?? '', channel, clock, ...(outcome && { outcome }) })}
      aria-label={t('figures.show', { count: of, name, what: t(`counted.was.${outcome ?? 'all'}`) })}
      className="underline underline-offset-2"
    >
      {number(of)}
    </AppLink>
  );
}

/** Who left, with those who left at once beside them: the usual formula leaves these out. */
function Left({ line, week, name }: Pick<ListedProps, 'line' | 'week' | 'name'>) {
  const t = useText('routing');
  const { all, short } = line.figures?.abandoned ?? { all: 0, short: 0 };
  return (
    <span className="flex flex-col">
      <span>
        <Listed line={line} week={week} of={all} outcome="abandoned" name={name} />
      </span>
      {short > 0 && <span className="text-xs text-muted">{t('figures.short', { count: short })}</span>}
    </span>
  );
}
