import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Loaded } from '../../../platform/loaded.tsx';
import { Popover } from '../../../ui/overlay/popover.tsx';
import { whyMineQuery } from '../api.ts';
import { whyNext, whyOf } from './why.ts';

interface Props {
  conversationId: string;
  /** When they took it. */
  since: string;
}

/** Asked by whoever has it: why them. */
export function WhyMine({ conversationId, since }: Props) {
  const t = useText('routing');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      label={t('why.title')}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <button
          type="button"
          className="inline-flex min-h-6 shrink-0 items-center rounded-sm text-xs text-muted underline decoration-dotted underline-offset-2 hover:text-text"
        >
          {t('why.ask')}
        </button>
      }
    >
      {isOpen && <Reason conversationId={conversationId} since={since} />}
    </Popover>
  );
}

function Reason({ conversationId, since }: Props) {
  const t = useText('routing');
  const { when } = useFormats();
  const query = useQuery(whyMineQuery(conversationId, since));
  return (
    <div className="flex flex-col gap-2">
      <h2 className="font-semibold">{t('why.title')}</h2>
      <Loaded query={query} lines={2}>
        {({ next, offer }) => (
          <p>
            {next
              ? t('why.was', { when: when(next.at), because: whyNext(next, when) })
              : offer
                ? t('offer.was', { when: when(offer.at), because: whyOf(offer) })
                : t('why.own')}
          </p>
        )}
      </Loaded>
    </div>
  );
}
