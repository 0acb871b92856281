import CalendarClock from 'lucide-react/icons/calendar-clock';
import Check from 'lucide-react/icons/check';
import CheckCheck from 'lucide-react/icons/check-check';
import CircleX from 'lucide-react/icons/circle-x';
import Clock from 'lucide-react/icons/clock';
import type { Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { cx } from '../../../ui/cx.ts';
import { Tip } from '../../../ui/overlay/tooltip.tsx';

const signs = {
  scheduled: CalendarClock,
  held: Clock,
  queued: Clock,
  sending: Clock,
  sent: Check,
  delivered: CheckCheck,
  failed: CircleX,
  cancelled: CircleX,
};

/** Where one of our messages is on its way; a failure says why. */
export function DeliveryState({ message: { delivery, direction } }: { message: Message }) {
  const t = useText('conversations');
  const { brief } = useFormats();
  if (!delivery || direction !== 'out') return null;
  const Sign = signs[delivery.state];
  const isBad = delivery.state === 'failed';
  const word = t(`delivery.${delivery.state}`, { time: delivery.until ? brief(delivery.until) : '' });
  return (
    <Tip text={delivery.problem ? `${word}: ${delivery.problem.text}` : word}>
      <button
        type="button"
        className={cx(
          'inline-flex min-h-6 cursor-default items-center gap-1 rounded-sm px-1',
          isBad && 'bg-danger-soft font-medium text-danger-text',
        )}
      >
        <Sign aria-hidden="true" className="size-3.5" />
        {word}
        {delivery.problem && <span className="sr-only">: {delivery.problem.text}</span>}
      </button>
    </Tip>
  );
}
