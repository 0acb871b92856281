import { useQuery } from '@tanstack/react-query';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { codeText } from '../../../platform/i18n/problem-text.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { on } from '../api.ts';
import { Card } from '../components/card.tsx';
import { Page } from '../components/page.tsx';

export default function HealthPage() {
  const t = useText('workspace');
  const { full } = useFormats();
  const health = useQuery({ queryKey: ['workspace', 'health'], queryFn: () => call(on.getHealth, {}), refetchInterval: 15_000 });
  const jobs = useQuery({ queryKey: ['workspace', 'failed-jobs'], queryFn: () => call(on.listFailedJobs, {}) });
  return (
    <Page wide title={t('admin.health')} intro={t('health.intro')}>
      <Card title={t('health.parts')}>
        <Loaded query={health}>
          {({ items }) => (
            <ul>
              {items.map((line) => {
                const Sign = line.ok ? CircleCheck : CircleX;
                const problem = line.code ? codeText(line.code, line.data) : undefined;
                return (
                  <li key={line.name} className="flex items-center gap-3 border-b border-line py-2 last:border-0">
                    <Sign aria-hidden="true" className={line.ok ? 'size-4 text-success-text' : 'size-4 text-danger-text'} />
                    <span className="font-medium">{line.name}</span>
                    <span className="text-muted">
                      {line.ok
                        ? t('health.well')
                        : problem
                          ? `${problem.title} ${problem.help ?? ''}`
                          : t('health.unwell', { code: line.code ?? '' })}
                    </span>
                  </li>
                );
              })}
            </ul>
          )}
        </Loaded>
      </Card>
      <Card title={t('health.jobs')} hint={t('health.jobsHint')}>
        <Loaded query={jobs}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon={CircleCheck} title={t('health.noJobs')} />
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
                        <Button small onClick={() => void call(on.retryJob, { id: job.id }).then(() => jobs.refetch())}>
                          {t('health.retry')}
                        </Button>
                        <Button small look="ghost" onClick={() => void call(on.discardJob, { id: job.id }).then(() => jobs.refetch())}>
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
