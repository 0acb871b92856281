import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import Ellipsis from 'lucide-react/icons/ellipsis';
import FolderOpen from 'lucide-react/icons/folder-open';
import { useState } from 'react';
import { isProblem } from '../../../platform/api/problem.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { PersonName } from '../../workspace/index.ts';
import { MergeDialog } from '../moves/merge-dialog.tsx';
import { MoveDialog } from '../moves/move-dialog.tsx';
import { Moves } from '../moves/moves.tsx';
import { TopicSelect } from '../topics/topic-select.tsx';
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
  const [opened, setOpened] = useState<'handover' | 'merge' | 'move' | null>(null);
  const close = (): void => setOpened(null);
  if (!kase && isProblem(error, 'cases.reason_needed')) return <LockedCase caseId={caseId} />;
  if (!kase && error) return <EmptyState title={problemText(error).title}>{problemText(error).help}</EmptyState>;
  if (!kase) return <Skeleton label={general('loading')} lines={5} />;
  const can = detail?.abilities;
  const conversation = detail?.conversations.find(({ id }) => id === conversationId);
  return (
    <div>
      <section aria-label={t('panel.label')} className="border-b border-line px-4 py-3">
        <h2 className="flex items-center gap-1.5 font-semibold">
          <FolderOpen aria-hidden="true" className="size-4 text-muted" />
          <AppLink to={`/cases/${kase.id}`} className="hover:underline">
            {t('panel.case', { number: kase.number })}
          </AppLink>
          <Badge>{t(`states.${kase.state}`)}</Badge>
          {can?.merge && (
            <span className="ml-auto">
              <Menu
                align="end"
                trigger={<IconButton small label={t('panel.more')} icon={Ellipsis} />}
                entries={[
                  { label: t('merge.open'), onSelect: () => setOpened('merge') },
                  ...(conversation
                    ? [
                        {
                          label: t('move.open'),
                          disabled: !can.split,
                          hint: can.split ? undefined : t('move.onlyOne'),
                          onSelect: () => setOpened('move'),
                        },
                      ]
                    : []),
                ]}
              />
            </span>
          )}
        </h2>
        <dl className="mt-2 grid grid-cols-[minmax(5rem,auto)_1fr] items-center gap-x-3 gap-y-1">
          <dt className="text-muted">{t('panel.owner')}</dt>
          <dd>{kase.ownerId ? <PersonName id={kase.ownerId} /> : t('panel.noOwner')}</dd>
          <dt className="text-muted">{t('panel.topic')}</dt>
          <dd>
            <TopicSelect kase={kase} canChange={can?.change ?? false} />
          </dd>
          <dt className="text-muted">{t('panel.contacts')}</dt>
          <dd>
            {t('panel.contactsCount', { count: kase.contactsCount })}
            {kase.handoversCount > 0 && ` · ${t('panel.handoversCount', { count: kase.handoversCount })}`}
          </dd>
        </dl>
        {can?.handOver && (
          <Button small icon={ArrowRightLeft} className="mt-2" onClick={() => setOpened('handover')}>
            {t('handover.open')}
          </Button>
        )}
      </section>
      <Promises caseId={caseId} statements={statements} canTell={can?.tell ?? false} />
      <Facts kase={kase} canChange={can?.change ?? false} />
      <Moves moves={detail?.moves ?? []} canUndo={can?.merge ?? false} />
      {opened === 'handover' && <HandoverDialog caseId={caseId} conversationId={conversationId} onClose={close} />}
      {opened === 'merge' && <MergeDialog kase={kase} onClose={close} />}
      {opened === 'move' && conversation && <MoveDialog kase={kase} conversation={conversation} onClose={close} />}
    </div>
  );
}
