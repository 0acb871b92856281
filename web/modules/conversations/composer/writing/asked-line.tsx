import { useText } from '../../../../platform/i18n/i18n.ts';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';

/** What the customer is asked for, where no question says so: with it the time for the solution rests. */
export function AskedLine({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText('conversations');
  return (
    <Field label={t('asked.label')} hint={t('asked.hint')} className="mx-3 mb-2">
      <Input autoFocus maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
