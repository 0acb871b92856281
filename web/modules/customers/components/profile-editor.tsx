import { type FormEvent, useState } from 'react';
import type { Customer } from '../../../../contract/customers.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useRight } from '../../workspace/index.ts';
import { changeCustomer } from '../api.ts';

export function ProfileEditor({ customer }: { customer: Customer }) {
  const t = useText('customers');
  const general = useText('platform');
  const mayChange = useRight('change_customer');
  const [name, setName] = useState(customer.displayName);
  const [number, setNumber] = useState(customer.number ?? '');
  const [salutation, setSalutation] = useState(customer.salutation);
  const [wish, setWish] = useState(customer.preferences.deliveryWish ?? '');
  const [accessibility, setAccessibility] = useState<string[]>([...customer.preferences.accessibility]);
  const save = useAction(async () => {
    await changeCustomer({
      id: customer.id,
      version: customer.version,
      ...(name === customer.displayName ? {} : { name }),
      ...(number === (customer.number ?? '') ? {} : { number: number || null }),
      salutation,
      preferences: { deliveryWish: wish || null, accessibility },
    });
    notify({ title: general('saved') });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <ProblemBanner problem={save.problem} className="sm:col-span-2" />
      {mayChange && customer.identities.some(({ verifiedAt }) => verifiedAt) && (
        <p className="text-muted sm:col-span-2">{t('caller.needed')}</p>
      )}
      <Field label={t('page.name')} error={save.fieldProblem('name')}>
        <Input required disabled={!mayChange} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('page.numberLabel')} error={save.fieldProblem('number')}>
        <Input disabled={!mayChange} value={number} onChange={(event) => setNumber(event.target.value)} />
      </Field>
      <Field label={t('salutation.label')}>
        <Select
          disabled={!mayChange}
          options={(['formal', 'informal', 'neutral', 'none'] as const).map((value) => ({ value, label: t(`salutation.${value}`) }))}
          value={salutation}
          onChange={setSalutation}
        />
      </Field>
      <Field label={t('page.wish')}>
        <Input disabled={!mayChange} value={wish} onChange={(event) => setWish(event.target.value)} />
      </Field>
      <Field label={t('page.accessibility')}>
        <TagInput values={accessibility} onChange={setAccessibility} removeLabel={(what) => general('remove', { what })} />
      </Field>
      {mayChange && (
        <div className="self-end">
          <Button type="submit" look="primary" busy={save.isBusy}>
            {general('save')}
          </Button>
        </div>
      )}
    </form>
  );
}
