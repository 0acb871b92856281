import UserRoundSearch from 'lucide-react/icons/user-round-search';
import type { Address } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';

interface Props {
  /** Receivers who have not taken part so far. */
  chosen: readonly Address[];
  /** Who wrote last, when that was nobody who took part. */
  wrote: Address | null;
  /** To whom an answer goes otherwise. */
  usual: readonly Address[];
  disabled: boolean;
  onTo: (to: readonly Address[]) => void;
}

/** Beside the field one types in: whom the last message is from, or whom this answer brings into the conversation. */
export function NewcomerNotice({ chosen, wrote, usual, disabled, onTo }: Props) {
  const t = useText('conversations');
  if (chosen.length === 0 && !wrote) return null;
  const other = chosen.length > 0 ? usual : wrote ? [wrote] : [];
  return (
    <div className="mx-3 mt-1.5 flex flex-wrap items-center gap-x-2 rounded-md bg-warn-soft px-2 py-1 text-xs text-warn-text">
      <UserRoundSearch aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-60 break-words">
        {chosen.length > 0
          ? t('newcomer.chosen', { addresses: addressesOf(chosen) })
          : t('newcomer.wrote', { address: wrote?.address ?? '' })}
      </p>
      {!disabled && other.length > 0 && (
        <button type="button" className="min-h-6 max-w-full truncate underline" onClick={() => onTo(other)}>
          {chosen.length > 0 ? t('newcomer.rather', { addresses: addressesOf(other) }) : t('newcomer.answer')}
        </button>
      )}
    </div>
  );
}

const addressesOf = (list: readonly Address[]): string => list.map(({ address }) => address).join(', ');
