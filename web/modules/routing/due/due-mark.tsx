import Timer from 'lucide-react/icons/timer';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { Badge } from '../../../ui/badge.tsx';
import { standingOf } from './standing.ts';

/** How long until an answer is due, once that is near, or since when it is overdue; else nothing. */
export function DueMark({ conversation }: { conversation: Conversation }) {
  const t = useText('routing');
  const { span, full } = useFormats();
  const now = useNow();
  const standing = standingOf(conversation, now);
  if (!conversation.due || !standing || standing === 'far') return null;
  const { at } = conversation.due;
  return (
    <span className="flex shrink-0">
      <span className="sr-only">{t(`due.${standing}Said`, { span: span(at, now) })}</span>
      <span aria-hidden="true" className="flex">
        <Badge tone={standing === 'late' ? 'warn' : 'neutral'} icon={Timer} title={t('due.by', { when: full(at) })}>
          {t(`due.${standing}`, { span: span(at, now) })}
        </Badge>
      </span>
    </span>
  );
}
