import History from 'lucide-react/icons/history';
import { type KeyboardEvent, useRef } from 'react';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { MorePages, usePages } from '../../../platform/pages.tsx';
import { AppLink, useGo, useQueryParam } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { walkLinks } from '../../../ui/list/walk.ts';
import { useChannels } from '../../channels/index.ts';
import { useCasesOf } from '../use-customer.ts';
import { type DayOfMoments, dayOf, daysOf } from './days.ts';
import { Moment } from './moment.tsx';

/**
 * Everything that was ever said with this person and what became of it, over all channels and concerns, newest first. Filters stand in the address. Reads
 * through the contract, because the rooms of cases and conversations lie above this one.
 */
export function TimelinePart({ customerId }: { customerId: string }) {
  const t = useText('customers');
  const list = useRef<HTMLDivElement>(null);
  const channel = useQueryParam('channel') ?? '';
  const caseId = useQueryParam('case') ?? '';
  const query = usePages(
    ['customers', customerId, 'timeline', channel, caseId],
    (paging) =>
      call(caseEndpoints.timelineOfCustomer, { id: customerId, ...paging, ...(channel && { channel }), ...(caseId && { caseId }) }),
    { limit: 40 },
  );
  return (
    <div className="flex flex-col gap-3">
      <Filters customerId={customerId} channel={channel} caseId={caseId} />
      <Loaded query={query} lines={6}>
        {({ items }) => (
          <>
            <p role="status" className="sr-only">
              {items.length > 0 && t(query.hasNextPage ? 'timeline.countMore' : 'timeline.count', { count: items.length })}
            </p>
            {items.length === 0 && !query.hasNextPage ? (
              <EmptyState icon={History} title={t(channel || caseId ? 'timeline.noneFound' : 'timeline.none')} />
            ) : (
              <div ref={list} className="flex flex-col gap-5">
                {daysOf(items).map((day) => (
                  <Day key={day.day} {...day} onWalk={(event) => walkLinks(event, list.current)} />
                ))}
              </div>
            )}
            <MorePages query={query} inSight />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Day({ day, parts, onWalk }: DayOfMoments & { onWalk: (event: KeyboardEvent) => void }) {
  const t = useText('customers');
  const name = useDayName()(day);
  return (
    <section aria-label={name}>
      <h2 className="mb-2 text-xs font-semibold text-muted">{name}</h2>
      <div className="flex flex-col gap-3">
        {parts.map(({ kase, moments }) => (
          <div key={moments[0]?.id} className="flex min-w-0 flex-col gap-1.5">
            {kase && (
              <p className="min-w-0 truncate text-xs text-muted">
                <AppLink to={`/cases/${kase.id}`} onKeyDown={onWalk} className="hover:underline">
                  {kase.number} · <bdi>{kase.subject || t('noSubject')}</bdi>
                </AppLink>
              </p>
            )}
            <ol className="flex flex-col gap-1.5">
              {moments.map((moment) => (
                <li key={moment.id}>
                  <Moment moment={moment} onWalk={onWalk} />
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}

/** "heute", "gestern", else the weekday and the date in full. */
function useDayName(): (day: string) => string {
  const t = useText('customers');
  const now = useNow();
  const { date } = useFormats();
  const weekday = new Intl.DateTimeFormat(currentLanguage() === 'en' ? 'en-GB' : 'de-DE', { weekday: 'long', timeZone: 'UTC' });
  return (day) => {
    if (day === dayOf(now)) return t('timeline.today');
    if (day === dayOf(now - 86_400_000)) return t('timeline.yesterday');
    const noon = Date.parse(`${day}T12:00:00Z`);
    return `${weekday.format(noon)}, ${date(noon)}`;
  };
}

function Filters({ customerId, channel, caseId }: { customerId: string; channel: string; caseId: string }) {
  const t = useText('customers');
  const go = useGo();
  const language = currentLanguage();
  const channels = useChannels();
  const cases = useCasesOf(customerId, 100);
  const set = (next: { channel?: string; case?: string }): void => {
    const wanted = { channel, case: caseId, ...next };
    const kept = Object.entries(wanted).filter(([, value]) => value && value !== 'all');
    go(`/customers/${customerId}?${new URLSearchParams([['tab', 'timeline'], ...kept])}`, { replace: true });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label={t('timeline.channel')}
        className="w-48"
        value={channel || 'all'}
        onChange={(value) => set({ channel: value })}
        options={[
          { value: 'all', label: t('timeline.allChannels') },
          ...channels.map(({ id, label }) => ({ value: id, label: label[language] ?? id })),
        ]}
      />
      <Select
        label={t('timeline.case')}
        className="w-72 max-w-full"
        value={caseId || 'all'}
        onChange={(value) => set({ case: value })}
        options={[
          { value: 'all', label: t('timeline.allCases') },
          ...cases.map(({ id, number, subject }) => ({ value: id, label: `${number} · ${subject || t('noSubject')}` })),
        ]}
      />
      {(channel || caseId) && (
        <Button look="ghost" onClick={() => set({ channel: '', case: '' })}>
          {t('timeline.showAll')}
        </Button>
      )}
    </div>
  );
}
