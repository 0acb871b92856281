import FolderInput from 'lucide-react/icons/folder-input';
import { useState } from 'react';
import type { Conversation } from '../../../contract/conversations.ts';
import { isProblem } from '../../platform/api/problem.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { problemText } from '../../platform/i18n/problem-text.ts';
import { AppLink, usePathParam } from '../../platform/router/link.tsx';
import { useRecords } from '../../platform/store/use-records.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChannelIcon } from '../channels/index.ts';
import { nameOf } from '../customers/index.ts';
import { Page } from '../workspace/index.ts';
import { CasePanel } from './components/case-panel.tsx';
import { HandoverCard } from './components/handover-card.tsx';
import { LockedCase } from './components/locked-case.tsx';
import { StatementLine } from './components/statement-line.tsx';
import { MoveDialog } from './moves/move-dialog.tsx';
import { useCase } from './use-case.ts';

export default function CasePage() {
  const t = useText('cases');
  const general = useText('platform');
  const { brief } = useFormats();
  const id = usePathParam('caseId') ?? '';
  const { kase, detail, statements, handovers, error } = useCase(id);
  const conversations = useRecords<Conversation, Conversation[]>('conversation', (all) =>
    all.filter((one) => one.caseId === id).toSorted((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt)),
  );
  const [moving, setMoving] = useState<Conversation | null>(null);
  if (isProblem(error, 'cases.reason_needed')) return <LockedCase caseId={id} />;
  if (error && !kase) return <EmptyState title={problemText(error).title}>{problemText(error).help}</EmptyState>;
  if (!kase) return <Skeleton label={general('loading')} lines={8} />;
  const first = conversations[0];
  return (
    <Page
      wide
      title={[kase.number, kase.subject].filter(Boolean).join(' · ')}
      intro={
        <AppLink to={`/customers/${kase.customerId}`} className="underline">
          <bdi>{nameOf(kase.customerName)}</bdi>
        </AppLink>
      }
      actions={
        first && (
          <AppLink to={`/inbox/open/${first.id}`} className={buttonClass('primary')}>
            {t('page.open')}
          </AppLink>
        )
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <section aria-label={t('page.conversations')} className="rounded-lg border border-line bg-surface">
            <h2 className="border-b border-line px-4 py-2.5 font-semibold">{t('page.conversations')}</h2>
            <ul>
              {conversations.map((conversation) => (
                <li key={conversation.id} className="flex items-center border-b border-line last:border-0 hover:bg-hover">
                  <AppLink to={`/inbox/open/${conversation.id}`} className="flex min-h-11 min-w-0 flex-1 items-center gap-3 px-4">
                    <ChannelIcon channel={conversation.channel} />
                    <span className="min-w-0 flex-1 truncate">
                      <bdi className="font-medium">{conversation.subject || t('noSubject')}</bdi>{' '}
                      <bdi className="text-muted">{conversation.preview}</bdi>
                    </span>
                    <span className="shrink-0 text-xs text-muted">{brief(conversation.lastMessageAt)}</span>
                  </AppLink>
                  {detail?.abilities.split && conversation.mergedInto === null && (
                    <IconButton
                      small
                      icon={FolderInput}
                      label={t('move.openOf', { subject: conversation.subject || conversation.preview })}
                      className="mr-2"
                      onClick={() => setMoving(conversation)}
                    />
                  )}
                </li>
              ))}
            </ul>
          </section>
          <section aria-label={t('page.told')} className="flex flex-col gap-2">
            <h2 className="font-semibold">{t('page.told')}</h2>
            {statements.length === 0 && <p className="text-muted">{t('page.nothingTold')}</p>}
            {statements.map((statement) => (
              <StatementLine key={statement.id} statement={statement} />
            ))}
          </section>
          {handovers.length > 0 && (
            <section aria-label={t('page.handovers')} className="flex flex-col gap-2">
              <h2 className="font-semibold">{t('page.handovers')}</h2>
              {handovers.map((handover) => (
                <HandoverCard key={handover.id} handover={handover} />
              ))}
            </section>
          )}
        </div>
        <div className="rounded-lg border border-line bg-surface">
          <CasePanel caseId={id} conversationId={null} />
          {kase.tags.length > 0 && (
            <p className="flex flex-wrap gap-1 px-4 py-3">
              {kase.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </p>
          )}
        </div>
      </div>
      {moving && <MoveDialog kase={kase} conversation={moving} onClose={() => setMoving(null)} />}
    </Page>
  );
}
