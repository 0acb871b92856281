import Bot from 'lucide-react/icons/bot';
import ChevronsUp from 'lucide-react/icons/chevrons-up';
import Clock from 'lucide-react/icons/clock';
import CornerUpLeft from 'lucide-react/icons/corner-up-left';
import Globe from 'lucide-react/icons/globe';
import Handshake from 'lucide-react/icons/handshake';
import Lock from 'lucide-react/icons/lock';
import MessageCircleQuestionMark from 'lucide-react/icons/message-circle-question-mark';
import Paperclip from 'lucide-react/icons/paperclip';
import type { ReactNode } from 'react';
import type { Conversation, Mention } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { useRecord } from '../../../platform/store/use-records.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { cx } from '../../../ui/cx.ts';
import type { RowState } from '../../../ui/list/data-list.tsx';
import { ChannelIcon } from '../../channels/index.ts';
import { nameOf } from '../../customers/index.ts';
import { DueMark } from '../../routing/index.ts';
import { PersonAvatar, useMe } from '../../workspace/index.ts';
import { silentSince } from './silence.ts';
import { TagMarks } from './tag-marks.tsx';

export const rowHeight = 76;

/** One conversation in the list: who, what about, the newest words, since when they wait, and who is on it. */
export function ConversationRow({ id, ...rest }: Props & { id: string }) {
  const row = useRecord<Conversation>('conversation', id);
  return row && <Filled row={row} {...rest} />;
}

interface Props extends RowState {
  /** The note that names one, shown instead of the newest words. */
  mention?: Mention | undefined;
  /** The cases in which a promise is broken. */
  broken: ReadonlySet<string>;
}

function Filled({ row, mention, broken, active, open, picked, toggle }: Props & { row: Conversation }) {
  const t = useText('conversations');
  const me = useMe().person.id;
  const name = nameOf(row.customerName);
  const waits = row.waitingSince !== null;
  const { span } = useFormats();
  const now = useNow();
  const silent = silentSince(row, now);
  const silence = silent ? t('row.silent', { span: span(silent, now) }) : undefined;
  const isPromiseBroken = broken.has(row.caseId ?? '');
  return (
    <div
      className={cx(
        'flex h-full gap-2.5 border-b border-line px-3 py-2',
        picked ? 'bg-info-soft' : open ? 'bg-selected' : active ? 'bg-hover' : 'hover:bg-hover',
        active && 'shadow-[inset_3px_0_0_var(--accent)]',
      )}
    >
      <span
        aria-hidden="true"
        className="group/pick relative mt-0.5 size-8 shrink-0"
        onClick={(event) => {
          event.stopPropagation();
          toggle(event.shiftKey);
        }}
      >
        <Avatar decorative name={name} seed={row.customerId} />
        <span
          className={cx(
            'absolute inset-0 flex items-center justify-center rounded-full border border-line-strong bg-surface text-accent-text',
            picked ? 'flex' : 'hidden group-hover/pick:flex',
          )}
        >
          {picked ? '✓' : ''}
        </span>
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span dir="auto" title={name} className={cx('truncate', waits ? 'font-semibold' : 'font-medium text-muted')}>
            {name}
          </span>
          <Age row={row} />
        </div>
        <div className="flex items-center gap-1.5">
          <ChannelIcon channel={row.channel} />
          {row.lastDirection === 'out' && <CornerUpLeft aria-hidden="true" className="size-3 shrink-0 text-faint" />}
          <span dir="auto" className={cx('truncate', waits ? 'text-text' : 'text-muted')}>
            {row.subject || t('desk.noSubject')}
          </span>
          <span className="sr-only">{t(`state.${row.state}`)}</span>
        </div>
        <div className="flex h-5 items-center gap-1.5 text-muted">
          {/* What does not fit gives way: the tags first, then the words down to their beginning, never the priority or who is on it. */}
          <span className="flex min-w-0 flex-1 items-center gap-1.5 overflow-hidden">
            <Marks row={row} tags={mention ? 0 : 2} />
            {mention && <Lock aria-hidden="true" className="size-3 shrink-0 text-note-text" />}
            <span dir="auto" data-preview className="min-w-20 flex-1 basis-0 truncate text-left text-xs">
              {mention ? t('row.mention', { name: mention.authorName, text: mention.text }) : row.preview}
            </span>
          </span>
          <span className="flex shrink-0 items-center gap-1.5">
            <DueMark conversation={row} />
            {silent && (
              <span title={silence} className="flex text-muted">
                <MessageCircleQuestionMark aria-hidden="true" className="size-3.5" />
                <span className="sr-only">{silence}</span>
              </span>
            )}
            {isPromiseBroken && (
              <span title={t('row.brokenPromise')} className="flex text-warn-text">
                <Handshake aria-hidden="true" className="size-3.5" />
                <span className="sr-only">{t('row.brokenPromise')}</span>
              </span>
            )}
            {row.claim ? (
              <PersonAvatar small ring id={row.claim.personId} />
            ) : (
              row.assigneeId && row.assigneeId !== me && <PersonAvatar small id={row.assigneeId} />
            )}
          </span>
        </div>
      </div>
    </div>
  );
}

function Age({ row }: { row: Conversation }) {
  const t = useText('conversations');
  const { span, age, brief } = useFormats();
  const now = useNow();
  if (row.snoozedUntil && Date.parse(row.snoozedUntil) > now)
    return (
      <span className="ml-auto flex shrink-0 items-center gap-1 text-xs text-muted">
        <Clock className="size-3" aria-hidden="true" />
        {brief(row.snoozedUntil, now)}
      </span>
    );
  return (
    <span
      className="ml-auto shrink-0 text-xs text-muted tabular-nums"
      title={row.waitingSince ? t('row.waiting', { span: span(row.waitingSince, now) }) : undefined}
    >
      {row.waitingSince ? <span className="sr-only">{t('row.waits')}</span> : null}
      {row.waitingSince ? age(row.waitingSince, now) : brief(row.lastMessageAt, now)}
    </span>
  );
}

function Marks({ row, tags }: { row: Conversation; tags: number }) {
  const t = useText('conversations');
  const isRaised = row.priority === 'urgent' || row.priority === 'high';
  const others = [isRaised, row.visibility === 'public', row.automatic !== null].filter(Boolean).length;
  return (
    <>
      {isRaised && (
        <Fixed>
          <Badge tone={row.priority === 'urgent' ? 'warn' : 'neutral'} icon={ChevronsUp}>
            {t(`priority.${row.priority}`)}
          </Badge>
        </Fixed>
      )}
      {row.visibility === 'public' && (
        <Fixed>
          <Badge tone="public" icon={Globe}>
            {t('audience.public')}
          </Badge>
        </Fixed>
      )}
      {row.automatic && (
        <Fixed>
          <Badge icon={Bot} tone="info">
            {t('row.automatic')}
          </Badge>
        </Fixed>
      )}
      <TagMarks tags={row.tags} most={Math.max(0, tags - others)} />
      {row.attachmentCount > 0 && <Paperclip aria-hidden="true" className="size-3 shrink-0" />}
    </>
  );
}

/** What is never cut short. */
const Fixed = ({ children }: { children: ReactNode }) => <span className="flex shrink-0">{children}</span>;
