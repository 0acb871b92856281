import { useQuery } from '@tanstack/react-query';
import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import FolderOpen from 'lucide-react/icons/folder-open';
import { useState } from 'react';
import type { Topic } from '../../../../contract/cases.ts';
import { call } from '../../../platform/api/call.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { PersonName } from '../../workspace/index.ts';
import { changeCase, on } from '../api.ts';
import { useCase } from '../use-case.ts';
import { Facts } from './facts.tsx';
import { HandoverDialog } from './handover-dialog.tsx';
import { LockedCase } from './locked-case.tsx';
import { Promises } from './promises.tsx';

/** The case beside a conversation: promises first, then what is known, then who owns it. */
export function CasePanel({ caseId, conversationId }: { caseId: string; conversationId: string | null }) {
  const t = useText('cases');
  const general = useText('platform');
  const { kase, detail, statements, error } = useCase(caseId);
  const [isHandingOver, setIsHandingOver] = useState(false);
  if (!kase && isProblem(error, 'cases.reason_needed')) return <LockedCase caseId={caseId} />;
  if (!kase) return <Skeleton label={general('loading')} lines={5} />;
  const can = detail?.abilities;
  return (
    <div>
      <section aria-label={t('panel.label')} className="border-b border-line px-4 py-3">
        <h2 className="flex items-center gap-1.5 font-semibold">
          <FolderOpen aria-hidden="true" className="size-4 text-muted" />
          <AppLink to={`/cases/${kase.id}`} className="hover:underline">
            {t('panel.case', { number: kase.number })}
          </AppLink>
          <Badge>{t(`states.${kase.state}`)}</Badge>
        </h2>
        <dl className="mt-2 grid grid-cols-[minmax(5rem,auto)_1fr] items-center gap-x-3 gap-y-1">
          <dt className="text-muted">{t('panel.owner')}</dt>
          <dd>{kase.ownerId ? <PersonName id={kase.ownerId} /> : t('panel.noOwner')}</dd>
          <dt className="text-muted">{t('panel.topic')}</dt>
          <dd>
            <TopicSelect
              topicId={kase.topicId}
              disabled={!can?.change}
              onChange={(topicId) => void changeCase({ id: kase.id, version: kase.version, topicId })}
            />
          </dd>
          <dt className="text-muted">{t('panel.contacts')}</dt>
          <dd>
            {t('panel.contactsCount', { count: kase.contactsCount })}
            {kase.handoversCount > 0 && ` · ${t('panel.handoversCount', { count: kase.handoversCount })}`}
          </dd>
        </dl>
        {can?.handOver && (
          <Button small icon={ArrowRightLeft} className="mt-2" onClick={() => setIsHandingOver(true)}>
            {t('handover.open')}
          </Button>
        )}
      </section>
      <Promises caseId={caseId} statements={statements} canTell={can?.tell ?? false} />
      <Facts kase={kase} canChange={can?.change ?? false} />
      {isHandingOver && <HandoverDialog caseId={caseId} conversationId={conversationId} onClose={() => setIsHandingOver(false)} />}
    </div>
  );
}

function TopicSelect({
  topicId,
  disabled,
  onChange,
}: {
  topicId: string | null;
  disabled: boolean;
  onChange: (topicId: string | null) => void;
}) {
  const t = useText('cases');
  const { data } = useQuery({ queryKey: ['cases', 'topics'], queryFn: () => call(on.topics, {}), staleTime: 10 * 60_000 });
  const language = currentLanguage();
  const options = [
    { value: '', label: t('panel.noTopic') },
    ...(data?.items ?? []).map((topic: Topic) => ({ value: topic.id, label: topic.label[language] })),
  ];
  return (
    <Select
      label={t('panel.topic')}
      options={options}
      value={topicId ?? ''}
      disabled={disabled}
      onChange={(next) => onChange(next || null)}
    />
  );
}
