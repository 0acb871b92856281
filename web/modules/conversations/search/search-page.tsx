import MailSearch from 'lucide-react/icons/mail-search';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { filterNames, readSearch } from '../../../../contract/search.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { MorePages, usePages } from '../../../platform/pages.tsx';
import { useGo, useQueryParam } from '../../../platform/router/link.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/form/segmented.tsx';
import { walkLinks } from '../../../ui/list/walk.ts';
import { CustomersFound } from '../../customers/index.ts';
import { Page } from '../../workspace/index.ts';
import { searchMessages } from '../api.ts';
import { hitsByConversation } from './hits.ts';
import { Hits } from './hits-list.tsx';
import { SearchField } from './search-field.tsx';

type Order = 'best' | 'newest';
/** So long after the last letter the server is asked. */
const restMilliseconds = 180;

/** Everything that was ever written, by its words; the address holds the search, so that it can be kept and passed on. */
export default function SearchPage() {
  const t = useText('conversations');
  const go = useGo();
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const asked = useQueryParam('q') ?? '';
  const order: Order = useQueryParam('order') === 'newest' ? 'newest' : 'best';
  const [typed, setTyped] = useState(asked);
  const [settled, setSettled] = useState(asked.trim());
  /** Down was pressed: to the first of what is found for what is typed by now, which may still be on its way. */
  const [isGoingDown, setIsGoingDown] = useState(false);
  const goTo = (q: string, sort: Order): void =>
    go(`/search?${new URLSearchParams({ ...(q && { q }), ...(sort === 'newest' && { order: sort }) })}`, { replace: true });
  const type = (text: string): void => {
    setTyped(text);
    setIsGoingDown(false);
    // At once, so that whoever leaves comes back to it.
    goTo(text.trim(), order);
  };
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed.trim()), restMilliseconds);
    return () => clearTimeout(timer);
  }, [typed]);

  /** Down and up through what was found; up from the first leads back to the field. */
  const walk = (event: KeyboardEvent): void => walkLinks(event, results.current, () => field.current?.focus());
  return (
    <Page wide title={t('search.title')} intro={t('search.intro')}>
      <SearchField field={field} typed={typed} onType={type} onDown={() => setIsGoingDown(true)} />
      <div ref={results} className="flex flex-col gap-3">
        <CustomersFound q={settled.length >= 2 ? namedIn(settled) : ''} onKeyDown={walk} />
        {settled.length >= 2 ? (
          <Results
            q={settled}
            order={order}
            onOrder={(next) => goTo(typed.trim(), next)}
            onWalk={walk}
            onShown={
              isGoingDown && settled === typed.trim()
                ? () => {
                    results.current?.querySelector('a')?.focus();
                    setIsGoingDown(false);
                  }
                : undefined
            }
          />
        ) : (
          <Advice />
        )}
      </div>
    </Page>
  );
}

/** What of a search may name somebody: all of it, or its words where it has filters. */
function namedIn(typed: string): string {
  const { words, phrases, without, filters, wrong } = readSearch(typed);
  const isPlain = phrases.length + without.length + wrong.length + Object.keys(filters).length === 0;
  return isPlain ? typed : [...words, ...phrases].join(' ');
}

interface ResultsProps {
  q: string;
  order: Order;
  onOrder: (order: Order) => void;
  onWalk: (event: KeyboardEvent) => void;
  /** Called once what is shown is what was found for `q`. */
  onShown: (() => void) | undefined;
}

function Results({ q, order, onOrder, onWalk, onShown }: ResultsProps) {
  const t = useText('conversations');
  const query = usePages(['conversations', 'search', q, order], (paging) => searchMessages(q, { ...paging, order }), {
    limit: 30,
    keeps: true,
  });
  const language = currentLanguage() === 'en' ? 'en' : 'de';
  const isShown = query.isSuccess && !query.isPlaceholderData;
  useEffect(() => {
    if (isShown) onShown?.();
  }, [isShown, onShown]);
  return (
    <Loaded query={query} lines={6}>
      {(data) => {
        const hits = hitsByConversation(data.items);
        return (
          <>
            {data.wrong.map(({ filter, value }) => (
              <Banner key={filter} live tone="warn">
                {t('search.wrong', { filter: `${filterNames[filter][language]}:${value}`, help: t(`search.values.${filter}`) })}
              </Banner>
            ))}
            <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
              <p role="status" className="min-w-0 flex-1 text-muted">
                {hits.length > 0 && t(query.hasNextPage ? 'search.countMore' : 'search.count', { count: hits.length })}
                {data.loosened && ` ${t('search.loosened')}`}
                {data.resembling.map((word) => ` ${t('search.resembling', { word })}`)}
                {order === 'best' && data.order === 'newest' && hits.length > 0 && ` ${t('search.common')}`}
              </p>
              <Segmented
                label={t('search.order')}
                value={order}
                onChange={onOrder}
                options={[
                  { value: 'best', label: t('search.best') },
                  { value: 'newest', label: t('search.newest') },
                ]}
              />
            </div>
            {hits.length > 0 ? (
              <Hits hits={hits} onWalk={onWalk} />
            ) : (
              !query.hasNextPage && (
                <EmptyState icon={MailSearch} title={t('search.empty')}>
                  {t('search.emptyHelp')}
                </EmptyState>
              )
            )}
            <MorePages query={query} />
          </>
        );
      }}
    </Loaded>
  );
}

/** What one can type, before anything is. */
function Advice() {
  const t = useText('conversations');
  const examples = ['words', 'phrase', 'without', 'filters'] as const;
  return (
    <dl className="grid max-w-3xl grid-cols-[auto_1fr] gap-x-6 gap-y-3 max-sm:grid-cols-1 max-sm:gap-y-1">
      {examples.map((example) => (
        <div key={example} className="contents">
          <dt className="font-mono text-xs leading-5 max-sm:mt-2">{t(`search.examples.${example}`)}</dt>
          <dd className="text-muted">{t(`search.explained.${example}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
