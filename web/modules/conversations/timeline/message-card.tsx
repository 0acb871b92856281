import Bot from 'lucide-react/icons/bot';
import Globe from 'lucide-react/icons/globe';
import LayoutTemplate from 'lucide-react/icons/layout-template';
import Lock from 'lucide-react/icons/lock';
import Mail from 'lucide-react/icons/mail';
import Undo2 from 'lucide-react/icons/undo-2';
import { memo, type ReactNode } from 'react';
import type { Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { cx } from '../../../ui/cx.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { authorOf } from '../../customers/index.ts';
import { isStored } from '../outbox/leaving.ts';
import { OnItsWay, WaitsForLine } from '../outbox/waits-for-line.tsx';
import { Attachments } from './attachments.tsx';
import { DeliveryProblem, DeliveryState, Scheduled } from './delivery-state.tsx';
import { HtmlFrame } from './html-frame.tsx';
import { MessageFacts } from './message-facts.tsx';
import { MessageMenu } from './message-menu.tsx';
import { Recipients } from './recipients.tsx';
import { elementIdOf } from './show-message.ts';
import { useMessageFormat } from './use-message-format.ts';

/**
 * One message or note. Who can read it is told three times without colour: by a word, by a sign and by the shape of the frame
 * (plain: customer only · double: public · dashed and ruled: ours only). The usual, private, says its word quietly.
 */
export const MessageCard = memo(function MessageCard({ message }: { message: Message }) {
  const t = useText('conversations');
  const { brief, full } = useFormats();
  const format = useMessageFormat();
  const asHtml = message.hasHtml && format.isHtml;
  const audience = message.visibility;
  const name = authorOf(message);
  if (message.delivery?.state === 'cancelled') return <TakenBack message={message} />;
  return (
    <article
      id={elementIdOf(message.id)}
      tabIndex={-1}
      aria-label={t(`timeline.label.${audience}`, { name, time: full(message.at) })}
      className={cx(
        'scroll-mt-4 rounded-lg',
        audience === 'internal' ? 'edge-internal pl-2' : audience === 'public' ? 'edge-public' : 'border border-line',
        audience === 'private' && (message.direction === 'out' ? 'bg-own' : 'bg-surface'),
        message.direction === 'out' && 'sm:ml-10',
        message.direction === 'in' && 'sm:mr-10',
      )}
    >
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 pt-2.5">
        <Avatar decorative small name={name} seed={message.author.id ?? message.author.name} />
        <span dir="auto" className="line-clamp-2 min-w-0 font-semibold break-words" title={name}>
          {name}
        </span>
        <AudienceMark audience={audience} />
        {message.automatic && (
          <Badge icon={Bot} tone="info">
            {t(`automatic.${message.automatic}`)}
          </Badge>
        )}
        <span className="ml-auto flex items-center gap-1 text-xs text-muted">
          {isStored(message) ? <DeliveryState message={message} /> : <OnItsWay message={message} />}
          <time dateTime={message.at} title={full(message.at)}>
            {brief(message.at)}
          </time>
          {message.hasHtml && (
            <IconButton small label={t('timeline.asHtml')} keys="h" icon={LayoutTemplate} pressed={asHtml} onClick={format.toggle} />
          )}
          {isStored(message) && <MessageMenu message={message} />}
        </span>
      </header>
      {message.kind === 'message' && <Recipients message={message} />}
      <MessageFacts facts={message.facts} />
      {isStored(message) ? <Scheduled message={message} /> : <WaitsForLine id={message.id} />}
      <DeliveryProblem message={message} />
      <div className="px-3 pt-1.5 pb-3">
        {asHtml ? <HtmlFrame messageId={message.id} /> : <Body text={message.text} />}
        {!asHtml && message.quoted && <Folded label={t('timeline.quoted')} text={message.quoted} />}
        {!asHtml && message.signature && <Folded label={t('timeline.signature')} text={message.signature} />}
        <Attachments attachments={message.attachments} />
      </div>
    </article>
  );
});

/** A message that was taken back in time: never read by anybody outside, so it steps back here too. */
function TakenBack({ message }: { message: Message }) {
  const t = useText('conversations');
  return (
    <details className="rounded-lg border border-dashed border-line px-3 py-1.5 text-muted sm:ml-10">
      <summary className="min-h-6">{t('timeline.takenBack', { name: message.author.name })}</summary>
      <p dir="auto" className="written break-words whitespace-pre-wrap">
        {message.text}
      </p>
    </details>
  );
}

function AudienceMark({ audience }: { audience: Message['visibility'] }) {
  const t = useText('conversations');
  if (audience === 'internal')
    return (
      <Badge tone="internal" icon={Lock}>
        {t('audience.internal')}
      </Badge>
    );
  if (audience === 'public')
    return (
      <Badge tone="public" icon={Globe}>
        {t('audience.public')}
      </Badge>
    );
  return (
    <span title={t('audience.private')} className="flex text-faint">
      <Mail aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{t('audience.private')}</span>
    </span>
  );
}

/** Text as written; links can be followed, nothing else is interpreted. */
function Body({ text }: { text: string }) {
  const t = useText('conversations');
  if (!text.trim()) return <p className="text-muted italic">{t('timeline.noText')}</p>;
  return (
    <div dir="auto" className="written max-w-[75ch] text-base break-words whitespace-pre-wrap">
      {linked(text)}
    </div>
  );
}

function linked(text: string): ReactNode[] {
  return text.split(/(https?:\/\/[^\s<>"')\]]+)/g).map((part, i) =>
    i % 2 === 1 ? (
      <a key={`${i}${part}`} href={part} target="_blank" rel="noreferrer noopener" className="text-accent-text underline">
        {part}
      </a>
    ) : (
      part
    ),
  );
}

function Folded({ label, text }: { label: string; text: string }) {
  return (
    <details className="mt-2 text-muted">
      <summary className="inline-flex min-h-6 items-center gap-1 rounded-sm px-1 text-xs hover:bg-hover">
        <Undo2 aria-hidden="true" className="size-3" />
        {label}
      </summary>
      <div dir="auto" className="written mt-1 border-l-2 border-line pl-3 break-words whitespace-pre-wrap">
        {text}
      </div>
    </details>
  );
}
