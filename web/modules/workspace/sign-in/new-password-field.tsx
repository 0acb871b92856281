import { useText } from '../../../platform/i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { PasswordInput } from './password-input.tsx';

export interface NewPassword {
  value: string;
  isGood: boolean;
}

/** One rule only, said beforehand: twelve characters. */
export function NewPasswordField({
  value,
  onChange,
  problem,
  label,
}: {
  value: string;
  onChange: (password: NewPassword) => void;
  problem?: string | null;
  label?: string;
}) {
  const t = useText('workspace');
  return (
    <Field label={label ?? t('newPassword.label')} hint={t('newPassword.hint', { count: Math.max(0, 12 - value.length) })} error={problem}>
      <PasswordInput
        name="new-password"
        autoComplete="new-password"
        required
        minLength={12}
        value={value}
        onChange={(event) => onChange({ value: event.target.value, isGood: event.target.value.length >= 12 })}
      />
    </Field>
  );
}
