import type { Address } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { addressText } from '../timeline/recipients.tsx';
import { parseAddress } from './parse-address.ts';

export function AddressInput({
  label,
  values,
  onChange,
}: {
  label: string;
  values: readonly Address[];
  onChange: (values: Address[]) => void;
}) {
  const t = useText('platform');
  const texts = values.map(addressText);
  return (
    <div className="grid grid-cols-[4rem_1fr] items-center gap-2">
      <span aria-hidden="true" className="text-xs text-muted">
        {label}
      </span>
      <TagInput
        label={label}
        values={texts}
        removeLabel={(value) => t('remove', { what: value })}
        accept={(typed) => {
          const found = parseAddress(typed);
          return found && addressText(found);
        }}
        onChange={(next) => onChange(next.map(parseAddress).filter((address) => address !== null))}
      />
    </div>
  );
}
