import UserRoundSearch from 'lucide-react/icons/user-round-search';
import { useState } from 'react';
import type { Address } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import type { DraftText } from '../draft-text.ts';
import { AddressInput } from './address-input.tsx';

interface Props {
  text: DraftText;
  onChange: (part: Partial<DraftText>) => void;
  subjectShown: boolean;
  replyAll: { to: readonly Address[]; cc: readonly Address[] } | null;
  /** Whether an address has not taken part in the conversation so far. */
  isNew: (address: Address) => boolean;
  disabled: boolean;
  /** Where the channel has one receiver and knows who that is, there is nothing to choose. */
  fixed: boolean;
  /** Never one line only: there is nothing yet to be quiet about. */
  always?: boolean;
}

/** To, CC, BCC and subject: one quiet line until somebody wants to change them. */
export function RecipientFields({ text, onChange, subjectShown, replyAll, isNew, disabled, fixed, always = false }: Props) {
  const t = useText('conversations');
  const [isOpen, setIsOpen] = useState(always || (text.to.length === 0 && !fixed));
  const canReplyAll = replyAll !== null && replyAll.cc.length + replyAll.to.length > text.cc.length + text.to.length;
  if (fixed && text.subject === null) return null;
  if (!isOpen)
    return (
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 text-xs text-muted">
        <span className="line-clamp-2 min-w-0 break-words">
          {(
            [
              ['goesTo', text.to],
              ['copy', text.cc],
              ['blindCopy', text.bcc],
            ] as const
          )
            .flatMap(([kind, all]) => (all.length > 0 ? [`${t(`recipients.${kind}`)} ${few(all)}`] : []))
            .join(' · ')}
        </span>
        {[...text.to, ...text.cc, ...text.bcc].some(isNew) && (
          <Badge tone="warn" icon={UserRoundSearch}>
            {t('facts.stranger')}
          </Badge>
        )}
        {!disabled && (
          <button type="button" className="min-h-6 text-accent-text underline" onClick={() => setIsOpen(true)}>
            {t('recipients.change')}
          </button>
        )}
        {!disabled && canReplyAll && (
          <button
            type="button"
            className="min-h-6 text-accent-text underline"
            onClick={() => onChange({ to: [...replyAll.to], cc: [...replyAll.cc] })}
          >
            {t('recipients.replyAll')}
          </button>
        )}
      </div>
    );
  return (
    <fieldset disabled={disabled} className="flex w-full flex-col gap-1 pt-1">
      <legend className="sr-only">{t('recipients.legend')}</legend>
      <AddressInput label={t('recipients.to')} values={text.to} isNew={isNew} onChange={(to) => onChange({ to })} />
      <AddressInput label={t('recipients.cc')} values={text.cc} isNew={isNew} onChange={(cc) => onChange({ cc })} />
      <AddressInput label={t('recipients.bcc')} values={text.bcc} isNew={isNew} onChange={(bcc) => onChange({ bcc })} />
      {(subjectShown || text.subject !== null) && (
        <div className="grid grid-cols-[4rem_1fr] items-center gap-2">
          <span aria-hidden="true" className="text-xs text-muted">
            {t('recipients.subject')}
          </span>
          <Input
            aria-label={t('recipients.subject')}
            value={text.subject ?? ''}
            onChange={(event) => onChange({ subject: event.target.value })}
          />
        </div>
      )}
    </fieldset>
  );
}

/** Five are named, the others counted: five hundred would hide the text one writes. */
const few = (all: readonly Address[]): string =>
  all.length > 6
    ? `${all
        .slice(0, 5)
        .map(({ address }) => address)
        .join(', ')} +${all.length - 5}`
    : all.map(({ address }) => address).join(', ');
