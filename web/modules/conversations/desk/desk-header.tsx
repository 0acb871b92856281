import ArrowLeft from 'lucide-react/icons/arrow-left';
import CheckCheck from 'lucide-react/icons/check-check';
import Clock from 'lucide-react/icons/clock';
import Ellipsis from 'lucide-react/icons/ellipsis';
import PanelRight from 'lucide-react/icons/panel-right';
import UserRoundPlus from 'lucide-react/icons/user-round-plus';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Abilities, Conversation } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { useWide } from '../../../ui/use-wide.ts';
import { ConversationLogDialog, MacroDialog } from '../../automation/index.ts';
import { ChannelIcon } from '../../channels/index.ts';
import { nameOf } from '../../customers/index.ts';
import { useRight } from '../../workspace/index.ts';
import { TagMarks } from '../list/tag-marks.tsx';
import { AssignDialog } from './changes/assign-dialog.tsx';
import { MergeDialog } from './changes/merge-dialog.tsx';
import { stepsOf } from './changes/steps.ts';
import { TagsDialog } from './changes/tags-dialog.tsx';
import { useChanges } from './changes/use-changes.ts';
import { WhenDialog } from './changes/when-dialog.tsx';
import { useSidePane } from './side-pane.ts';

// Seldom needed.
const ConflictDialog = lazy(() => import('./changes/conflict-dialog.tsx').then((file) => ({ default: file.ConflictDialog })));

const priorities = ['urgent', 'high', 'normal', 'low'] as const;
type Opened = 'assign' | 'snooze' | 'tags' | 'merge' | 'macro' | 'rules' | 'conflict' | null;

export function DeskHeader({
  conversation,
  abilities,
  stepper,
  onBack,
  onNext,
  onResolve,
  onMacroText,
}: {
  conversation: Conversation;
  abilities: Abilities;
  stepper: ReactNode;
  onBack: () => void;
  onNext: () => void;
  onResolve: () => void;
  /** Of a macro, for the draft. */
  onMacroText: (text: string) => void;
}) {
  const t = useText('conversations');
  const automation = useText('automation');
  const general = useText('platform');
  const side = useSidePane();
  const [opened, setOpened] = useState<Opened>(null);
  const changes = useChanges(conversation);
  const isWide = useWide('(min-width: 40rem)');
  const leads = useRight('claim', 'T');
  const isOver = ['resolved', 'closed'].includes(conversation.state);
  useShortcuts([
    { keys: 'a', label: t('keys.assign'), group: t('keys.group'), run: () => setOpened('assign') },
    { keys: 's', label: t('keys.snooze'), group: t('keys.group'), run: () => setOpened('snooze') },
    { keys: 't', label: t('keys.tags'), group: t('keys.group'), run: () => setOpened('tags') },
    { keys: 'e', label: t('keys.resolve'), group: t('keys.group'), run: () => abilities.resolve && onResolve() },
    ...(abilities.assign ? [{ keys: 'b', label: automation('keys.macro'), group: t('keys.group'), run: () => setOpened('macro') }] : []),
    { label: automation('keys.log'), group: t('keys.group'), run: () => setOpened('rules') },
    ...priorities.map((priority) => ({
      label: t('keys.priority', { priority: t(`priority.${priority}`) }),
      group: t('keys.group'),
      run: () => changes.change({ priority }),
    })),
    ...(abilities.merge ? [{ label: t('merge.title'), group: t('keys.group'), run: () => setOpened('merge') }] : []),
    ...(leads ? [{ label: t('conflict.title'), group: t('keys.group'), run: () => setOpened('conflict') }] : []),
    ...stepsOf(conversation.state).map((step) => ({ label: t(`step.${step}`), group: t('keys.group'), run: () => changes.step(step) })),
  ]);
  return (
    <header className="flex flex-col gap-0.5 border-b border-line bg-surface py-1.5 pr-3 pl-2 sm:px-4">
      {/* The subject has the row; what one presses all day stands beside it, the rest below. */}
      <div className="flex items-center gap-1">
        <IconButton label={general('back')} icon={ArrowLeft} onClick={onBack} className="lg:hidden" />
        <h1 dir="auto" className="min-w-0 flex-1 truncate text-left text-base font-semibold" title={conversation.subject || undefined}>
          {conversation.subject || t('desk.noSubject')}
        </h1>
        <IconButton label={t('side.toggle')} icon={PanelRight} pressed={side.isOpen} onClick={side.toggle} />
        {!isOver && (
          <Button look="secondary" icon={CheckCheck} disabled={!abilities.resolve} onClick={onResolve} className="ml-1">
            {t('keys.resolve')}
          </Button>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-end gap-x-2">
        {/* Two lines at most, so that the timeline keeps its room; the dialog for tags shows them all. */}
        <p className="flex max-h-10.5 min-w-0 flex-1 basis-48 flex-wrap items-center gap-x-2 gap-y-0.5 overflow-hidden pl-2 text-xs text-muted *:leading-5 sm:pl-0">
          <ChannelIcon channel={conversation.channel} named />
          <span dir="auto" className="max-w-full truncate text-left" title={nameOf(conversation.customerName)}>
            {nameOf(conversation.customerName)}
          </span>
          <span className="flex shrink-0 gap-x-2">
            <Badge tone={isOver ? 'success' : 'neutral'}>{t(`state.${conversation.state}`)}</Badge>
            {conversation.priority !== 'normal' && (
              <Badge tone={conversation.priority === 'urgent' ? 'warn' : 'neutral'}>{t(`priority.${conversation.priority}`)}</Badge>
            )}
          </span>
          <TagMarks tags={conversation.tags} most={isWide ? 1 : 0} />
        </p>
        <div className="-mr-2 flex grow items-center justify-end gap-x-1 sm:grow-0">
          {stepper}
          {abilities.assign && <IconButton label={t('keys.assign')} keys="a" icon={UserRoundPlus} onClick={() => setOpened('assign')} />}
          <IconButton label={t('keys.snooze')} keys="s" icon={Clock} onClick={() => setOpened('snooze')} />
          <Menu
            align="end"
            trigger={<IconButton label={general('more')} icon={Ellipsis} />}
            entries={[
              ...priorities.map((priority) => ({
                label: t(`priority.${priority}`),
                checked: conversation.priority === priority,
                onSelect: () => changes.change({ priority }),
              })),
              { label: t('keys.tags'), keys: 't', separated: true, onSelect: () => setOpened('tags') },
              { label: automation('keys.macro'), keys: 'b', disabled: !abilities.assign, onSelect: () => setOpened('macro') },
              { label: automation('keys.log'), onSelect: () => setOpened('rules') },
              { label: t('merge.title'), disabled: !abilities.merge, onSelect: () => setOpened('merge') },
              ...(leads ? [{ label: t('conflict.menu'), onSelect: () => setOpened('conflict') }] : []),
              ...stepsOf(conversation.state).map((step, i) => ({
                label: t(`step.${step}`),
                separated: i === 0,
                onSelect: () => changes.step(step),
              })),
            ]}
          />
        </div>
      </div>
      {opened === 'assign' && <AssignDialog onClose={() => setOpened(null)} onAssign={changes.assign} />}
      {opened === 'snooze' && (
        <WhenDialog
          title={t('snooze.title')}
          confirm={t('keys.snooze')}
          teamId={conversation.teamId}
          onClose={() => setOpened(null)}
          onPick={(at) => {
            changes.snooze(at);
            onNext();
          }}
        />
      )}
      {opened === 'tags' && (
        <TagsDialog tags={conversation.tags} onClose={() => setOpened(null)} onSave={(tags) => changes.change({ tags })} />
      )}
      <Suspense>
        {opened === 'macro' && <MacroDialog conversation={conversation} onText={onMacroText} onClose={() => setOpened(null)} />}
        {opened === 'rules' && <ConversationLogDialog conversation={conversation} onClose={() => setOpened(null)} />}
        {opened === 'conflict' && <ConflictDialog id={conversation.id} onClose={() => setOpened(null)} />}
      </Suspense>
      {opened === 'merge' && <MergeDialog conversation={conversation} onClose={() => setOpened(null)} />}
    </header>
  );
}
