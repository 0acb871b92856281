import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import { useState } from 'react';
import type { Handover } from '../../../contract/cases.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { MorePages } from '../../platform/pages.tsx';
import { AppLink, useGo } from '../../platform/router/link.tsx';
import { useRecord } from '../../platform/store/use-records.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/form/segmented.tsx';
import { Page } from '../workspace/index.ts';
import { HandoverCard } from './components/handover-card.tsx';
import { useHandovers } from './waiting.ts';

/** What was handed over and nobody took yet: the brief is read and answered here, before anything else of the case is open. */
export default function HandoversPage() {
  const t = useText('cases');
  const [which, setWhich] = useState<'toMe' | 'fromMe'>('toMe');
  const query = useHandovers(which);
  return (
    <Page title={t('handovers.page')} intro={t('handovers.intro')}>
      <Segmented
        label={t('handovers.which')}
        value={which}
        onChange={setWhich}
        options={[
          { value: 'toMe', label: t('handovers.toMe') },
          { value: 'fromMe', label: t('handovers.fromMe') },
        ]}
      />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={ArrowRightLeft} title={t(`handovers.nothing.${which}`)}>
              {t(`handovers.nothingHint.${which}`)}
            </EmptyState>
          ) : (
            <>
              <ul className="flex flex-col gap-4">
                {items.map((handover) => (
                  <li key={handover.id}>
                    <Waiting listed={handover} isMine={which === 'toMe'} />
                  </li>
                ))}
              </ul>
              <MorePages query={query} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Waiting({ listed, isMine }: { listed: Handover; isMine: boolean }) {
  const t = useText('cases');
  const go = useGo();
  const handover = useRecord<Handover>('handover', listed.id) ?? listed;
  const place = handover.conversationId ? `/inbox/mine/${handover.conversationId}` : `/cases/${handover.caseId}`;
  // Until the brief is read, the case may be closed to whom it is given to through their team.
  const isOpen = !isMine || handover.state === 'read' || handover.to.personId !== null;
  return (
    <>
      <HandoverCard handover={handover} onAccepted={() => go(place)} />
      {isOpen && (
        <AppLink to={`/cases/${handover.caseId}`} className="mt-1 inline-block text-accent-text underline">
          {t('handovers.openCase')}
        </AppLink>
      )}
    </>
  );
}
