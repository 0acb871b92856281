import { useQuery } from '@tanstack/react-query';
import CircleCheck from 'lucide-react/icons/circle-check';
import type { Standing } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { AppLink } from '../../../platform/router/link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { Card, LendingCard, Page, useRight, useTeams } from '../../workspace/index.ts';
import { standingQuery } from '../api.ts';
import { useQueues } from '../queues/use-queues.ts';
import { DueBar } from './due-bar.tsx';
import { SitesCard } from './sites-card.tsx';

type Line = Standing['lines'][number];

/** How it stands now, for whoever leads: who waits where, what is due, how many are there. */
export default function StandingPage() {
  const t = useText('routing');
  const query = useQuery(standingQuery);
  const mayLend = useRight('lend_people');
  const leadsStorms = useRight('lead_storms');
  return (
    <Page wide isPlain title={t('standingTitle')} intro={t('standing.intro')}>
      <p className="flex flex-wrap gap-x-6 gap-y-1">
        <AppLink to="/late" className="underline underline-offset-2">
          {t('standing.late')}
        </AppLink>
        <AppLink to="/figures" className="underline underline-offset-2">
          {t('standing.figures')}
        </AppLink>
        {leadsStorms && (
          <AppLink to="/storms" className="underline underline-offset-2">
            {t('standing.storms')}
          </AppLink>
        )}
      </p>
      <Loaded query={query}>{(standing) => <Now standing={standing} />}</Loaded>
      {mayLend && <LendingCard />}
    </Page>
  );
}

function Now({ standing }: { standing: Standing }) {
  const { at, lines, people } = standing;
  const t = useText('routing');
  const { span, when, time } = useFormats();
  const teams = useTeams();
  const queues = useQueues();
  const mayRead = useRight('read_case');
  const now = Date.parse(at);
  const teamName = (id: string) => teams.find((team) => team.id === id)?.name ?? '–';
  const place = (id: string | null) => (id === null ? queues.length : queues.findIndex((queue) => queue.id === id));
  const most = Math.max(1, ...lines.map(({ waiting }) => waiting));
  const shown = lines.toSorted((a, b) => place(a.queueId) - place(b.queueId) || teamName(a.teamId).localeCompare(teamName(b.teamId)));
  return (
    <>
      <Card title={t('standing.queues')} hint={t('standing.at', { when: time(at) })}>
        {shown.length === 0 ? (
          <EmptyState icon={CircleCheck} title={t('standing.nobody')}>
            {t('standing.nobodyHint')}
          </EmptyState>
        ) : (
          <Table<Line>
            caption={t('standing.queues')}
            rows={shown}
            keyOf={({ teamId, queueId }) => `${teamId} ${queueId}`}
            columns={[
              {
                id: 'queue',
                label: t('standing.queue'),
                cell: ({ queueId }) => (
                  <span className="font-medium">{queues.find(({ id }) => id === queueId)?.name ?? t('standing.noQueue')}</span>
                ),
              },
              {
                id: 'team',
                label: t('standing.team'),
                cell: ({ teamId }) =>
                  mayRead ? (
                    <AppLink to={`/inbox/team-${teamId}`} className="underline underline-offset-2">
                      {teamName(teamId)}
                    </AppLink>
                  ) : (
                    teamName(teamId)
                  ),
              },
              { id: 'waiting', label: t('standing.waiting'), right: true, cell: ({ waiting }) => waiting },
              { id: 'free', label: t('standing.free'), right: true, cell: ({ free }) => free },
              {
                id: 'due',
                label: t('standing.due'),
                cell: ({ overdue, nearDue, waiting }) => (
                  <DueBar overdue={overdue} near={nearDue} rest={waiting - overdue - nearDue} most={most} />
                ),
              },
              { id: 'oldest', label: t('standing.oldest'), right: true, cell: ({ oldestSince }) => span(oldestSince, now) },
              {
                id: 'next',
                label: t('standing.next'),
                right: true,
                cell: ({ nextDueAt }) => (nextDueAt ? when(nextDueAt, now) : t('standing.none')),
              },
            ]}
          />
        )}
      </Card>
      <SitesCard standing={standing} />
      <Card title={t('standing.people')}>
        {people.length === 0 ? (
          <p className="text-muted">{t('standing.noPeople')}</p>
        ) : (
          <Table<Standing['people'][number]>
            caption={t('standing.people')}
            rows={people.toSorted((a, b) => teamName(a.teamId).localeCompare(teamName(b.teamId)))}
            keyOf={({ teamId }) => teamId}
            columns={[
              { id: 'team', label: t('standing.team'), cell: ({ teamId }) => <span className="font-medium">{teamName(teamId)}</span> },
              ...(['available', 'busy', 'break', 'training'] as const).map((state) => ({
                id: state,
                label: t(`standing.${state}`),
                right: true,
                cell: (row: Standing['people'][number]) => row[state],
              })),
            ]}
          />
        )}
      </Card>
    </>
  );
}
