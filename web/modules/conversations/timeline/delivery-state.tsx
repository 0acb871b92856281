import CalendarClock from 'lucide-react/icons/calendar-clock';
import Check from 'lucide-react/icons/check';
import CheckCheck from 'lucide-react/icons/check-check';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import CircleX from 'lucide-react/icons/circle-x';
import Eye from 'lucide-react/icons/eye';
import Clock from 'lucide-react/icons/clock';
import type { Conversation, Message } from '../../../../contract/conversations.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useRecord } from '../../../platform/store/use-records.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Tip } from '../../../ui/overlay/tooltip.tsx';
import { ChannelProblem, useProblemText } from '../../channels/index.ts';
import { useMe } from '../../workspace/index.ts';
import { decideDelivery } from '../api.ts';
import { takeBackSent } from '../outbox/take-back.ts';

const signs = {
  scheduled: CalendarClock,
  held: Clock,
  queued: Clock,
  sending: Clock,
  sent: Check,
  delivered: CheckCheck,
  failed: CircleX,
  uncertain: CircleHelp,
  cancelled: CircleX,
};

/** Where one of our messages is on its way; a failure says why. */
export function DeliveryState({ message: { delivery, direction, conversationId } }: { message: Message }) {
  if (!delivery || direction !== 'out') return null;
  // Only what went wrong asks for the conversation: a thread of thousands is not drawn anew whenever that changes.
  if (delivery.problem) return <Troubled delivery={delivery} code={delivery.problem.code} conversationId={conversationId} />;
  return <StateOf delivery={delivery} />;
}

type Delivery = NonNullable<Message['delivery']>;

const useChannelOf = (conversationId: string): string => useRecord<Conversation>('conversation', conversationId)?.channel ?? '';

function Troubled({ delivery, code, conversationId }: { delivery: Delivery; code: string; conversationId: string }) {
  const problemOf = useProblemText(useChannelOf(conversationId));
  return <StateOf delivery={delivery} problem={problemOf(code)} />;
}

function StateOf({ delivery, problem }: { delivery: Delivery; problem?: string }) {
  const t = useText('conversations');
  const { when } = useFormats();
  const isBad = delivery.state === 'failed';
  const isRead = delivery.readAt !== undefined && (delivery.state === 'sent' || delivery.state === 'delivered');
  const word = isRead ? t('delivery.read') : t(`delivery.${delivery.state}`, { time: delivery.until ? when(delivery.until) : '' });
  const Sign = isRead ? Eye : signs[delivery.state];
  return (
    <Tip text={problem ? `${word}: ${problem}` : word}>
      <button
        type="button"
        className={cx(
          'inline-flex min-h-6 cursor-default items-center gap-1 rounded-sm px-1',
          isBad && 'bg-danger-soft font-medium text-danger-text',
          delivery.state === 'uncertain' && 'bg-warn-soft font-medium text-warn-text',
        )}
      >
        <Sign aria-hidden="true" className="size-3.5" />
        {word}
        {problem && <span className="sr-only">: {problem}</span>}
      </button>
    </Tip>
  );
}

/** A message that waits for its time says when that is, and its author can take it back until then. */
export function Scheduled({ message }: { message: Message }) {
  const { delivery } = message;
  return delivery?.state === 'scheduled' && delivery.until ? <Until at={delivery.until} message={message} /> : null;
}

function Until({ at, message }: { at: string; message: Message }) {
  const t = useText('conversations');
  const { when } = useFormats();
  const me = useMe().person.id;
  const back = useAction(() => takeBackSent(message));
  return (
    <div className="mx-3 mt-1 flex flex-wrap items-center gap-2 rounded-md border border-dashed border-line-strong px-3 py-1.5">
      <CalendarClock aria-hidden="true" className="size-4 text-muted" />
      <span className="min-w-0 flex-1 basis-60">{t('scheduled.until', { time: when(at) })}</span>
      {message.author.id === me && (
        <Button small busy={back.isBusy} onClick={() => void back.run()}>
          {t('scheduled.takeBack')}
        </Button>
      )}
      {back.problem && (
        <p role="alert" className="basis-full text-sm text-danger-text">
          {back.problem.title} {back.problem.help}
        </p>
      )}
    </div>
  );
}

/** Why one of our messages has not arrived, or not everywhere: in full, because somebody must do something or must know that nothing is to be done. */
export function DeliveryProblem({ message: { id, delivery, direction, conversationId } }: { message: Message }) {
  if (!delivery?.problem || direction !== 'out' || delivery.state === 'cancelled') return null;
  const isFinal = delivery.state === 'failed';
  return (
    <div className={cx('mx-3 mt-1 rounded-md px-3 py-1.5', isFinal ? 'bg-danger-soft text-danger-text' : 'bg-warn-soft text-warn-text')}>
      <ProblemOf conversationId={conversationId} problem={delivery.problem} />
      {delivery.state === 'uncertain' && <Decision conversationId={conversationId} messageId={id} />}
    </div>
  );
}

function ProblemOf({ conversationId, problem }: { conversationId: string; problem: NonNullable<Delivery['problem']> }) {
  return <ChannelProblem channel={useChannelOf(conversationId)} problem={problem} />;
}

/** Perhaps sent: whether it leaves once more is for people to say. */
function Decision({ conversationId, messageId }: { conversationId: string; messageId: string }) {
  const t = useText('conversations');
  const again = useAction(() => decideDelivery(conversationId, messageId, 'send_again'));
  const leave = useAction(() => decideDelivery(conversationId, messageId, 'leave'));
  const problem = again.problem ?? leave.problem;
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-2">
      <Button small busy={again.isBusy} onClick={() => void again.run()}>
        {t('delivery.sendAgain')}
      </Button>
      <Button small look="ghost" busy={leave.isBusy} onClick={() => void leave.run()}>
        {t('delivery.leave')}
      </Button>
      {problem && (
        <p role="alert" className="text-sm">
          {problem.title} {problem.help}
        </p>
      )}
    </div>
  );
}
