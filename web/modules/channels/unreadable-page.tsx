import { useQuery } from '@tanstack/react-query';
import Download from 'lucide-react/icons/download';
import MailCheck from 'lucide-react/icons/mail-check';
import { useState } from 'react';
import { type IntakeRecord, channelsEndpoints as on } from '../../../contract/channels.ts';
import { addressOf, call } from '../../platform/api/call.ts';
import { useAction } from '../../platform/api/use-action.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { MorePages, usePages } from '../../platform/pages.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/form/segmented.tsx';
import { AlertDialog } from '../../ui/overlay/alert-dialog.tsx';
import { notify } from '../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../ui/problem-banner.tsx';
import { Page } from '../workspace/index.ts';
import { ChannelIcon } from './components/channel-icon.tsx';

type State = 'failed' | 'dismissed';

/** What arrived and could not be read: why, and what can be done about it. Its content stays with those who read the team's cases. */
export default function UnreadablePage() {
  const t = useText('channels');
  const general = useText('platform');
  const [state, setState] = useState<State>('failed');
  const [asked, setAsked] = useState<IntakeRecord | null>(null);
  // Nobody is told of what cannot be read, nor of what still cannot after another try: it is asked for.
  const query = usePages(['channels', 'unreadable', state], (paging) => call(on.intake, { state, ...paging }), { refetchInterval: 5_000 });
  const { refetch } = query;
  const retry = useAction(async ({ id }: IntakeRecord) => {
    await call(on.retryIntake, { id });
    await refetch();
    notify({ title: t('unreadable.retried'), text: t('unreadable.retriedText') });
  });
  const dismiss = useAction(async ({ id }: IntakeRecord) => {
    setAsked(null);
    await call(on.dismissIntake, { id });
    await refetch();
    notify({ title: t('unreadable.dismissDone') });
  });
  return (
    <Page wide title={t('admin.unreadable')} intro={t('unreadable.intro')}>
      <Segmented
        label={t('unreadable.show')}
        value={state}
        onChange={setState}
        options={[
          { value: 'failed', label: t('unreadable.open') },
          { value: 'dismissed', label: t('unreadable.dismissed') },
        ]}
      />
      <ProblemBanner problem={retry.problem ?? dismiss.problem} />
      <Loaded query={query}>
        {({ items }) => {
          const none = state === 'failed' ? 'unreadable.none' : 'unreadable.noneDismissed';
          return items.length === 0 ? (
            <EmptyState icon={MailCheck} title={t(none)}>
              {t(`${none}Hint`)}
            </EmptyState>
          ) : (
            <>
              <ul aria-label={t('admin.unreadable')} className="flex flex-col gap-3">
                {items.map((item) => (
                  <Delivery key={item.id} item={item} onRetry={() => void retry.run(item)} onDismiss={() => setAsked(item)} />
                ))}
              </ul>
              <MorePages query={query} />
            </>
          );
        }}
      </Loaded>
      {asked && (
        <AlertDialog
          open
          title={t('unreadable.dismissTitle')}
          confirm={t('unreadable.dismissConfirm')}
          cancel={general('cancel')}
          onCancel={() => setAsked(null)}
          onConfirm={() => void dismiss.run(asked)}
        >
          {t('unreadable.dismissText')}
        </AlertDialog>
      )}
    </Page>
  );
}

function Delivery({ item, onRetry, onDismiss }: { item: IntakeRecord; onRetry: () => void; onDismiss: () => void }) {
  const t = useText('channels');
  const { full, size } = useFormats();
  const accounts = useQuery({ queryKey: ['channels', 'accounts'], queryFn: () => call(on.accounts, {}) });
  const account = accounts.data?.items.find(({ id }) => id === item.accountId);
  const at = full(item.receivedAt);
  const problem = item.problem ?? '';
  return (
    <li className="flex flex-wrap items-start gap-3 rounded-lg border border-line bg-surface p-4">
      <ChannelIcon channel={item.channel} />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-semibold">{account && !account.removed ? account.name : t('unreadable.goneAccount')}</p>
        <p className="text-xs text-muted">
          <time dateTime={item.receivedAt}>{at}</time> · {size(item.size)}
        </p>
        <p className="mt-1 max-w-prose">{t(`unreadable.why.${problem}`, { defaultValue: t('unreadable.why.format') })}</p>
        <p className="text-xs break-words text-muted">
          {t('unreadable.technical')}: <code className="font-mono">{problem}</code>
        </p>
        {!item.may.download && <p className="text-xs text-muted">{t('unreadable.notYours')}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button aria-label={t('unreadable.retryOf', { at })} onClick={onRetry}>
          {t('unreadable.retry')}
        </Button>
        {item.may.download && (
          <a
            href={addressOf(on.intakeRaw, { id: item.id })}
            download
            aria-label={t('unreadable.downloadOf', { at })}
            className={buttonClass('secondary')}
          >
            <Download aria-hidden="true" className="size-4" />
            {t('unreadable.download')}
          </a>
        )}
        {item.may.dismiss && item.state === 'failed' && (
          <Button look="ghost" aria-label={t('unreadable.dismissOf', { at })} onClick={onDismiss}>
            {t('unreadable.dismiss')}
          </Button>
        )}
      </div>
    </li>
  );
}
