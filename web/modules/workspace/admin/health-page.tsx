import { useQuery } from '@tanstack/react-query';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import CircleX from 'lucide-react/icons/circle-x';
import type { OutputOf } from '../../../../contract/core.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { codeText } from '../../../platform/i18n/problem-text.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { AppLink } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Table } from '../../../ui/list/table.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';

export default function HealthPage() {
  const t = useText('workspace');
  const { full } = useFormats();
  const health = useQuery({ queryKey: ['workspace', 'health'], queryFn: () => call(on.getHealth, {}), refetchInterval: 15_000 });
  const jobs = useQuery({ queryKey: ['workspace', 'failed-jobs'], queryFn: () => call(on.listFailedJobs, {}) });
  const act = useAction((what: () => Promise<unknown>) => what().then(() => jobs.refetch()));
  return (
    <Page wide isPlain title={t('admin.health')} intro={t('health.intro')}>
      <Card title={t('health.parts')}>
        <Loaded query={health}>
          {({ items }) => (
            <ul>
              {items.map((line) => {
                const state = stateOf(line);
                const { sign: Sign, tone } = signs[state];
                const problem = line.code ? codeText(line.code, line.data) : undefined;
                return (
                  <li key={line.name} className="flex items-start gap-3 border-b border-line py-2 last:border-0">
                    <Sign aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', tone)} />
                    <div className="min-w-0">
                      <p>
                        <span className="font-medium">{nameOfPart(t, line)}</span>{' '}
                        <span className="text-muted">
                          {state === 'ill' && !problem ? t('health.unwell', { code: line.code ?? '' }) : t(`health.states.${state}`)}
                        </span>
                      </p>
                      {state !== 'well' && problem && <p className="max-w-prose text-muted">{`${problem.title} ${problem.help ?? ''}`}</p>}
                      <Traffic data={line.data} />
                      <Entrance data={line.data} />
                      <Unread line={line} />
                    </div>
                  </li>
                );
              })}
            </ul>
          )}
        </Loaded>
      </Card>
      <Card title={t('health.jobs')} hint={t('health.jobsHint')}>
        <ProblemBanner problem={act.problem} className="mb-3" />
        <Loaded query={jobs}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="flex items-center gap-3">
                <CircleCheck aria-hidden="true" className="size-4 text-success-text" />
                {t('health.noJobs')}
              </p>
            ) : (
              <Table
                caption={t('health.jobs')}
                rows={items}
                keyOf={(job) => job.id}
                columns={[
                  { id: 'job', label: t('health.job'), cell: (job) => <code className="font-mono text-xs">{job.job}</code> },
                  { id: 'at', label: t('webhooks.at'), cell: (job) => full(job.failedAt) },
                  { id: 'reason', label: t('health.reason'), cell: (job) => <span className="break-all">{job.reason}</span> },
                  {
                    id: 'actions',
                    label: '',
                    right: true,
                    cell: (job) => (
                      <span className="flex justify-end gap-2">
                        <Button small onClick={() => void act.run(() => call(on.retryJob, { id: job.id }))}>
                          {t('health.retry')}
                        </Button>
                        <Button small look="ghost" onClick={() => void act.run(() => call(on.discardJob, { id: job.id }))}>
                          {t('health.discard')}
                        </Button>
                      </span>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

type Line = OutputOf<typeof on.getHealth>['items'][number];

const signs = {
  well: { sign: CircleCheck, tone: 'text-success-text' },
  absent: { sign: CircleDashed, tone: 'text-muted' },
  ill: { sign: CircleX, tone: 'text-danger-text' },
} as const;

/** What nobody set up yet is no trouble: only what should work and does not is. */
const notSetUp = 'workspace.no_mail_server';
const stateOf = ({ ok, code }: Line): keyof typeof signs => (code === notSetUp ? 'absent' : ok ? 'well' : 'ill');

/** What the server calls `account 01a…` or `workspace.jobs`, in words; a part that is new here keeps its own name. */
function nameOfPart(t: ReturnType<typeof useText>, { name, data }: Line): string {
  const [kind = '', what = ''] = name.split(' ');
  return t(`health.names.${kind.replace('.', '_')}`, { defaultValue: name, name: nameIn(data) ?? what });
}

/** What people call it: the account by its name, the channel by its label. */
function nameIn(data: Line['data']): string | undefined {
  const { accountName, channelLabel } = data ?? {};
  const label: unknown = (channelLabel as Record<string, unknown> | null | undefined)?.[currentLanguage()];
  return [label, accountName].find((name) => typeof name === 'string');
}

/** So many addresses are named; the rest is counted. */
const named = 5;

/** Of a channel's entrance: where it listens, and for whom it takes what comes. */
function Entrance({ data }: { data: Line['data'] }) {
  const t = useText('workspace');
  if (!Array.isArray(data?.['addresses'])) return null;
  const { listening } = data;
  const addresses = (data['addresses'] as unknown[]).map(String);
  const rest = addresses.length - named;
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-muted">
      {typeof listening === 'string' && <span>{t('health.listening', { at: listening })}</span>}
      <span className="break-words">
        {addresses.length === 0 ? t('health.takesForNobody') : t('health.takesFor', { addresses: addresses.slice(0, named).join(', ') })}
        {rest > 0 && ` ${t('skills.more', { count: rest })}`}
      </span>
    </p>
  );
}

/** Where what could not be read is looked at. */
function Unread({ line }: { line: Line }) {
  const t = useText('workspace');
  if (line.name !== 'intake' || !line.data?.['failed']) return null;
  return (
    <AppLink to="/administration/unreadable" className="text-accent-text underline">
      {t('health.lookUnread')}
    </AppLink>
  );
}

/** Of an account: its address, when something last came in and went out, and how long it takes. */
function Traffic({ data }: { data: Line['data'] }) {
  const t = useText('workspace');
  const { when, span } = useFormats();
  if (data?.['accountId'] === undefined) return null;
  const { accountAddress, lastInAt, lastOutAt, delaySeconds } = data;
  const said = (at: unknown): string => (typeof at === 'string' ? when(at) : t('health.never'));
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-muted">
      {typeof accountAddress === 'string' && <span className="break-all">{accountAddress}</span>}
      <span>{t('health.lastIn', { at: said(lastInAt) })}</span>
      <span>{t('health.lastOut', { at: said(lastOutAt) })}</span>
      {typeof delaySeconds === 'number' && <span>{t('health.delay', { span: span(0, delaySeconds * 1000) })}</span>}
    </p>
  );
}
