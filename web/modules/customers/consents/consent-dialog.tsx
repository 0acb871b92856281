import { useState } from 'react';
import type { Consent } from '../../../../contract/customers.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { recordConsent } from '../api.ts';
import { refreshCustomer } from '../use-customer.ts';
import { channels, lastTextVersion, purposes, useChannelName, usePurposeName } from './purposes.ts';

/** What a customer said about one purpose, and to which text. A withdrawal needs no text. */
export function ConsentDialog({
  customerId,
  consents,
  onClose,
}: {
  customerId: string;
  consents: readonly Consent[];
  onClose: () => void;
}) {
  const t = useText('customers');
  const general = useText('platform');
  const nameOf = usePurposeName();
  const channelOf = useChannelName();
  const [purpose, setPurpose] = useState<string | null>(null);
  const [state, setState] = useState<Consent['state']>('given');
  const [channel, setChannel] = useState<string>('phone');
  const [textVersion, setTextVersion] = useState('');
  const [evidence, setEvidence] = useState('');
  const needsText = state !== 'withdrawn';
  const record = useAction(async () => {
    if (!purpose) return;
    await recordConsent({
      id: customerId,
      purpose,
      state,
      channel,
      ...(textVersion.trim() ? { textVersion: textVersion.trim() } : {}),
      evidence: evidence.trim() || null,
    });
    void refreshCustomer(customerId);
    onClose();
    notify({ title: t(`consent.recorded.${state}`, { purpose: nameOf(purpose) }) });
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('consent.record')}
      description={t('consent.hint')}
      action={record}
      disabled={!purpose || (needsText && !textVersion.trim())}
    >
      <Field label={t('consent.purpose')}>
        <Select
          placeholder={t('consent.choosePurpose')}
          value={purpose}
          options={purposes.map((value) => ({ value, label: nameOf(value) }))}
          onChange={(next: string) => {
            setPurpose(next);
            setTextVersion(lastTextVersion(consents, next));
          }}
        />
      </Field>
      <RadioGroup
        label={t('consent.state')}
        value={state}
        onChange={setState}
        options={(['given', 'refused', 'withdrawn'] as const).map((value) => ({
          value,
          label: t(`consent.states.${value}`),
          hint: t(`consent.stateHints.${value}`),
        }))}
      />
      <Field
        label={t('consent.text')}
        hint={t('consent.textHint')}
        aside={needsText ? undefined : general('optional')}
        error={record.fieldProblem('textVersion')}
      >
        <Input required={needsText} maxLength={80} value={textVersion} onChange={(event) => setTextVersion(event.target.value)} />
      </Field>
      <Field label={t('consent.channel')}>
        <Select value={channel} options={channels.map((value) => ({ value, label: channelOf(value) }))} onChange={setChannel} />
      </Field>
      <Field label={t('consent.evidence')} hint={t('consent.evidenceHint')} aside={general('optional')}>
        <Input maxLength={300} value={evidence} onChange={(event) => setEvidence(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
