import UserRoundSearch from 'lucide-react/icons/user-round-search';
import { useState } from 'react';
import type { Address } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import type { DraftText } from '../use-draft.ts';
import { AddressInput } from './address-input.tsx';

interface Props {
  text: DraftText;
  onChange: (part: Partial<DraftText>) => void;
  subjectShown: boolean;
  replyAll: { to: readonly Address[]; cc: readonly Address[] } | null;
  /** Whether an address has not taken part in the conversation so far. */
  isNew: (address: Address) => boolean;
  disabled: boolean;
}

/** To, CC, BCC and subject: one quiet line until somebody wants to change them. */
export function RecipientFields({ text, onChange, subjectShown, replyAll, isNew, disabled }: Props) {
  const t = useText('conversations');
  const [isOpen, setIsOpen] = useState(text.to.length === 0);
  const canReplyAll = replyAll !== null && replyAll.cc.length + replyAll.to.length > text.cc.length + text.to.length;
  if (!isOpen)
    return (
      <div className="flex flex-wrap items-center gap-x-3 px-3 pt-0.5 text-xs text-muted">
        <span className="truncate">
          {t('recipients.to')} {text.to.map(({ address }) => address).join(', ')}
          {text.cc.length > 0 && ` · ${t('recipients.cc')} ${text.cc.map(({ address }) => address).join(', ')}`}
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
    <fieldset disabled={disabled} className="flex flex-col gap-1 px-3 pt-2">
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
