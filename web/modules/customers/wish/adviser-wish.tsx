import { useState } from 'react';
import type { Customer } from '../../../../contract/customers.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Button } from '../../../ui/button.tsx';
import { PersonName, useRight } from '../../workspace/index.ts';
import { removeAdviserWish } from '../api.ts';
import { WishDialog } from './wish-dialog.tsx';

/** By whom the person would like to be served again, in their own words; noted, changed and removed here. */
export function AdviserWish({ customer: { id, adviserWish: wish } }: { customer: Customer }) {
  const t = useText('customers');
  const general = useText('platform');
  const { date } = useFormats();
  const mayChange = useRight('change_customer');
  const [isEdited, setIsEdited] = useState(false);
  return (
    <section aria-label={t('adviserWish.title')} className="flex flex-col items-start gap-2">
      <h2 className="font-semibold">{t('adviserWish.title')}</h2>
      {wish ? (
        <p className="min-w-0">
          <span className="font-medium">
            <PersonName id={wish.personId} />
          </span>
          <span dir="auto" className="block wrap-anywhere">
            {t('adviserWish.quote', { words: wish.words })}
          </span>
          <span className="block text-xs text-muted">
            <PersonName id={wish.notedBy} /> · {date(wish.at)}
          </span>
        </p>
      ) : (
        <p className="text-muted">{t('adviserWish.none')}</p>
      )}
      {mayChange && (
        <span className="flex flex-wrap gap-2">
          <Button onClick={() => setIsEdited(true)}>{t(wish ? 'adviserWish.change' : 'adviserWish.note')}</Button>
          {wish && (
            <Button onClick={() => void removeAdviserWish(id).catch(refused)}>{general('remove', { what: t('adviserWish.short') })}</Button>
          )}
        </span>
      )}
      {isEdited && <WishDialog customerId={id} wish={wish} onClose={() => setIsEdited(false)} />}
    </section>
  );
}
