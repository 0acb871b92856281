import type { UseQueryResult } from '@tanstack/react-query';
import type { OutputOf } from '../../../../contract/core.ts';
import { call } from '../../../platform/api/call.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { refused } from '../../../platform/refused.ts';
import { Button } from '../../../ui/button.tsx';
import { on } from '../api.ts';
import { browserName } from '../components/browser-name.ts';

/** The other browsers that are told, so that a telephone left behind can be silenced from here. */
export function OtherBrowsers({ query }: { query: UseQueryResult<OutputOf<typeof on.listPushSubscriptions>> }) {
  const t = useText('workspace');
  const { full } = useFormats();
  const remove = (id: string): Promise<unknown> =>
    call(on.removePushSubscription, { id })
      .catch(refused)
      .then(() => query.refetch());
  return (
    <Loaded query={query} lines={1}>
      {({ items }) => {
        const others = items.filter(({ current }) => !current);
        if (others.length === 0) return null;
        return (
          <section aria-labelledby="other-browsers">
            <h3 id="other-browsers" className="mb-1 font-medium">
              {t('news.others')}
            </h3>
            <ul>
              {others.map(({ id, userAgent, lastToldAt }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-2 last:border-0">
                  <span>
                    {browserName(userAgent)}{' '}
                    <span className="text-xs text-muted">
                      {lastToldAt ? t('news.lastTold', { at: full(lastToldAt) }) : t('news.neverTold')}
                    </span>
                  </span>
                  <Button small aria-label={t('news.removeIn', { browser: browserName(userAgent) })} onClick={() => void remove(id)}>
                    {t('news.remove')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        );
      }}
    </Loaded>
  );
}
