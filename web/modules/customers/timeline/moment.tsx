import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import Check from 'lucide-react/icons/check';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check-big';
import Globe from 'lucide-react/icons/globe';
import Handshake from 'lucide-react/icons/handshake';
import Info from 'lucide-react/icons/info';
import Lock from 'lucide-react/icons/lock';
import Mail from 'lucide-react/icons/mail';
import Merge from 'lucide-react/icons/merge';
import Paperclip from 'lucide-react/icons/paperclip';
import Split from 'lucide-react/icons/split';
import type { KeyboardEvent } from 'react';
import type { CustomerMoment, Happening, HappeningKind, ToldMessage } from '../../../../contract/cases.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { cx } from '../../../ui/cx.ts';
import type { Icon } from '../../../ui/icon.ts';
import { useChannelName } from '../../channels/index.ts';
import { usePerson, useTeams } from '../../workspace/index.ts';
import { authorOf } from '../name.ts';

/** One line of a customer's timeline; a message leads to its place in its conversation. */
export function Moment({ moment: { at, message, happening }, onWalk }: { moment: CustomerMoment; onWalk: (event: KeyboardEvent) => void }) {
  if (message) return <Told at={at} message={message} onWalk={onWalk} />;
  return happening && <Happened at={at} happening={happening} />;
}

/** Who can read it is told as everywhere: by a word, by a sign and by the shape of the frame. */
function Told({ at, message, onWalk }: { at: string; message: ToldMessage; onWalk: (event: KeyboardEvent) => void }) {
  const t = useText('customers');
  const { visibility, direction, author, text, isCut, files } = message;
  const channelName = useChannelName(message.channel);
  return (
    <AppLink
      to={`/inbox/open/${message.conversationId}?message=${message.id}`}
      onKeyDown={onWalk}
      className={cx(
        'flex flex-col gap-0.5 rounded-lg px-3 py-2 hover:bg-hover',
        visibility === 'internal' ? 'edge-internal pl-4' : visibility === 'public' ? 'edge-public' : 'border border-line',
        visibility === 'private' && (direction === 'out' ? 'bg-selected' : 'bg-surface'),
        direction === 'out' && 'sm:ml-10',
        direction === 'in' && 'sm:mr-10',
      )}
    >
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <span dir="auto" className="min-w-0 truncate font-medium">
          {authorOf({ author })}
        </span>
        <Audience visibility={visibility} />
        <span className="text-xs text-muted">
          {message.kind === 'message' && `${channelName} · `}
          {t(`timeline.direction.${direction}`)}
        </span>
        {files > 0 && (
          <span className="inline-flex items-center gap-0.5 text-xs text-muted">
            <Paperclip aria-hidden="true" className="size-3" />
            {t('timeline.files', { count: files })}
          </span>
        )}
        <Time at={at} />
      </span>
      <span dir="auto" className="written line-clamp-3 text-left break-words">
        {text.trim() || t('timeline.noText')}
        {isCut && ' …'}
      </span>
    </AppLink>
  );
}

const audiences = {
  internal: { icon: Lock, tone: 'internal' },
  public: { icon: Globe, tone: 'public' },
  private: { icon: Mail, tone: 'neutral' },
} as const;

function Audience({ visibility }: { visibility: ToldMessage['visibility'] }) {
  const t = useText('customers');
  const { icon, tone } = audiences[visibility];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`timeline.audience.${visibility}`)}
    </Badge>
  );
}

function Time({ at }: { at: string }) {
  const { time, full } = useFormats();
  return (
    <time dateTime={at} title={full(at)} className="ml-auto shrink-0 text-xs text-muted tabular-nums">
      {time(at)}
    </time>
  );
}

const signs: Record<HappeningKind, Icon> = {
  statement_made: Info,
  commitment_kept: Check,
  commitment_broken: CircleAlert,
  commitment_made_good: Check,
  commitment_released: Check,
  handover_briefed: ArrowRightLeft,
  handover_accepted: ArrowRightLeft,
  handover_declined: ArrowRightLeft,
  handover_timed_out: ArrowRightLeft,
  resolved: CircleCheck,
  merged: Merge,
  unmerged: Split,
  split: Split,
  transferred: Split,
  customers_merged: Merge,
  customers_unmerged: Split,
};

function Happened({ at, happening }: { at: string; happening: Happening }) {
  const t = useText('customers');
  const { when } = useFormats();
  const { what, statement, handover, other, byId } = happening;
  const by = usePerson(byId)?.name;
  const isPromise = what === 'statement_made' && statement?.kind === 'commitment';
  const Sign = isPromise ? (statement.dueTo ? CalendarClock : Handshake) : signs[what];
  const toPerson = usePerson(handover?.to.personId);
  const toTeam = useTeams().find(({ id }) => id === handover?.to.teamId);
  const said =
    what === 'statement_made' && statement
      ? t(`timeline.said.${statement.kind}`)
      : t(`timeline.what.${what}`, { to: toPerson?.name ?? toTeam?.name ?? '–', other: other?.number ?? t('timeline.otherCase') });
  const detail = what === 'handover_declined' ? handover?.reason : what.startsWith('commitment_') ? statement?.evidence : null;
  return (
    <div className="flex items-start gap-2 px-3 py-1">
      <Sign aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', what === 'commitment_broken' ? 'text-danger-text' : 'text-muted')} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className={cx(what === 'commitment_broken' && 'font-medium text-danger-text')}>{said}</span>
          {by && <span className="text-xs text-muted">{by}</span>}
          <Time at={at} />
        </p>
        {statement && (
          <p dir="auto" className="text-left break-words text-muted">
            {statement.text}
            {isPromise && statement.dueTo && ` (${t('timeline.until', { at: when(statement.dueTo) })})`}
          </p>
        )}
        {detail && (
          <p dir="auto" className="text-left text-xs break-words text-muted">
            {detail}
          </p>
        )}
      </div>
    </div>
  );
}
