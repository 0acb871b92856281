import FolderOpen from 'lucide-react/icons/folder-open';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { MorePages, usePages } from '../../../platform/pages.tsx';
import { AppLink } from '../../../platform/router/link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

/** Every concern this person ever had, the latest first. Reads through the contract, because the room of cases lies above this one. */
export function CaseList({ customerId }: { customerId: string }) {
  const t = useText('customers');
  const { brief } = useFormats();
  const query = usePages(['customers', customerId, 'all-cases'], (paging) => call(caseEndpoints.ofCustomer, { id: customerId, ...paging }));
  return (
    <Loaded query={query}>
      {(data) =>
        data.items.length + data.locked.length === 0 ? (
          <EmptyState icon={FolderOpen} title={t('page.noCases')} />
        ) : (
          <>
            <ol className="border-l-2 border-line pl-5">
              {data.items.map((kase) => (
                <li key={kase.id} className="relative pb-5">
                  <span
                    aria-hidden="true"
                    className="absolute top-1.5 -left-[1.6875rem] size-3 rounded-full border-2 border-bg bg-line-strong"
                  />
                  <p className="text-xs text-muted">{brief(kase.lastActivityAt)}</p>
                  <AppLink to={`/cases/${kase.id}`} className="font-medium hover:underline">
                    {kase.subject || t('noSubject')}
                  </AppLink>
                  <p className="text-muted">{kase.number}</p>
                  {kase.resolution && <p className="mt-1">{kase.resolution.summary}</p>}
                </li>
              ))}
              {data.locked.map((kase) => (
                <li key={kase.id} className="pb-3 text-muted">
                  {t('panel.lockedCase', { number: kase.number })}
                </li>
              ))}
            </ol>
            <MorePages query={query} />
          </>
        )
      }
    </Loaded>
  );
}
