import Lock from 'lucide-react/icons/lock';
import type { KeyboardEvent } from 'react';
import type { conversationEndpoints as on } from '../../../../contract/conversations.ts';
import type { OutputOf } from '../../../../contract/core.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { marked } from '../../../ui/marked.tsx';
import { ChannelIcon } from '../../channels/index.ts';
import { authorOf, nameOf } from '../../customers/index.ts';
import { addressOfHit } from './hits.ts';

type Hit = OutputOf<typeof on.search>['items'][number];

export function Hits({ hits, onWalk }: { hits: readonly Hit[]; onWalk: (event: KeyboardEvent) => void }) {
  const t = useText('conversations');
  return (
    <ol aria-label={t('search.found')} className="overflow-hidden rounded-lg border border-line bg-surface">
      {hits.map((hit) => (
        <li key={hit.conversation.id} className="border-b border-line last:border-0">
          <HitLink hit={hit} onWalk={onWalk} />
        </li>
      ))}
    </ol>
  );
}

function HitLink({ hit, onWalk }: { hit: Hit; onWalk: (event: KeyboardEvent) => void }) {
  const t = useText('conversations');
  const { brief, full } = useFormats();
  const { conversation, message, excerpt, subject, more } = hit;
  const name = nameOf(conversation.customerName);
  const isNote = message.kind === 'note';
  return (
    <AppLink to={addressOfHit(hit)} onKeyDown={onWalk} className="flex gap-3 px-4 py-3 hover:bg-hover">
      <Avatar decorative name={name} seed={conversation.customerId} />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="min-w-0 truncate font-medium">
            {name}
          </span>
          <time dateTime={message.at} title={full(message.at)} className="ml-auto shrink-0 text-xs text-muted tabular-nums">
            {brief(message.at)}
          </time>
        </span>
        <span className="flex min-w-0 items-center gap-1.5">
          <ChannelIcon channel={conversation.channel} />
          <span dir="auto" className="min-w-0 truncate">
            {subject ? marked(subject) : t('desk.noSubject')}
          </span>
          <span className="ml-auto shrink-0">
            <Badge>{t(`state.${conversation.state}`)}</Badge>
          </span>
        </span>
        <span className="flex items-start gap-1.5 text-muted">
          {isNote && <Lock aria-hidden="true" className="mt-1 size-3 shrink-0 text-note-text" />}
          <span dir="auto" className="line-clamp-2 min-w-0 flex-1 text-left break-words">
            {isNote && <span className="sr-only">{t('search.note')} </span>}
            {message.author.name !== conversation.customerName && `${authorOf(message)}: `}
            {marked(excerpt)}
          </span>
          {more > 0 && <span className="shrink-0 text-xs leading-5">{t('search.more', { count: more })}</span>}
        </span>
      </span>
    </AppLink>
  );
}
