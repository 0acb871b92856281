import { isProblem } from '../../platform/api/problem.ts';
import { useText } from '../../platform/i18n/i18n.ts';
import { problemText } from '../../platform/i18n/problem-text.ts';
import { AppLink, useGo, usePathParam, useQueryParam } from '../../platform/router/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { LastOrder } from '../orders/index.ts';
import { Page, useRight } from '../workspace/index.ts';
import { CallerLevel } from './caller/caller-level.tsx';
import { AccessForm } from './components/access-form.tsx';
import { CaseList } from './components/case-list.tsx';
import { CustomerHead } from './components/customer-head.tsx';
import { IdentityEditor } from './components/identity-editor.tsx';
import { Notes } from './components/notes.tsx';
import { ProfileEditor } from './components/profile-editor.tsx';
import { Consents } from './consents/consents.tsx';
import { KnownFacts } from './known/known-facts.tsx';
import { OpenPromises } from './known/open-promises.tsx';
import { MergePart } from './merge/merge-part.tsx';
import { nameOf } from './name.ts';
import { TimelinePart } from './timeline/timeline-part.tsx';
import { useCustomer, useStory } from './use-customer.ts';
import { AdviserWish } from './wish/adviser-wish.tsx';

export default function CustomerPage() {
  const t = useText('customers');
  const general = useText('platform');
  const id = usePathParam('customerId') ?? '';
  const mayMerge = useRight('merge_customer');
  const decidesAboutData = useRight('data_request', 'A');
  const { customer, error, retry } = useCustomer(id);
  useStory(customer?.id);
  const go = useGo();
  const tab = useQueryParam('tab') ?? 'timeline';
  const setTab = (next: string): void => go(`/customers/${id}?tab=${next}`, { replace: true });
  if (!customer && isProblem(error, 'core.not_found', 'core.forbidden')) return <AccessForm customerId={id} onOpened={retry} />;
  if (!customer && error)
    return <EmptyState title={problemText(error).title} action={<Button onClick={retry}>{general('retry')}</Button>} />;
  if (!customer) return <Skeleton label={general('loading')} lines={8} />;
  return (
    <Page
      wide
      title={nameOf(customer.displayName)}
      intro={<CustomerHead customer={customer} />}
      actions={
        <>
          {mayMerge && <Button onClick={() => setTab('merge')}>{t('merge.start')}</Button>}
          {decidesAboutData && (
            <AppLink
              to={`/administration/data-requests?${new URLSearchParams({ q: customer.number ?? customer.displayName }).toString()}`}
              className={buttonClass()}
            >
              {t('data.open')}
            </AppLink>
          )}
        </>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <OpenPromises customerId={customer.id} />
          <LastOrder customerId={customer.id} />
          <CallerLevel customer={customer} />
        </div>
        <KnownFacts customer={customer} />
      </div>
      <Tabs
        label={nameOf(customer.displayName)}
        value={tab}
        onChange={setTab}
        parts={[
          { id: 'timeline', label: t('page.timeline'), content: <TimelinePart customerId={customer.id} /> },
          { id: 'cases', label: t('page.cases'), content: <CaseList customerId={customer.id} /> },
          {
            id: 'profile',
            label: t('page.profile'),
            content: (
              <div className="flex flex-col gap-6">
                <ProfileEditor key={customer.version} customer={customer} />
                <AdviserWish customer={customer} />
                <IdentityEditor customer={customer} />
              </div>
            ),
          },
          { id: 'notes', label: t('notes.title'), content: <Notes customerId={customer.id} /> },
          { id: 'consents', label: t('page.consents'), content: <Consents customerId={customer.id} /> },
          ...(mayMerge ? [{ id: 'merge', label: t('page.merge'), content: <MergePart customer={customer} /> }] : []),
        ]}
      />
    </Page>
  );
}
