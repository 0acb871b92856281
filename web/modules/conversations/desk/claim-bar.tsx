import Hand from 'lucide-react/icons/hand';
import PenLine from 'lucide-react/icons/pen-line';
import { useState } from 'react';
import type { Abilities, Conversation, ConversationDetail } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { refused } from '../../../platform/refused.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { nameOf } from '../../customers/index.ts';
import { DueInfo, WhyMine } from '../../routing/index.ts';
import { PersonAvatar, PersonName, useMe } from '../../workspace/index.ts';
import { TakeOverDialog } from './take-over-dialog.tsx';
import type { Held } from './use-lease.ts';
import { useCustomerWriting, type Viewer } from './use-open-conversation.ts';

interface Props {
  conversation: Conversation;
  abilities: Abilities;
  held: Held;
  viewers: readonly Viewer[];
  customerHeldBy: ConversationDetail['customerHeldBy'];
  onTake: () => void;
}

/** Who is on it: said before anybody types a word. */
export function ClaimBar({ conversation, abilities, held, viewers, customerHeldBy, onTake }: Props) {
  const t = useText('conversations');
  const { span } = useFormats();
  const now = useNow();
  const me = useMe().person.id;
  const [asking, setAsking] = useState(false);
  const { claim } = conversation;
  const isMine = claim?.personId === me;
  const other = claim && claim.personId !== me ? claim : null;
  const serving = !isMine && !other && customerHeldBy?.personId !== me ? customerHeldBy : null;
  // Who would be relieved: of this conversation, or of the customer they serve in another one.
  const relieved = other ? abilities.takeOver && other : serving && abilities.claim && serving;
  const customerWrites = useCustomerWriting(conversation.id);
  const writer = viewers.find((viewer) => viewer.writing === 'reply') ?? viewers.find((viewer) => viewer.writing);
  const mayTake = !isMine && !other && !serving && abilities.claim;
  const giveBack = (): void => void held.giveBack().catch(refused);
  useShortcuts([
    ...(mayTake ? [{ keys: 'm', label: t('claim.take'), group: t('keys.group'), run: onTake }] : []),
    ...(relieved ? [{ keys: 'm', label: t('claim.takeOver'), group: t('keys.group'), run: () => setAsking(true) }] : []),
    ...(isMine ? [{ keys: 'shift+m', label: t('claim.giveBack'), group: t('keys.group'), run: giveBack }] : []),
  ]);
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface py-1 pr-3 pl-4 sm:pr-4">
      <div className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-x-3">
        <div aria-live="polite" className="flex min-w-0 flex-wrap items-center gap-x-2">
          {other ? (
            <>
              <PersonAvatar small ring id={other.personId} />
              <span>
                <strong>
                  <PersonName id={other.personId} />
                </strong>{' '}
                {now - Date.parse(other.since) < 60_000 ? t('claim.justTaken') : t('claim.since', { span: span(other.since, now) })}
              </span>
            </>
          ) : isMine ? (
            <>
              <PersonAvatar small ring id={me} />
              <strong>{t('claim.mine')}</strong>
            </>
          ) : (
            <span className="text-muted">{held.lost ? t('claim.lost') : abilities.forOthers ? t('claim.forOthers') : t('claim.free')}</span>
          )}
          {writer && (
            <span className="flex items-center gap-1 font-medium">
              <PenLine aria-hidden="true" className="size-3.5" />
              {/* Who is named already writes on; only the sentence read aloud begins anew. */}
              {writer.personId === other?.personId && <span className="sr-only">{`${writer.name} `}</span>}
              {writer.personId === other?.personId
                ? t(`claim.writes.${writer.writing ?? 'reply'}`)
                : t(`claim.writing.${writer.writing ?? 'reply'}`, { name: writer.name })}
            </span>
          )}
          {customerWrites && (
            <span className="flex items-center gap-1 font-medium">
              <PenLine aria-hidden="true" className="size-3.5" />
              {t('claim.customerWriting', { name: nameOf(conversation.customerName) })}
            </span>
          )}
          {serving && (
            <span className="text-warn-text">
              <PersonName id={serving.personId} /> {t('claim.servesCustomer', { span: span(serving.since, now) })}
              {serving.conversation && (
                <>
                  {t('claim.servesIn')}
                  <AppLink to={`/inbox/open/${serving.conversation.id}`} className="underline">
                    <bdi>{serving.conversation.subject || t('desk.noSubject')}</bdi>
                  </AppLink>
                </>
              )}
            </span>
          )}
        </div>
        <DueInfo conversation={conversation} />
        {claim && isMine && <WhyMine key={conversation.id} conversationId={conversation.id} since={claim.since} />}
      </div>
      <Viewers viewers={viewers.filter(({ personId }) => personId !== other?.personId)} />
      {mayTake && (
        <Button small look="primary" icon={Hand} busy={held.isTaking} onClick={onTake}>
          {t('claim.take')}
        </Button>
      )}
      {relieved && (
        <Button small onClick={() => setAsking(true)}>
          {t('claim.takeOver')}
        </Button>
      )}
      {isMine && (
        <Button small look="ghost" onClick={giveBack}>
          {t('claim.giveBack')}
        </Button>
      )}
      {asking && relieved && (
        <TakeOverDialog from={relieved.personId} onClose={() => setAsking(false)} onTake={(reason) => held.take('take_over', reason)} />
      )}
    </div>
  );
}

function Viewers({ viewers }: { viewers: readonly Viewer[] }) {
  const t = useText('conversations');
  if (viewers.length === 0) return null;
  return (
    <ul aria-label={t('claim.viewers')} className="flex -space-x-1">
      {viewers.slice(0, 4).map((viewer) => (
        <li key={viewer.personId}>
          <PersonAvatar small id={viewer.personId} />
        </li>
      ))}
    </ul>
  );
}
