import { type FormEvent, useState } from 'react';
import type { Customer } from '../../../../contract/customers.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useChannels } from '../../channels/index.ts';
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
  const [channel, setChannel] = useState(customer.preferences.channel ?? 'none');
  const [quiet, setQuiet] = useState(customer.preferences.quietHours ?? { from: '', to: '' });
  const channels = useChannels();
  const save = useAction(async () => {
    await changeCustomer({
      id: customer.id,
      version: customer.version,
      ...(name === customer.displayName ? {} : { name }),
      ...(number === (customer.number ?? '') ? {} : { number: number || null }),
      salutation,
      preferences: {
        channel: channel === 'none' ? null : channel,
        quietHours: quiet.from && quiet.to ? quiet : null,
        deliveryWish: wish || null,
        accessibility,
      },
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
      <Field label={t('page.preferredChannel')}>
        <Select
          disabled={!mayChange}
          options={[
            { value: 'none', label: t('page.noChannel') },
            ...channels.map(({ id, label }) => ({ value: id, label: label[currentLanguage()] ?? id })),
          ]}
          value={channel}
          onChange={setChannel}
        />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <Field label={t('page.quietFrom')}>
          <Input
            type="time"
            disabled={!mayChange}
            value={quiet.from}
            onChange={(event) => setQuiet({ ...quiet, from: event.target.value })}
          />
        </Field>
        <Field label={t('page.quietTo')}>
          <Input type="time" disabled={!mayChange} value={quiet.to} onChange={(event) => setQuiet({ ...quiet, to: event.target.value })} />
        </Field>
      </div>
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
