import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useRight } from '../../workspace/index.ts';
import { useConsents } from '../use-customer.ts';
import { ConsentDialog } from './consent-dialog.tsx';
import { ConsentList } from './consent-list.tsx';

/** What this person allowed, beside a conversation: withdrawing is one press from here. */
export function ConsentPart({ customerId }: { customerId: string }) {
  const t = useText('customers');
  const general = useText('platform');
  const { consents, error, retry } = useConsents(customerId);
  const mayRecord = useRight('internal_note');
  const [isRecording, setIsRecording] = useState(false);
  return (
    <section aria-label={t('page.consents')}>
      <header className="flex items-center justify-between">
        <h3 className="font-semibold">{t('page.consents')}</h3>
        {mayRecord && consents && <IconButton small icon={Plus} label={t('consent.record')} onClick={() => setIsRecording(true)} />}
      </header>
      {consents ? (
        <ConsentList customerId={customerId} consents={consents} />
      ) : error ? (
        <p className="flex flex-wrap items-center gap-2 text-muted">
          {t('consent.notRead')}
          <Button small onClick={retry}>
            {general('retry')}
          </Button>
        </p>
      ) : (
        <Skeleton label={general('loading')} lines={2} />
      )}
      {isRecording && consents && <ConsentDialog customerId={customerId} consents={consents} onClose={() => setIsRecording(false)} />}
    </section>
  );
}
