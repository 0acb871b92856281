import { useState } from 'react';
import type { DataSubject } from '../../../../contract/customers.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { eraseData, liftRestriction, restrictData } from '../api.ts';
import { nameOf } from '../name.ts';

export type Decision = 'restrict' | 'lift' | 'erase';
type Letters = 'keep' | 'erase';

const points: Record<Decision, readonly string[]> = {
  restrict: ['p1', 'p2', 'p3', 'p4'],
  lift: ['p1', 'p2', 'p3'],
  erase: ['p1', 'p2', 'p3'],
};

/** Says what will happen and what is kept, and asks for the reason. The lawful way is chosen beforehand: letters stay as long as the law demands. */
export function DecisionDialog({ what, subject, onClose }: { what: Decision; subject: DataSubject; onClose: () => void }) {
  const t = useText('customers');
  const [reason, setReason] = useState('');
  const onlyLetters = subject.lettersKeptUntil !== null;
  const [letters, setLetters] = useState<Letters>(onlyLetters ? 'erase' : 'keep');
  const act = useAction(async () => {
    if (what === 'restrict') await restrictData(subject.id, reason);
    else if (what === 'lift') await liftRestriction(subject.id, reason);
    else await eraseData(subject.id, reason, letters);
    notify({ title: t(`data.${what}.done`) });
    onClose();
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t(`data.${what}.title`, { name: nameOf(subject.displayName) })}
      action={act}
      confirm={t(`data.${what}.confirm`)}
      danger={what === 'erase'}
    >
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {points[what].map((point) => (
          <li key={point}>{t(`data.${what}.points.${point}`)}</li>
        ))}
      </ul>
      {what === 'erase' && !onlyLetters && (
        <RadioGroup
          label={t('data.erase.letters')}
          value={letters}
          onChange={setLetters}
          options={[
            { value: 'keep', label: t('data.erase.keep'), hint: t('data.erase.keepHint') },
            { value: 'erase', label: t('data.erase.drop'), hint: t('data.erase.dropHint') },
          ]}
        />
      )}
      {what === 'erase' && <Banner tone="warn">{t('data.erase.warn')}</Banner>}
      <Field label={t('data.reason')} hint={t('data.reasonHint')} error={act.fieldProblem('reason')}>
        <Input required minLength={5} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
