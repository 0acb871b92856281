import { useQuery } from '@tanstack/react-query';
import Timer from 'lucide-react/icons/timer';
import { useState } from 'react';
import type { Conversation } from '../../../../contract/conversations.ts';
import type { WaitForAnswer } from '../../../../contract/routing.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { cx } from '../../../ui/cx.ts';
import { Popover } from '../../../ui/overlay/popover.tsx';
import { waitsQuery } from '../api.ts';
import { useQueues } from '../queues/use-queues.ts';
import { useNeeds } from '../queues/use-needs.ts';
import { standingOf } from './standing.ts';
import { useMinutes } from './use-minutes.ts';

/** By when an answer is due; pressed, it says why, and how it was with the answers before. */
export function DueInfo({ conversation }: { conversation: Conversation }) {
  const t = useText('routing');
  const { when, span } = useFormats();
  const now = useNow();
  const [isOpen, setIsOpen] = useState(false);
  const standing = standingOf(conversation, now);
  if (!conversation.due || !standing) return null;
  const { at } = conversation.due;
  const said = standing === 'far' ? t('due.until', { when: when(at, now) }) : t(`due.${standing}`, { span: span(at, now) });
  const by = t('due.by', { when: when(at, now) });
  return (
    <Popover
      label={t('due.why')}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <button
          type="button"
          // What one sees is part of it, for who speaks to the page: “by when” holds “until when”.
          aria-label={`${standing === 'far' ? '' : `${said}. `}${by}. ${t('due.why')}`}
          className={cx(
            'inline-flex min-h-6 shrink-0 items-center gap-1 rounded-sm text-xs underline decoration-dotted underline-offset-2 hover:text-text',
            standing === 'late' ? 'font-medium text-warn-text' : standing === 'near' ? 'font-medium' : 'text-muted',
          )}
        >
          <Timer aria-hidden="true" className="size-3 shrink-0" />
          {said}
        </button>
      }
    >
      {isOpen && <Waits conversation={conversation} />}
    </Popover>
  );
}

function Waits({ conversation }: { conversation: Conversation }) {
  const t = useText('routing');
  const query = useQuery(waitsQuery(conversation.id, conversation.version));
  return (
    <div className="flex flex-col gap-3">
      <h2 className="font-semibold">{t('due.why')}</h2>
      {conversation.queueId && <QueueLine id={conversation.queueId} />}
      <Loaded query={query} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{t('due.nobody')}</p>
          ) : (
            <ol className="flex max-h-80 flex-col gap-3 overflow-y-auto">
              {items.toReversed().map((wait) => (
                <Wait key={wait.since} wait={wait} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </div>
  );
}

/** Which queue the customer stands in, and what it takes. */
function QueueLine({ id }: { id: string }) {
  const t = useText('routing');
  const needs = useNeeds();
  const queue = useQueues().find((one) => one.id === id);
  if (!queue) return null;
  const takes = needs(queue.needs);
  return (
    <p className="text-xs text-muted">{takes ? t('queueTakes', { name: queue.name, needs: takes }) : t('queue', { name: queue.name })}</p>
  );
}

function Wait({ wait: { clock, since, answeredAt, due, isLate } }: { wait: WaitForAnswer }) {
  const t = useText('routing');
  const { when } = useFormats();
  const minutes = useMinutes();
  return (
    <li className="flex flex-col gap-0.5 text-xs text-muted">
      <span className="text-sm font-medium text-text">{t(`due.${clock}`)}</span>
      <span>{t('due.since', { when: when(since) })}</span>
      {due ? (
        <>
          <span>{t('due.dueAt', { when: when(due.at) })}</span>
          <span>{t('due.reason', { level: due.level, time: minutes(due.minutes), hours: t(`due.hours.${due.hours}`) })}</span>
        </>
      ) : (
        <span>{t('due.none')}</span>
      )}
      <span className={isLate ? 'font-medium text-warn-text' : undefined}>
        {answeredAt ? t(isLate ? 'due.answeredLate' : 'due.answered', { when: when(answeredAt) }) : t(isLate ? 'due.openLate' : 'due.open')}
      </span>
    </li>
  );
}
