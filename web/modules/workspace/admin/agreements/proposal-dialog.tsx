import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type GatedFeature, gatedFeatures } from '../../../../../contract/workspace.ts';
import { call } from '../../../../platform/api/call.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { FormDialog } from '../../../../platform/form-dialog.tsx';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { queries } from '../../../../platform/realtime/live.ts';
import { Checkbox } from '../../../../ui/form/checkbox.tsx';
import { DateTimeInput } from '../../../../ui/form/date-time-input.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { RadioGroup } from '../../../../ui/form/radio.tsx';
import { Textarea } from '../../../../ui/form/textarea.tsx';
import { on } from '../../api.ts';
import { sitesQuery } from '../sites-query.ts';
import { agreementsKey } from './agreements-query.ts';

const texts = ['purpose', 'gdprBasis', 'necessity'] as const;

/** Enters what was agreed; it allows nothing until somebody else has signed it. */
export function ProposalDialog({ onClose }: { onClose: () => void }) {
  const t = useText('workspace');
  const { data } = useQuery(sitesQuery);
  const [kind, setKind] = useState<'agreement' | 'policy'>('agreement');
  const [title, setTitle] = useState('');
  const [features, setFeatures] = useState<readonly GatedFeature[]>(gatedFeatures);
  const [siteIds, setSiteIds] = useState<readonly string[]>([]);
  const [said, setSaid] = useState({ purpose: '', gdprBasis: '', necessity: '' });
  const [validFrom, setFrom] = useState<string | null>(() => new Date().toISOString());
  const [validTo, setTo] = useState<string | null>(null);
  const save = useAction(async () => {
    await call(on.proposeAgreement, {
      kind,
      title,
      features: [...features],
      siteIds: [...siteIds],
      ...said,
      validFrom: validFrom ?? new Date().toISOString(),
      validTo,
    });
    await queries.invalidateQueries({ queryKey: agreementsKey });
    onClose();
  });
  return (
    <FormDialog
      wide
      title={t('agreements.add')}
      description={t('agreements.addHint')}
      action={save}
      confirm={t('agreements.enter')}
      onClose={onClose}
    >
      <RadioGroup
        label={t('agreements.kindLabel')}
        value={kind}
        onChange={setKind}
        options={(['agreement', 'policy'] as const).map((value) => ({
          value,
          label: t(`agreements.kind.${value}`),
          hint: t(`agreements.kindHint.${value}`),
        }))}
      />
      <Field label={t('agreements.title')} error={save.fieldProblem('title')}>
        <Input required maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <fieldset>
        <legend className="font-medium">{t('agreements.allows')}</legend>
        {gatedFeatures.map((feature) => (
          <Checkbox
            key={feature}
            label={t(`agreements.feature.${feature}`)}
            checked={features.includes(feature)}
            onChange={(checked) => setFeatures(gatedFeatures.filter((one) => (one === feature ? checked : features.includes(one))))}
          />
        ))}
        {save.fieldProblem('features') && <p className="text-bad-text">{save.fieldProblem('features')}</p>}
      </fieldset>
      {texts.map((name) => (
        <Field
          key={name}
          label={t(`agreements.${name === 'gdprBasis' ? 'basis' : name}`)}
          hint={t(`agreements.${name}Hint`)}
          error={save.fieldProblem(name)}
        >
          <Textarea
            required
            minLength={20}
            maxLength={4_000}
            value={said[name]}
            onChange={(event) => setSaid({ ...said, [name]: event.target.value })}
          />
        </Field>
      ))}
      <fieldset>
        <legend className="font-medium">{t('agreements.sites')}</legend>
        <p className="text-xs text-muted">{t('agreements.sitesHint')}</p>
        {data?.items.map((site) => (
          <Checkbox
            key={site.id}
            label={site.name}
            checked={siteIds.includes(site.id)}
            onChange={(checked) => setSiteIds(checked ? [...siteIds, site.id] : siteIds.filter((one) => one !== site.id))}
          />
        ))}
      </fieldset>
      <div className="flex flex-wrap gap-4">
        <Field label={t('agreements.validFrom')} error={save.fieldProblem('validFrom')}>
          <DateTimeInput required value={validFrom} onChange={setFrom} />
        </Field>
        <Field label={t('agreements.validTo')} hint={t('agreements.validToHint')} error={save.fieldProblem('validTo')}>
          <DateTimeInput value={validTo} onChange={setTo} />
        </Field>
      </div>
    </FormDialog>
  );
}
