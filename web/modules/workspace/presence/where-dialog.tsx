import { useState } from 'react';
import type { Location } from '../../../../contract/workspace.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { sayPresence } from './presence.ts';

/** What whoever works elsewhere looks at once a shift (specification S4-16). */
const checks = ['alone', 'screen', 'voices', 'paper', 'network'] as const;

/** Where one works today, once a day. It is not looked up: what one says counts. */
export function WhereDialog({ usual, onClose }: { usual: Location | null; onClose: () => void }) {
  const t = useText('workspace');
  const [where, setWhere] = useState<Location>(usual ?? 'office');
  const say = useAction(async () => {
    onClose();
    await sayPresence({ state: 'available', location: where });
  });
  return (
    <FormDialog title={t('where.title')} description={t('where.text')} action={say} confirm={t('where.confirm')} onClose={onClose}>
      <RadioGroup
        label={t('where.label')}
        value={where}
        onChange={setWhere}
        options={(['office', 'remote'] as const).map((value) => ({ value, label: t(`where.${value}`) }))}
      />
      {where === 'remote' && (
        <section aria-live="polite" className="rounded-md border border-line bg-sunken p-3">
          <h3 className="mb-1 font-medium">{t('where.checklist')}</h3>
          <ul className="list-disc pl-5">
            {checks.map((check) => (
              <li key={check}>{t(`where.check.${check}`)}</li>
            ))}
          </ul>
        </section>
      )}
    </FormDialog>
  );
}
