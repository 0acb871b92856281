import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { formatsFor } from '../../../platform/i18n/format.ts';
import { currentLanguage, textOf } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { tellNews, useRight } from '../../workspace/index.ts';
import { promisesOf } from '../api.ts';
import { isTimeToTell } from './due.ts';
import { promisesKey } from '../waiting.ts';

/** Says once, in time, that a promise of one's own comes due. */
export function useDuePromises(go: (path: string) => void): void {
  const now = useNow();
  const { data } = useQuery({
    queryKey: [...promisesKey, 'mine'],
    queryFn: () => promisesOf({ owner: 'me', state: 'open' }, { limit: 50 }),
    enabled: useRight('read_case'),
  });
  useEffect(() => {
    for (const { statement, caseSubject } of data?.items ?? []) {
      const { id, dueTo, caseId } = statement;
      if (!dueTo || !isTimeToTell(statement, now) || !isNews(`${id} ${dueTo}`)) continue;
      const t = textOf('cases');
      const { when } = formatsFor(currentLanguage() === 'en' ? 'en-GB' : 'de-DE');
      const path = `/cases/${caseId}`;
      notify({
        title: t('promises.soon', { at: when(dueTo, now) }),
        text: `${caseSubject}: ${statement.text}`.slice(0, 140),
        milliseconds: 15_000,
        action: { label: t('handover.look'), run: () => go(path) },
      });
      void tellNews('promise', { id, path, at: dueTo });
    }
  }, [data, now, go]);
}

const place = 'nahbar.told';

/** Whether this tab has not said it yet; a reload does not say it again. */
function isNews(what: string): boolean {
  const told = (sessionStorage.getItem(place) ?? '').split('\n');
  if (told.includes(what)) return false;
  sessionStorage.setItem(place, [...told, what].slice(-100).join('\n'));
  return true;
}
