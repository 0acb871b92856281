import Mail from 'lucide-react/icons/mail';
import type { Address } from '../../../../contract/conversations.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useMayFormat, useStartAccounts } from '../../channels/index.ts';
import { Page, useMe } from '../../workspace/index.ts';
import { previewStart, startConversation } from '../api.ts';
import { RecipientFields } from '../composer/recipients/recipient-fields.tsx';
import { useTakeBackOffer } from '../composer/use-take-back-offer.ts';
import { useSnippetOffer } from '../composer/writing/snippet-offer.tsx';
import { WritingArea } from '../composer/writing-area.tsx';
import { useKept } from './use-kept.ts';

/** Writes to somebody first; the answer comes back into the conversation that this opens. */
export default function NewMessagePage() {
  const t = useText('conversations');
  const general = useText('platform');
  const go = useGo();
  const { undoSeconds } = useMe().preferences;
  const accounts = useStartAccounts();
  const { message, isKept, change, attach, clear, put } = useKept();
  const account = accounts?.find(({ id }) => id === message.accountId) ?? accounts?.[0];
  const offerTakeBack = useTakeBackOffer();
  const offers = [useSnippetOffer({ customerId: null, customerName: message.to[0]?.name ?? '', caseId: null })];
  const mayFormat = useMayFormat(account?.channel ?? '');
  const send = useAction(async (at: string | null) => {
    if (!account) return;
    const { attachments, accountId: _, subject, text, ...rest } = message;
    const { conversation, message: sent } = await startConversation({
      ...rest,
      accountId: account.id,
      subject: subject?.trim() ?? '',
      text: text.trim(),
      attachmentIds: attachments.map(({ id }) => id),
      undoSeconds,
      sendAt: at,
    });
    clear();
    go(`/inbox/mine/${conversation.id}`);
    offerTakeBack(sent, at);
  });
  const drop = (): void => {
    clear();
    notify({ title: t('start.dropped'), milliseconds: 10_000, action: { label: general('undo'), run: () => put(message) } });
  };
  return (
    <Page title={t('start.title')} intro={t('start.intro')}>
      {accounts?.length === 0 && <Banner tone="warn">{t('start.noAccount')}</Banner>}
      <ProblemBanner problem={send.problem} />
      <WritingArea
        className="rounded-lg border border-line-strong bg-surface [&_textarea]:min-h-40"
        text={message}
        onWritten={change}
        onChange={change}
        onAttach={attach}
        mayFormat={mayFormat}
        offers={offers}
        label={t('start.text')}
        placeholder={`${t('start.text')} …`}
        disabled={!account}
        lacks={message.to.length === 0 ? t('start.nobody') : null}
        preview={account ? () => previewStart(account.id, message) : null}
        isPublic={false}
        ways="later"
        isBusy={send.isBusy}
        onSend={(_then, at) => void send.run(at)}
        onDrop={drop}
        state={<span className="text-xs text-muted">{isKept ? t('start.kept') : t('start.notKept')}</span>}
      >
        <p className="flex items-center gap-1.5 px-3 pt-2 font-medium text-accent-text">
          <Mail aria-hidden="true" className="size-3.5" />
          <span className="line-clamp-2 min-w-0 break-words">
            {message.to.length > 0 ? t('start.audience', { name: message.to.map(named).join(', ') }) : t('start.nobody')}
          </span>
        </p>
        <div className="-mb-1 grid grid-cols-[4rem_minmax(0,1fr)] items-center gap-2 px-3 pt-2">
          <span aria-hidden="true" className="text-xs text-muted">
            {t('start.account')}
          </span>
          <Select
            label={t('start.account')}
            value={account?.id ?? null}
            options={(accounts ?? []).map(({ id, name, address }) => ({ value: id, label: `${name} <${address}>` }))}
            onChange={(accountId) => change({ accountId })}
          />
        </div>
        <div className="px-3 pt-1">
          <RecipientFields
            text={message}
            onChange={change}
            subjectShown
            replyAll={null}
            isNew={isNew}
            disabled={false}
            fixed={false}
            always
          />
        </div>
      </WritingArea>
    </Page>
  );
}

const named = ({ name, address }: Address): string => name || address;
/** Nobody has taken part in what does not exist yet. */
const isNew = (): boolean => false;
