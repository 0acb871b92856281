import Inbox from 'lucide-react/icons/inbox';
import { type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import type { Message } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { refused } from '../../../platform/refused.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { CaseLine } from '../../cases/index.ts';
import { nameOf } from '../../customers/index.ts';
import { StormBanner } from '../../storms/index.ts';
import { useMe, useRight } from '../../workspace/index.ts';
import { type Carried, Composer } from '../composer/composer.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { ResolveFlow } from './changes/resolve-flow.tsx';
import { SplitDialog } from './changes/split-dialog.tsx';
import { ClaimBar } from './claim-bar.tsx';
import { DeskContext } from './desk-context.ts';
import { DeskHeader } from './desk-header.tsx';
import { LockedConversation } from './locked-conversation.tsx';
import { useSidePane } from './side-pane.ts';
import { useLease } from './use-lease.ts';
import { useOpenConversation, useViewers } from './use-open-conversation.ts';

const start: Carried = { mode: 'reply', text: null, forwardIds: [], to: null, turn: 0 };

/** One conversation on the desk: who is on it, what was said in the whole case, and where to answer. */
export function Desk({ id, stepper, onBack, onNext }: { id: string; stepper: ReactNode; onBack: () => void; onNext: () => void }) {
  const t = useText('conversations');
  const general = useText('platform');
  const me = useMe().person.id;
  const mayGiveReason = useRight('read_case', ['R', 'T']);
  const open = useOpenConversation(id);
  const held = useLease(id, open.detail, open.conversation?.claim?.personId === me);
  const viewers = useViewers(id, me);
  const side = useSidePane();
  const [carried, setCarried] = useState<Carried>(start);
  const [splitAt, setSplitAt] = useState<Message | null>(null);
  const [isResolving, setIsResolving] = useState(false);
  const quote = useCallback(
    (message: Message) =>
      setCarried((now) => ({ ...now, mode: 'reply', text: `${quoted(message.text)}\n\n`, to: null, turn: now.turn + 1 })),
    [],
  );
  const forward = useCallback(
    (message: Message) => setCarried((now) => ({ mode: 'forward', text: '', forwardIds: [message.id], to: null, turn: now.turn + 1 })),
    [],
  );
  const answer = useCallback(
    ({ from }: Message) =>
      from &&
      // Only the receivers change under what is written already.
      setCarried((now) => (now.mode === 'reply' ? { ...now, to: [from] } : { ...start, to: [from], turn: now.turn + 1 })),
    [],
  );
  const [actions] = useState(() => ({ quote, forward, answer, split: setSplitAt }));
  const [shownId, setShownId] = useState(id);
  if (shownId !== id) {
    setShownId(id);
    setCarried((now) => ({ ...start, turn: now.turn + 1 }));
    setIsResolving(false);
  }
  useEffect(() => {
    document.title = `${open.conversation?.subject ?? ''} · Nahbar`;
  }, [open.conversation?.subject]);

  const { conversation, detail } = open;
  if (open.error && !conversation) {
    // Not found is also what is not one's own: a link from a mail or a colleague still leads somewhere.
    if (isProblem(open.error, 'core.not_found') && mayGiveReason)
      return <LockedConversation id={id} onOpened={open.retry} onBack={onBack} />;
    const { title, help } = problemText(open.error);
    return (
      <EmptyState icon={Inbox} title={title} action={<Button onClick={open.retry}>{general('retry')}</Button>}>
        {help}
      </EmptyState>
    );
  }
  if (!conversation || !detail) return <Skeleton label={general('loading')} lines={8} />;
  const insertText = (insert: string): void =>
    setCarried((now) => (now.mode === 'reply' ? { ...now, insert } : { ...start, insert, turn: now.turn + 1 }));
  const mayWrite = detail.abilities.reply || detail.abilities.claim || held.lease !== null;
  return (
    <DeskContext value={actions}>
      <section
        aria-label={t('desk.label', { name: nameOf(conversation.customerName), subject: conversation.subject })}
        data-tour="desk"
        className="flex h-full min-h-0 min-w-0 flex-1 flex-col bg-bg"
      >
        <DeskHeader
          conversation={conversation}
          abilities={detail.abilities}
          stepper={stepper}
          onBack={onBack}
          onNext={onNext}
          onResolve={() => setIsResolving(true)}
          onMacroText={insertText}
        />
        <ClaimBar
          conversation={conversation}
          abilities={detail.abilities}
          held={held}
          viewers={viewers}
          customerHeldBy={detail.customerHeldBy}
          onTake={() =>
            void held.take('take').catch((error: unknown) => {
              refused(error);
              open.retry();
            })
          }
        />
        <Suspense>
          <StormBanner conversation={conversation} onText={mayWrite ? insertText : null} />
        </Suspense>
        {conversation.caseId && !(side.isOpen && side.isBeside) && <CaseLine caseId={conversation.caseId} onShow={side.toggle} />}
        <Timeline key={id} conversation={conversation} mergedIds={open.mergedIds} olderCursor={open.olderCursor} onOlder={open.loadOlder} />
        <Composer
          conversation={conversation}
          detail={detail}
          held={held}
          carried={carried}
          onCarry={setCarried}
          onSent={(then) => then === 'resolve' && setIsResolving(true)}
        />
      </section>
      {isResolving && <ResolveFlow conversation={conversation} onClose={() => setIsResolving(false)} onDone={onNext} />}
      {splitAt && (
        <SplitDialog
          conversation={conversation}
          messages={open.messages.filter((message) => message.seq >= splitAt.seq && message.kind === 'message')}
          onClose={() => setSplitAt(null)}
        />
      )}
    </DeskContext>
  );
}

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' || line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n');
