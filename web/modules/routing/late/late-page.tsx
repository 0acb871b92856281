import CircleCheck from 'lucide-react/icons/circle-check';
import { useState } from 'react';
import { type Breach, type BreachClock, breachClocks, type LateCause, lateCauses, latePhases } from '../../../../contract/routing.ts';
import { AsOf } from '../../../platform/as-of.tsx';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { MorePages } from '../../../platform/pages.tsx';
import { AppLink } from '../../../platform/router/link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { Page, useRight, useTeams } from '../../workspace/index.ts';
import { Agreed } from '../agreed.tsx';
import { useBreaches } from '../api.ts';
import { useMinutes } from '../due/use-minutes.ts';
import { useQueues } from '../queues/use-queues.ts';

/** What became overdue, and why, for whoever leads: about the work, not about people. */
export default function LatePage() {
  const t = useText('routing');
  const [cause, setCause] = useState<LateCause | 'any'>('any');
  const [clock, setClock] = useState<BreachClock | 'any'>('any');
  const query = useBreaches({ ...(cause !== 'any' && { cause }), ...(clock !== 'any' && { clock }) });
  return (
    <Page wide title={t('late.title')} intro={t('late.intro')}>
      <div className="grid gap-4 sm:max-w-2xl sm:grid-cols-2">
        <Select
          label={t('late.clock')}
          value={clock}
          onChange={setClock}
          options={[{ value: 'any', label: t('late.all') }, ...breachClocks.map((value) => ({ value, label: t(`late.of.${value}`) }))]}
        />
        <Select
          label={t('late.cause')}
          value={cause}
          onChange={setCause}
          options={[{ value: 'any', label: t('late.any') }, ...lateCauses.map((value) => ({ value, label: t(`late.because.${value}`) }))]}
        />
      </div>
      <Agreed error={query.error} what="late">
        <Loaded query={query}>
          {({ items, asOf }) => (
            <>
              <AsOf at={asOf} />
              {items.length === 0 ? (
                <EmptyState icon={CircleCheck} title={t('late.nothing')}>
                  {t('late.nothingHint')}
                </EmptyState>
              ) : (
                <Late lines={items} />
              )}
              <MorePages query={query} />
            </>
          )}
        </Loaded>
      </Agreed>
    </Page>
  );
}

function Late({ lines }: { lines: readonly Breach[] }) {
  const t = useText('routing');
  const { dateTime } = useFormats();
  const teams = useTeams();
  const queues = useQueues();
  const mayRead = useRight('read_case');
  return (
    <Table<Breach>
      caption={t('late.title')}
      rows={[...lines]}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'what',
          label: t('late.what'),
          cell: ({ conversationId, caseId, clock, subject, promise, customerName }) => (
            <span className="flex min-w-40 flex-col">
              {mayRead ? (
                <AppLink
                  to={conversationId ? `/inbox/open/${conversationId}` : `/cases/${caseId}`}
                  className="font-medium underline underline-offset-2"
                >
                  {subject || t('late.noSubject')}
                </AppLink>
              ) : (
                <span className="font-medium">{subject || t('late.noSubject')}</span>
              )}
              <span className="text-xs text-muted">
                {t(`late.of.${clock}`)} · {customerName}
              </span>
              {promise !== null && <q className="text-xs">{promise}</q>}
            </span>
          ),
        },
        {
          id: 'where',
          label: t('standing.team'),
          cell: ({ teamId, queueId }) => (
            <span className="flex flex-col">
              {teams.find(({ id }) => id === teamId)?.name ?? '–'}
              <span className="text-xs text-muted">{queues.find(({ id }) => id === queueId)?.name ?? t('standing.noQueue')}</span>
            </span>
          ),
        },
        { id: 'why', label: t('late.cause'), cell: (line) => <Why line={line} /> },
        {
          id: 'due',
          label: t('late.dueAt'),
          right: true,
          cell: ({ dueAt }) => <span className="sm:whitespace-nowrap">{dateTime(dueAt)}</span>,
        },
        { id: 'done', label: t('late.done'), right: true, cell: (line) => <Done line={line} /> },
      ]}
    />
  );
}

/** What most of the time went into, and all of it as lengths beside each other and in words. */
function Why({ line: { cause, phases, peopleThere } }: { line: Breach }) {
  const t = useText('routing');
  const minutes = useMinutes();
  const parts = latePhases.flatMap((phase) => {
    const spent = phases[phase] ?? 0;
    return spent > 0 ? [{ phase, spent }] : [];
  });
  const whole = parts.reduce((sum, { spent }) => sum + spent, 0);
  const most = Math.max(...parts.map(({ spent }) => spent));
  return (
    <span className="flex min-w-56 flex-col gap-1">
      <span>
        {t(`late.because.${cause}`)}
        {cause === 'not_taken' && peopleThere !== null && <span className="text-muted"> {t('late.there', { count: peopleThere })}</span>}
      </span>
      <span aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-sm bg-sunken">
        {parts.map(({ phase, spent }) => (
          <span key={phase} className={spent === most ? 'bg-warn-text' : 'bg-accent'} style={{ width: `${(100 * spent) / whole}%` }} />
        ))}
      </span>
      <span className="text-xs text-muted">
        {parts.map(({ phase, spent }) => t(`late.phase.${phase}`, { time: minutes(spent) })).join(' · ') || t('late.noTime')}
      </span>
    </span>
  );
}

function Done({ line: { doneAt, dueAt, state } }: { line: Breach }) {
  const t = useText('routing');
  const { span } = useFormats();
  if (doneAt) return t('late.after', { span: span(dueAt, Date.parse(doneAt)) });
  const tone = state === 'open' ? 'font-medium text-warn-text' : 'text-muted';
  return <span className={`sm:whitespace-nowrap ${tone}`}>{t(`late.state.${state}`)}</span>;
}
