import { useQuery } from '@tanstack/react-query';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AppLink } from '../../../platform/router/link.tsx';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useChannelName } from '../../channels/index.ts';
import { usePerson } from '../../workspace/index.ts';
import { CallerLevel } from '../caller/caller-level.tsx';
import { ConsentPart } from '../consents/consent-part.tsx';
import { KnownElsewhere } from '../known/known-facts.tsx';
import { nameOf } from '../name.ts';
import { useCustomer, useStory } from '../use-customer.ts';
import { IdentityList } from './identity-list.tsx';
import { Notes } from './notes.tsx';

/** The customer beside a conversation: who, how known, how they like it, and their other concerns. */
export function CustomerPanel({
  customerId,
  caseId,
  conversationId,
}: {
  customerId: string;
  caseId: string | null;
  conversationId: string;
}) {
  const t = useText('customers');
  const general = useText('platform');
  const { date } = useFormats();
  const { customer, error } = useCustomer(customerId);
  useStory(customer?.id);
  const channelName = useChannelName(customer?.preferences.channel ?? '');
  const adviser = usePerson(customer?.adviserWish?.personId);
  if (!customer)
    return error ? <p className="p-4 text-muted">{t('panel.notReadable')}</p> : <Skeleton label={general('loading')} lines={4} />;
  const { preferences } = customer;
  const wishes = [
    adviser && t('preferences.adviser', { name: adviser.name }),
    preferences.channel && t('preferences.channel', { channel: channelName }),
    preferences.quietHours && t('preferences.quiet', preferences.quietHours),
    preferences.deliveryWish,
    ...preferences.accessibility,
  ].filter(Boolean);
  return (
    <section aria-label={t('panel.label')} className="flex flex-col gap-3 px-4 py-3">
      <header className="flex items-center gap-3">
        <Avatar decorative name={nameOf(customer.displayName)} seed={customer.id} />
        <div className="min-w-0">
          <h2 dir="auto" className="truncate text-left text-base font-semibold" title={nameOf(customer.displayName)}>
            <AppLink to={`/customers/${customer.id}`} className="hover:underline">
              {nameOf(customer.displayName)}
            </AppLink>
          </h2>
          <p className="text-xs text-muted">
            {customer.number && t('panel.number', { number: customer.number })}
            {customer.since && ` · ${t('panel.since', { date: date(customer.since) })}`}
          </p>
        </div>
      </header>
      {customer.status !== 'active' && <Badge tone="warn">{t(`status.${customer.status}`)}</Badge>}
      <IdentityList inPane identities={customer.identities} />
      <CallerLevel inPane customer={customer} conversationId={conversationId} />
      {(wishes.length > 0 || customer.salutation !== 'none') && (
        <dl className="pane-lines">
          {customer.salutation !== 'none' && (
            <>
              <dt>{t('salutation.label')}</dt>
              <dd>{t(`salutation.${customer.salutation}`)}</dd>
            </>
          )}
          {wishes.length > 0 && (
            <>
              <dt>{t('panel.wishes')}</dt>
              <dd className="flex flex-wrap gap-1">
                {wishes.map((wish) => (
                  <Badge key={String(wish)} tone="info">
                    {wish}
                  </Badge>
                ))}
              </dd>
            </>
          )}
        </dl>
      )}
      <KnownElsewhere customer={customer} caseId={caseId} />
      <OtherCases customerId={customer.id} caseId={caseId} />
      <ConsentPart customerId={customer.id} />
      <div>
        <h3 className="mb-1 font-semibold">{t('notes.title')}</h3>
        <Notes customerId={customer.id} />
      </div>
    </section>
  );
}

/** Reads through the contract: the room of cases lies above this one. */
function OtherCases({ customerId, caseId }: { customerId: string; caseId: string | null }) {
  const t = useText('customers');
  const { brief } = useFormats();
  const { data } = useQuery({
    queryKey: ['customers', customerId, 'cases'],
    queryFn: () => call(caseEndpoints.ofCustomer, { id: customerId, limit: 10 }),
  });
  const others = (data?.items ?? []).filter(({ id }) => id !== caseId);
  const locked = data?.locked ?? [];
  if (others.length + locked.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-semibold">{t('panel.otherCases')}</h3>
      <ul className="flex flex-col">
        {others.slice(0, 6).map((kase) => (
          <li key={kase.id}>
            <AppLink to={`/cases/${kase.id}`} className="flex min-h-7 items-center gap-2 rounded-sm hover:bg-hover">
              <span className="truncate">{kase.subject}</span>
              <span className="ml-auto shrink-0 text-xs text-muted">{brief(kase.lastActivityAt)}</span>
            </AppLink>
          </li>
        ))}
        {locked.map((kase) => (
          <li key={kase.id} className="text-muted">
            {t('panel.lockedCase', { number: kase.number })}
          </li>
        ))}
      </ul>
    </div>
  );
}
