import Globe from 'lucide-react/icons/globe';
import Lock from 'lucide-react/icons/lock';
import Mail from 'lucide-react/icons/mail';
import MessageCircleQuestionMark from 'lucide-react/icons/message-circle-question-mark';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Address, Conversation, ConversationDetail, Draft, Message } from '../../../../contract/conversations.ts';
import { asksSomething } from '../../../../contract/writing/questions.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useChannels, useMayFormat } from '../../channels/index.ts';
import { nameOf } from '../../customers/index.ts';
import { useMe, usePerson } from '../../workspace/index.ts';
import { previewAnswer } from '../api.ts';
import type { Held } from '../desk/use-lease.ts';
import { useMessages } from '../messages.ts';
import { NewcomerNotice } from './recipients/newcomer-notice.tsx';
import { everNewIn, lastOfNewcomer, newcomersIn } from './recipients/newcomers.ts';
import { RecipientFields } from './recipients/recipient-fields.tsx';
import { Refusal } from './refusal.tsx';
import { SaveStateText } from './save-state.tsx';
import { type DraftText, emptyText } from './draft-text.ts';
import { useDraft } from './use-draft.ts';
import { useSend } from './use-send.ts';
import { AskedLine } from './writing/asked-line.tsx';
import { useSnippetOffer } from './writing/snippet-offer.tsx';
import { type Words, WritingArea } from './writing-area.tsx';

interface Props {
  mode: 'reply' | 'forward';
  conversation: Conversation;
  detail: ConversationDetail;
  held: Held;
  draft: Draft | undefined;
  carried: string | null;
  /** Whom somebody chose to answer; null leaves the receivers as they are. */
  answerTo: readonly Address[] | null;
  forwardIds: readonly string[];
  /** To be put behind what is written, once. */
  insert: string | null;
  onInserted: () => void;
  onText: (text: string, kind: 'reply') => void;
  onSent: (then: 'stay' | 'resolve') => void;
  onRestart: () => void;
  onNote: () => void;
}

export function ReplyEditor({
  mode,
  conversation,
  detail,
  held,
  draft: stored,
  carried,
  answerTo,
  forwardIds,
  insert,
  onInserted,
  onText,
  onSent,
  onRestart,
  onNote,
}: Props) {
  const t = useText('conversations');
  const me = useMe();
  const choosesRecipients = useChannels().find(({ id }) => id === conversation.channel)?.capabilities['recipients'] !== false;
  const [initial] = useState<DraftText>(() => ({
    ...emptyText,
    ...(mode === 'reply'
      ? { to: detail.proposals.reply.to, cc: detail.proposals.reply.cc }
      : { subject: `${t('composer.forwardPrefix')} ${conversation.subject}` }),
    text: carried ?? '',
  }));
  const draft = useDraft(conversation.id, mode, carried === null ? stored : undefined, initial, conversation.lastSeq);
  const { newcomers, everNew, last } = useNewcomers(detail);
  const isNew = ({ address }: Address): boolean => newcomers.includes(address.toLowerCase());
  const chosen = [...draft.text.to, ...draft.text.cc, ...draft.text.bcc].filter(isNew);
  // The customer's name only where the answer goes to the customer; a newcomer's name is what anybody may write.
  const name = draft.text.to.some(({ address }) => everNew.includes(address.toLowerCase()))
    ? draft.text.to.map(({ address }) => address).join(', ')
    : nameOf(conversation.customerName);
  // A newcomer is answered once by one choice.
  const afterwards = mode === 'reply' && chosen.length > 0 ? { ...detail.proposals.reply, bcc: [] } : {};
  const { text } = draft.text;
  /** Null while nobody wants to say it. */
  const [asksFor, setAsksFor] = useState<string | null>(null);
  const mayAsk = mode === 'reply' && text.trim() !== '' && !asksSomething(text);
  const sent = (then: 'stay' | 'resolve'): void => {
    setAsksFor(null);
    onSent(then);
  };
  const send = useSend({
    mode,
    conversation,
    held,
    draft,
    forwardIds,
    asksFor: mayAsk ? asksFor : null,
    afterwards,
    onSent: sent,
    onRestart,
  });
  const { change } = draft;
  const mayFormat = useMayFormat(conversation.channel) && mode === 'reply';
  const offers = [useSnippetOffer(conversation)];
  useEffect(() => onText(text, 'reply'), [text, onText]);
  useEffect(() => {
    if (answerTo) change({ to: [...answerTo], cc: [] });
  }, [answerTo, change]);

  const other = conversation.claim && conversation.claim.personId !== me.person.id && !held.lease ? conversation.claim.personId : null;
  const holder = usePerson(other)?.name;
  const canWrite = !other && (detail.abilities.reply || detail.abilities.claim || held.lease !== null);
  // Nothing to keep in sight: one line says why, and leads to what one may write.
  const isLocked = !canWrite && !text.trim() && draft.text.attachments.length === 0;
  const isPublic = conversation.visibility === 'public';
  const onWritten = (written: Words): void => {
    change(written);
    // The first key takes the conversation, so that a colleague sees it before a second answer begins.
    if (!held.lease && !conversation.claim && detail.abilities.claim) send.take();
  };
  const inserted = useRef<string | null>(null);
  useEffect(() => {
    const isNew = insert !== null && inserted.current !== insert;
    inserted.current = insert;
    if (!isNew) return;
    onInserted();
    // Whoever may not write here gets no text, either.
    if (canWrite) onWritten(written(draft.text, insert));
  });
  return (
    <WritingArea
      className={cx('mx-3 mt-2 mb-3 rounded-lg', isPublic ? 'edge-public' : 'border border-line-strong', isLocked && 'locked')}
      text={draft.text}
      onWritten={onWritten}
      onChange={change}
      onAttach={draft.attach}
      mayFormat={mayFormat}
      offers={offers}
      label={mode === 'forward' ? t('composer.forwardLabel') : t('composer.replyLabel', { name })}
      placeholder={
        other ? t('composer.blocked', { name: holder ?? '' }) : canWrite ? t('composer.replyPlaceholder') : t('composer.notAllowed')
      }
      disabled={!canWrite}
      preview={mode === 'reply' ? () => previewAnswer(conversation.id, draft.text) : null}
      isPublic={isPublic}
      ways={mode === 'reply' ? 'all' : 'none'}
      isBusy={false}
      onSend={(then, at) => void send.send(then, at)}
      onDrop={() => void draft.drop()}
      below={mayAsk && asksFor !== null && <AskedLine value={asksFor} onChange={setAsksFor} />}
      state={
        <>
          {mode === 'reply' && (
            <IconButton
              label={t('asked.button')}
              icon={MessageCircleQuestionMark}
              pressed={asksFor !== null}
              disabled={!canWrite || !mayAsk}
              onClick={() => setAsksFor(asksFor === null ? '' : null)}
              className="disabled:invisible"
            />
          )}
          <SaveStateText state={draft.save} onRetry={() => void draft.retry()} onChoose={draft.choose} />
        </>
      }
    >
      <div className="while-writing flex flex-wrap items-center gap-x-3 px-3 pt-2">
        <p className={cx('flex min-w-0 items-center gap-1.5 font-medium', isPublic ? 'text-public-text' : 'text-accent-text')}>
          {isPublic ? <Globe aria-hidden="true" className="size-3.5" /> : <Mail aria-hidden="true" className="size-3.5" />}
          <span className="line-clamp-2 min-w-0 break-words" title={name}>
            {mode === 'forward'
              ? t('composer.forwardAudience')
              : isPublic
                ? t('composer.publicAudience')
                : t('composer.privateAudience', { name })}
          </span>
        </p>
        <RecipientFields
          text={draft.text}
          onChange={change}
          subjectShown={mode === 'forward'}
          replyAll={mode === 'reply' ? detail.proposals.replyAll : null}
          isNew={isNew}
          disabled={!canWrite}
          fixed={mode === 'reply' && !choosesRecipients}
        />
      </div>
      {isLocked && (
        <Button small icon={Lock} onClick={onNote} className="absolute top-1/2 right-2 -translate-y-1/2">
          {t('composer.writeNote')}
        </Button>
      )}
      <NewcomerNotice
        chosen={chosen}
        wrote={mode === 'reply' && last?.from && isNew(last.from) ? last.from : null}
        usual={mode === 'reply' ? detail.proposals.reply.to : []}
        disabled={!canWrite}
        onTo={(to) => change({ to: [...to], cc: [] })}
      />
      {send.refusal !== null && (
        <Refusal
          error={send.refusal}
          onTake={() => send.take()}
          onSendAnyway={(lookedAt) => void send.send('wait', null, lookedAt)}
          onDismiss={send.dismiss}
        />
      )}
    </WritingArea>
  );
}

/** Who wrote in this conversation without taking part; told by the messages themselves, so that it is true as soon as one arrives. */
function useNewcomers({ conversation, messages }: ConversationDetail): {
  newcomers: string[];
  everNew: string[];
  last: Message | undefined;
} {
  const said = useMessages([...new Set([conversation.id, ...messages.map((message) => message.conversationId)])]);
  return useMemo(() => ({ newcomers: newcomersIn(said), everNew: everNewIn(said), last: lastOfNewcomer(said) }), [said]);
}

/** Both texts, a free line between them; formatted where it was, with the new one as paragraphs of words alone. */
function written({ text, html }: Words, more: string): Words {
  const paragraph = (line: string): string => {
    const made = document.createElement('p');
    made.textContent = line;
    return made.outerHTML;
  };
  return {
    text: text.trim() ? `${text.trimEnd()}\n\n${more}` : more,
    html: html === null ? null : html + more.split('\n').map(paragraph).join(''),
  };
}
