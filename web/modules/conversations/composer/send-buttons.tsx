import CalendarClock from 'lucide-react/icons/calendar-clock';
import CheckCheck from 'lucide-react/icons/check-check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import Inbox from 'lucide-react/icons/inbox';
import SendHorizontal from 'lucide-react/icons/send-horizontal';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/overlay/menu.tsx';
import { WhenDialog } from '../desk/changes/when-dialog.tsx';

export type Then = 'wait' | 'keep' | 'resolve';

interface Props {
  isPublic: boolean;
  busy: boolean;
  disabled: boolean;
  /** What is written lacks something else before it can leave. */
  lacksMore: boolean;
  /** Besides at once and waiting for the answer: everything, at a later time, or no other way. */
  ways: 'all' | 'later' | 'none';
  onSend: (then: Then, at: string | null) => void;
  onDrop: () => void;
}

export function SendButtons({ isPublic, busy, disabled, lacksMore, ways, onSend, onDrop }: Props) {
  const t = useText('conversations');
  const [picking, setPicking] = useState(false);
  return (
    <span className="flex items-center">
      <IconButton label={t('composer.discard')} icon={Trash2} disabled={disabled} onClick={onDrop} className="mr-1 disabled:invisible" />
      <Button
        look="primary"
        icon={SendHorizontal}
        busy={busy}
        disabled={disabled || lacksMore}
        className={ways === 'none' ? '' : 'rounded-r-none'}
        onClick={() => onSend('wait', null)}
      >
        {isPublic ? t('composer.sendPublic') : t('composer.send')}
      </Button>
      {ways !== 'none' && (
        <Menu
          align="end"
          trigger={
            <Button
              look="primary"
              disabled={disabled || lacksMore || busy}
              aria-label={t('composer.sendMore')}
              className="rounded-l-none border-l-surface px-1.5 disabled:border-l-surface"
            >
              <ChevronDown aria-hidden="true" className="size-4" />
            </Button>
          }
          entries={[
            ...(ways === 'all'
              ? [
                  { label: t('composer.sendWait'), icon: SendHorizontal, keys: 'mod+enter', onSelect: () => onSend('wait', null) },
                  { label: t('composer.sendKeep'), icon: Inbox, onSelect: () => onSend('keep', null) },
                  { label: t('composer.sendResolve'), icon: CheckCheck, onSelect: () => onSend('resolve', null) },
                ]
              : []),
            { label: t('composer.schedule'), icon: CalendarClock, separated: ways === 'all', onSelect: () => setPicking(true) },
          ]}
        />
      )}
      {picking && (
        <WhenDialog
          title={t('composer.scheduleTitle')}
          confirm={t('composer.schedule')}
          onClose={() => setPicking(false)}
          onPick={(at) => onSend('wait', at)}
        />
      )}
    </span>
  );
}
