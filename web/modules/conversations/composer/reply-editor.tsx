import Globe from 'lucide-react/icons/globe';
import Mail from 'lucide-react/icons/mail';
import { type ChangeEvent, useEffect, useState } from 'react';
import type { Address, Conversation, ConversationDetail, Draft, Message } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { cx } from '../../../ui/cx.ts';
import { FileDrop } from '../../../ui/form/file-drop.tsx';
import { useMe, usePerson } from '../../workspace/index.ts';
import type { Held } from '../desk/use-lease.ts';
import { AttachmentList } from './attachments/attachment-list.tsx';
import { FilePicker } from './attachments/file-picker.tsx';
import { useUploads } from './attachments/use-uploads.ts';
import { NewcomerNotice } from './recipients/newcomer-notice.tsx';
import { everNewIn, lastOfNewcomer, newcomersIn } from './recipients/newcomers.ts';
import { RecipientFields } from './recipients/recipient-fields.tsx';
import { Refusal } from './refusal.tsx';
import { SaveStateText } from './save-state.tsx';
import { SendButtons } from './send-buttons.tsx';
import { type DraftText, emptyText, useDraft } from './use-draft.ts';
import { useSend } from './use-send.ts';

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
  onText: (text: string, kind: 'reply') => void;
  onSent: (then: 'stay' | 'resolve') => void;
  onRestart: () => void;
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
  onText,
  onSent,
  onRestart,
}: Props) {
  const t = useText('conversations');
  const me = useMe();
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
    : conversation.customerName;
  // A newcomer is answered once by one choice.
  const afterwards = mode === 'reply' && chosen.length > 0 ? { ...detail.proposals.reply, bcc: [] } : {};
  const send = useSend({ mode, conversation, held, draft, forwardIds, afterwards, onSent, onRestart });
  const { text, attachments } = draft.text;
  const { change } = draft;
  const { uploads, add, dismiss } = useUploads(draft.attach);
  useEffect(() => onText(text, 'reply'), [text, onText]);
  useEffect(() => {
    if (answerTo) change({ to: [...answerTo], cc: [] });
  }, [answerTo, change]);

  const other = conversation.claim && conversation.claim.personId !== me.person.id && !held.lease ? conversation.claim.personId : null;
  const holder = usePerson(other)?.name;
  const canWrite = !other && (detail.abilities.reply || detail.abilities.claim || held.lease !== null);
  const isPublic = conversation.visibility === 'public';
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>): void => {
    change({ text: event.target.value });
    // The first key takes the conversation, so that a colleague sees it before a second answer begins.
    if (!held.lease && !conversation.claim && detail.abilities.claim) send.take();
  };
  return (
    <FileDrop
      hint={t('composer.drop')}
      disabled={!canWrite}
      onFiles={add}
      className={cx('m-3 rounded-lg', isPublic ? 'edge-public' : 'border border-line-strong')}
    >
      <p className={cx('flex items-center gap-1.5 px-3 pt-2 font-medium', isPublic ? 'text-public-text' : 'text-accent-text')}>
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
      />
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
          onSendAnyway={() => void send.send('wait', null)}
          onDismiss={send.dismiss}
        />
      )}
      <textarea
        dir="auto"
        aria-label={mode === 'forward' ? t('composer.forwardLabel') : t('composer.replyLabel', { name })}
        className="field-sizing-content block max-h-[40dvh] min-h-20 w-full resize-none bg-transparent px-3 py-2 text-base outline-none disabled:text-muted"
        placeholder={
          other ? t('composer.blocked', { name: holder ?? '' }) : canWrite ? t('composer.replyPlaceholder') : t('composer.notAllowed')
        }
        disabled={!canWrite}
        value={text}
        onChange={onChange}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send.send('wait', null);
        }}
      />
      <AttachmentList
        attachments={attachments}
        uploads={uploads}
        onDismiss={dismiss}
        onRemove={(id) => change({ attachments: attachments.filter((each) => each.id !== id) })}
      />
      <div className="flex flex-wrap items-center gap-2 px-2 pb-2">
        <FilePicker label={t('composer.attach')} disabled={!canWrite} onFiles={add} />
        <SaveStateText state={draft.save} onRetry={() => void draft.retry()} onChoose={draft.choose} />
        <span className="flex-1" />
        <SendButtons
          isPublic={isPublic}
          busy={send.isBusy}
          disabled={!canWrite || !text.trim() || uploads.some(({ problem }) => !problem)}
          onSend={(then, at) => void send.send(then, at)}
          onDrop={() => void draft.drop()}
          plain={mode === 'forward'}
        />
      </div>
    </FileDrop>
  );
}

/** Who wrote in this conversation without taking part; told by the messages themselves, so that it is true as soon as one arrives. */
function useNewcomers({ conversation, messages }: ConversationDetail): {
  newcomers: string[];
  everNew: string[];
  last: Message | undefined;
} {
  const ids = new Set([conversation.id, ...messages.map((message) => message.conversationId)]);
  const among = (all: readonly Message[]): Message[] => all.filter((message) => ids.has(message.conversationId));
  return {
    newcomers: useRecords<Message, string[]>('message', (all) => newcomersIn(among(all))),
    everNew: useRecords<Message, string[]>('message', (all) => everNewIn(among(all))),
    last: useRecords<Message, Message | undefined>('message', (all) => lastOfNewcomer(among(all))),
  };
}
