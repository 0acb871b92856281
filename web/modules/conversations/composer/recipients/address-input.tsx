import UserRoundSearch from 'lucide-react/icons/user-round-search';
import type { Address } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { TagInput } from '../../../../ui/form/tag-input.tsx';
import { addressText } from '../../timeline/recipients.tsx';
import { parseAddress } from './parse-address.ts';

/** As many as the server takes in one field. */
const mostReceivers = 500;

export function AddressInput({
  label,
  values,
  isNew,
  onChange,
}: {
  label: string;
  values: readonly Address[];
  /** Whether an address has not taken part in the conversation so far. */
  isNew?: (address: Address) => boolean;
  onChange: (values: Address[]) => void;
}) {
  const t = useText('platform');
  const words = useText('conversations');
  const texts = values.map(addressText);
  return (
    <div className="grid grid-cols-[4rem_1fr] items-center gap-2">
      <span aria-hidden="true" className="text-xs text-muted">
        {label}
      </span>
      <TagInput
        label={label}
        values={texts}
        most={mostReceivers}
        fullText={words('recipients.full', { count: mostReceivers })}
        removeLabel={(value) => t('remove', { what: value })}
        accept={(typed) => {
          const found = parseAddress(typed);
          return found && addressText(found);
        }}
        mark={(value) => {
          const address = parseAddress(value);
          return address && isNew?.(address) ? (
            <Badge tone="warn" icon={UserRoundSearch}>
              {words('facts.stranger')}
            </Badge>
          ) : null;
        }}
        onChange={(next) => onChange(next.map(parseAddress).filter((address) => address !== null))}
      />
    </div>
  );
}
