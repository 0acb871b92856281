import Plus from 'lucide-react/icons/plus';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import type { Consent } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Table } from '../../../ui/list/table.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { PersonName, useRight } from '../../workspace/index.ts';
import { useConsents } from '../use-customer.ts';
import { ConsentDialog } from './consent-dialog.tsx';
import { ConsentList, tones } from './consent-list.tsx';
import { useChannelName, usePurposeName } from './purposes.ts';

/** What holds now, and everything that was ever said. */
export function Consents({ customerId }: { customerId: string }) {
  const t = useText('customers');
  const general = useText('platform');
  const { consents, error, retry } = useConsents(customerId);
  const mayRecord = useRight('internal_note');
  const [isRecording, setIsRecording] = useState(false);
  if (!consents && error)
    return (
      <EmptyState title={problemText(error).title} action={<Button onClick={retry}>{general('retry')}</Button>}>
        {problemText(error).help}
      </EmptyState>
    );
  if (!consents) return <Skeleton label={general('loading')} />;
  const record = mayRecord && (
    <Button icon={Plus} onClick={() => setIsRecording(true)}>
      {t('consent.record')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-5">
      {consents.length === 0 ? (
        <EmptyState icon={ShieldCheck} title={t('consent.none')} action={record}>
          {t('consent.noneHint')}
        </EmptyState>
      ) : (
        <>
          <section aria-label={t('consent.now')} className="rounded-lg border border-line bg-surface px-4 py-3">
            <header className="mb-1 flex flex-wrap items-center justify-between gap-2">
              <h2 className="font-semibold">{t('consent.now')}</h2>
              {record}
            </header>
            <ConsentList customerId={customerId} consents={consents} />
          </section>
          <section aria-label={t('consent.history')}>
            <h2 className="mb-2 font-semibold">{t('consent.history')}</h2>
            <History consents={consents} />
          </section>
        </>
      )}
      {isRecording && <ConsentDialog customerId={customerId} consents={consents} onClose={() => setIsRecording(false)} />}
    </div>
  );
}

function History({ consents }: { consents: readonly Consent[] }) {
  const t = useText('customers');
  const { date, time } = useFormats();
  const nameOf = usePurposeName();
  const channelOf = useChannelName();
  return (
    <Table<Consent>
      caption={t('consent.history')}
      rows={consents}
      keyOf={(consent) => consent.id}
      columns={[
        {
          id: 'at',
          label: t('consent.at'),
          cell: (consent) => (
            <>
              <time dateTime={consent.at} className="whitespace-nowrap">{`${date(consent.at)}, ${time(consent.at)}`}</time>
              {consent.byPersonId && (
                <span className="block text-xs text-muted">
                  <PersonName id={consent.byPersonId} />
                </span>
              )}
            </>
          ),
        },
        { id: 'purpose', label: t('consent.purpose'), cell: (consent) => nameOf(consent.purpose) },
        {
          id: 'state',
          label: t('consent.state'),
          cell: (consent) => <Badge tone={tones[consent.state]}>{t(`consent.states.${consent.state}`)}</Badge>,
        },
        { id: 'text', label: t('consent.text'), cell: (consent) => (consent.textVersion === 'none' ? '–' : consent.textVersion) },
        {
          id: 'channel',
          label: t('consent.channel'),
          cell: (consent) => (
            <>
              {channelOf(consent.channel)}
              {consent.evidence && <span className="block text-xs text-muted">{consent.evidence}</span>}
            </>
          ),
        },
      ]}
    />
  );
}
