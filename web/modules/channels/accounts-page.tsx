import { useQuery } from '@tanstack/react-query';
import ChevronDown from 'lucide-react/icons/chevron-down';
import Mailbox from 'lucide-react/icons/mailbox';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { type ChannelAccountRecord, type ChannelFacts, channelsEndpoints as on } from '../../../contract/channels.ts';
import { call } from '../../platform/api/call.ts';
import { useFormats } from '../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { AppLink } from '../../platform/router/link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AlertDialog } from '../../ui/overlay/alert-dialog.tsx';
import { Menu } from '../../ui/overlay/menu.tsx';
import { Page } from '../workspace/index.ts';
import { AccountDialog } from './components/account-dialog.tsx';
import { ChannelIcon, useChannels } from './components/channel-icon.tsx';
import { ChannelProblem } from './components/channel-problem.tsx';

type Edited = { channel: ChannelFacts; account: ChannelAccountRecord | null };

const usual = 'email';

export default function AccountsPage() {
  const t = useText('channels');
  const general = useText('platform');
  const language = currentLanguage();
  // What nearly everybody begins with comes first.
  const channels = useChannels().toSorted((a, b) => Number(b.id === usual) - Number(a.id === usual));
  const [first, ...others] = channels;
  const query = useQuery({ queryKey: ['channels', 'accounts'], queryFn: () => call(on.accounts, {}) });
  const { refetch } = query;
  const [edited, setEdited] = useState<Edited | null>(null);
  const [removed, setRemoved] = useState<ChannelAccountRecord | null>(null);
  const remove = async (account: ChannelAccountRecord): Promise<void> => {
    await call(on.removeAccount, { id: account.id });
    setRemoved(null);
    await refetch();
  };
  return (
    <Page
      title={t('admin.accounts')}
      intro={t('accounts.intro')}
      actions={
        <>
          {others.length > 0 && (
            <Menu
              align="end"
              trigger={<Button icon={ChevronDown}>{t('accounts.addOther')}</Button>}
              entries={others.map((channel) => ({ label: channel.label[language], onSelect: () => setEdited({ channel, account: null }) }))}
            />
          )}
          {first && (
            <Button look="primary" icon={Plus} onClick={() => setEdited({ channel: first, account: null })}>
              {t('accounts.add', { channel: first.label[language] })}
            </Button>
          )}
        </>
      }
    >
      <Unread />
      <Loaded query={query}>
        {({ items }) => {
          const accounts = items.filter((account) => !account.removed);
          return accounts.length === 0 ? (
            <EmptyState icon={Mailbox} title={t('accounts.none')}>
              {t('accounts.noneHint')}
            </EmptyState>
          ) : (
            <ul className="flex flex-col gap-3">
              {accounts.map((account) => (
                <li key={account.id} className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface p-4">
                  <ChannelIcon channel={account.channel} />
                  <div className="min-w-0 flex-1 basis-60">
                    <p className="font-semibold">{account.name}</p>
                    <p className="break-all text-muted">{account.address}</p>
                    <Health account={account} />
                  </div>
                  <Button
                    aria-label={t('accounts.edit', { name: account.name })}
                    onClick={() => {
                      const channel = channels.find(({ id }) => id === account.channel);
                      if (channel) setEdited({ channel, account });
                    }}
                  >
                    {general('edit')}
                  </Button>
                  <Button look="ghost" onClick={() => setRemoved(account)}>
                    {t('accounts.remove')}
                  </Button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {edited && (
        <AccountDialog channel={edited.channel} account={edited.account} onClose={() => setEdited(null)} onSaved={() => void refetch()} />
      )}
      {removed && (
        <AlertDialog
          open
          danger
          title={t('accounts.removeTitle', { name: removed.name })}
          confirm={t('accounts.remove')}
          cancel={general('cancel')}
          onCancel={() => setRemoved(null)}
          onConfirm={() => void remove(removed)}
        >
          {t('accounts.removeText')}
        </AlertDialog>
      )}
    </Page>
  );
}

/** Connections may be well and what came by them unreadable all the same. */
function Unread() {
  const t = useText('channels');
  const { data } = useQuery({
    queryKey: ['channels', 'unreadable', 'any'],
    queryFn: () => call(on.intake, { state: 'failed', limit: 1 }),
  });
  if (!data?.items.length) return null;
  return (
    <Banner
      tone="warn"
      action={
        <AppLink to="/administration/unreadable" className="underline">
          {t('unreadable.look')}
        </AppLink>
      }
    >
      {t('unreadable.waiting')}
    </Banner>
  );
}

function Health({ account }: { account: ChannelAccountRecord }) {
  const t = useText('channels');
  const { brief } = useFormats();
  const { ok, code, since } = account.health;
  // The service's own words are for whoever may change the account, so they come with its settings.
  const isUnwell = account.active && !ok && code !== null;
  const { data } = useQuery({
    queryKey: ['channels', 'account', account.id, account.version],
    queryFn: () => call(on.account, { id: account.id }),
    enabled: isUnwell,
  });
  return (
    <>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
        <Badge tone={!account.active ? 'neutral' : ok ? 'success' : 'danger'}>
          {!account.active ? t('accounts.off') : ok ? t('accounts.well') : t('accounts.unwell')}
        </Badge>
        {since && <span>{t('accounts.since', { at: brief(since) })}</span>}
      </p>
      {isUnwell && <ChannelProblem channel={account.channel} problem={{ code, text: data?.problemText }} className="mt-1 max-w-prose" />}
    </>
  );
}
