import ListFilter from 'lucide-react/icons/list-filter';
import { type CountedWait, type Outcome, outcomes } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { MorePages } from '../../../platform/pages.tsx';
import { AppLink, useGo, useQueryParam } from '../../../platform/router/link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { useChannelName } from '../../channels/index.ts';
import { Page, useTeams } from '../../workspace/index.ts';
import { Agreed } from '../agreed.tsx';
import { useCounted } from '../api.ts';
import { useMinutes } from '../due/use-minutes.ts';
import { type Counted, pathTo } from './counted.ts';

/** What a team's figure counts, one by one; each leads to its conversation and all that happened in it. */
export default function CountedPage() {
  const t = useText('routing');
  const { date } = useFormats();
  const teams = useTeams();
  const asked = useAsked();
  const channel = useChannelName(asked.channel);
  const team = teams.find(({ id }) => id === asked.teamId)?.name ?? '–';
  const isNamed = asked.week !== '' && asked.teamId !== '';
  return (
    <Page
      wide
      isPlain
      title={t('counted.title')}
      intro={isNamed ? t('counted.intro', { team, channel, clock: t(`due.${asked.clock}`), from: date(`${asked.week}T12:00:00`) }) : ''}
    >
      <p>
        <AppLink to="/figures" className="underline underline-offset-2">
          {t('counted.back')}
        </AppLink>
      </p>
      {isNamed ? <List asked={asked} /> : <Nothing />}
      <p className="max-w-prose text-xs text-muted">{t('counted.rules')}</p>
    </Page>
  );
}

function List({ asked }: { asked: Counted }) {
  const t = useText('routing');
  const go = useGo();
  const query = useCounted(asked);
  return (
    <Agreed error={query.error} what="figures">
      <Select<Outcome | 'any'>
        label={t('counted.outcome')}
        className="max-w-72"
        value={asked.outcome ?? 'any'}
        onChange={(value) => {
          const { outcome: _, ...rest } = asked;
          go(pathTo(value === 'any' ? rest : { ...rest, outcome: value }), { replace: true });
        }}
        options={[{ value: 'any', label: t('counted.any') }, ...outcomes.map((value) => ({ value, label: t(`counted.was.${value}`) }))]}
      />
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.length === 0 ? <Nothing /> : <Waits lines={items} />}
            <MorePages query={query} />
          </>
        )}
      </Loaded>
    </Agreed>
  );
}

function Nothing() {
  const t = useText('routing');
  return (
    <EmptyState icon={ListFilter} title={t('counted.none')}>
      {t('counted.noneHint')}
    </EmptyState>
  );
}

function useAsked(): Counted {
  const [week, teamId, channel] = [useQueryParam('week') ?? '', useQueryParam('team') ?? '', useQueryParam('channel') ?? ''];
  const clock = useQueryParam('clock') === 'next_answer' ? 'next_answer' : 'first_answer';
  const wanted = useQueryParam('outcome');
  const outcome = outcomes.find((one) => one === wanted);
  return { week, teamId, channel, clock, ...(outcome && { outcome }) };
}

function Waits({ lines }: { lines: readonly CountedWait[] }) {
  const t = useText('routing');
  const { dateTime } = useFormats();
  const minutes = useMinutes('short');
  return (
    <Table<CountedWait>
      caption={t('counted.title')}
      rows={[...lines]}
      keyOf={({ conversationId, since }) => `${conversationId} ${since}`}
      columns={[
        {
          id: 'what',
          label: t('counted.what'),
          cell: ({ conversationId, subject, customerName }) => (
            <span className="flex min-w-40 flex-col">
              <AppLink to={`/inbox/open/${conversationId}`} className="font-medium underline underline-offset-2">
                {subject || t('late.noSubject')}
              </AppLink>
              <span className="text-xs text-muted">{customerName}</span>
            </span>
          ),
        },
        { id: 'since', label: t('counted.since'), right: true, cell: ({ since }) => dateTime(since) },
        { id: 'due', label: t('late.dueAt'), right: true, cell: ({ dueAt }) => dateTime(dueAt) },
        {
          id: 'took',
          label: t('counted.took'),
          right: true,
          cell: ({ minutes: took }) => (took === null ? '–' : minutes(took) || t('late.noTime')),
        },
        { id: 'outcome', label: t('counted.outcome'), cell: ({ outcome }) => t(`counted.was.${outcome}`) },
      ]}
    />
  );
}
