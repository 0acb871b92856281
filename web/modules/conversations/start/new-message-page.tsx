import SendHorizontal from 'lucide-react/icons/send-horizontal';
import type { FormEvent } from 'react';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { FileDrop } from '../../../ui/form/file-drop.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useStartAccounts } from '../../channels/index.ts';
import { Page, useMe } from '../../workspace/index.ts';
import { startConversation, undoSend } from '../api.ts';
import { AttachmentList } from '../composer/attachments/attachment-list.tsx';
import { FilePicker } from '../composer/attachments/file-picker.tsx';
import { useUploads } from '../composer/attachments/use-uploads.ts';
import { parseAddress } from '../composer/recipients/parse-address.ts';
import { refreshDetail } from '../desk/use-open-conversation.ts';
import { addressText } from '../timeline/recipients.tsx';
import { useKept } from './use-kept.ts';

/** Writes to somebody first; the answer comes back into the conversation that this opens. */
export default function NewMessagePage() {
  const t = useText('conversations');
  const general = useText('platform');
  const go = useGo();
  const { undoSeconds } = useMe().preferences;
  const accounts = useStartAccounts();
  const { message, change, attach, clear } = useKept();
  const { uploads, add, dismiss } = useUploads(attach);
  const account = accounts?.find(({ id }) => id === message.accountId) ?? accounts?.[0];
  const send = useAction(async () => {
    if (!account) return;
    const { conversation, message: sent } = await startConversation({
      draftId: message.draftId,
      accountId: account.id,
      to: message.to,
      cc: message.cc,
      bcc: message.bcc,
      subject: message.subject.trim(),
      text: message.text.trim(),
      attachmentIds: message.attachments.map(({ id }) => id),
      undoSeconds,
    });
    clear();
    go(`/inbox/mine/${conversation.id}`);
    if (undoSeconds > 0)
      notify({
        title: t('composer.sent'),
        milliseconds: undoSeconds * 1000,
        countdown: true,
        action: {
          label: general('undo'),
          run: () =>
            void undoSend(conversation.id, sent.id)
              .then(() => refreshDetail(conversation.id))
              .catch(refused),
        },
      });
  });
  const isReady = account !== undefined && message.to.length > 0 && message.text.trim() !== '' && uploads.every(({ problem }) => problem);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) void send.run();
  };
  const recipients = (name: 'to' | 'cc' | 'bcc') => (
    <TagInput
      values={message[name].map(addressText)}
      removeLabel={(value) => general('remove', { what: value })}
      accept={(typed) => {
        const found = parseAddress(typed);
        return found && addressText(found);
      }}
      onChange={(next) => change({ [name]: next.map(parseAddress).filter((address) => address !== null) })}
    />
  );
  return (
    <Page title={t('start.title')} intro={t('start.intro')}>
      {accounts?.length === 0 && <Banner tone="warn">{t('start.noAccount')}</Banner>}
      <ProblemBanner problem={send.problem} />
      <FileDrop hint={t('composer.drop')} onFiles={add}>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('start.account')}>
            <Select
              value={account?.id ?? null}
              options={(accounts ?? []).map(({ id, name, address }) => ({ value: id, label: `${name} <${address}>` }))}
              onChange={(accountId) => change({ accountId })}
            />
          </Field>
          <Field label={t('recipients.to')} hint={t('start.toHint')}>
            {recipients('to')}
          </Field>
          <Field label={t('recipients.cc')} aside={t('start.optional')}>
            {recipients('cc')}
          </Field>
          <Field label={t('recipients.bcc')} aside={t('start.optional')}>
            {recipients('bcc')}
          </Field>
          <Field label={t('recipients.subject')}>
            <Input maxLength={500} value={message.subject} onChange={(event) => change({ subject: event.target.value })} />
          </Field>
          <Field label={t('start.text')}>
            <Textarea
              className="min-h-48 text-base"
              value={message.text}
              onChange={(event) => change({ text: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
              }}
            />
          </Field>
          <AttachmentList
            attachments={message.attachments}
            uploads={uploads}
            onDismiss={dismiss}
            onRemove={(id) => change({ attachments: message.attachments.filter((each) => each.id !== id) })}
          />
          <div className="flex flex-wrap items-center gap-2">
            <FilePicker label={t('composer.attach')} disabled={false} onFiles={add} />
            <span className="flex-1" />
            <Button onClick={() => go('/inbox')}>{general('cancel')}</Button>
            <Button type="submit" look="primary" icon={SendHorizontal} busy={send.isBusy} disabled={!isReady}>
              {t('composer.send')}
            </Button>
          </div>
        </form>
      </FileDrop>
    </Page>
  );
}
